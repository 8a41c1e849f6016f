// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that building and testing the tool never builds a benchmark.
// One executable a benchmark: `scripts/bench NAME` builds and runs the target `<Name>Benchmark`.
let lockstep = Package.Dependency.package(name: "Lockstep", path: "..")

func benchmark(_ name: String, measures rooms: [String] = []) -> Target {
  .executableTarget(
    name: name,
    dependencies: ["BenchmarkSupport"] + rooms.map { .product(name: $0, package: "Lockstep") })
}

let package = Package(
  name: "Benchmarks",
  dependencies: [lockstep],
  targets: [
    .target(name: "AllocationCounter"),
    .target(
      name: "BenchmarkSupport",
      dependencies: ["AllocationCounter", .product(name: "Reports", package: "Lockstep")]),

    benchmark("ExampleBenchmark"),
    benchmark("TracesBenchmark", measures: ["SpikeTraces"]),
    benchmark("EventsBenchmark", measures: ["EventSimulation"]),
    benchmark("ReplayBenchmark", measures: ["Accelerator", "EventSimulation", "SpikeTraces"]),
  ],
  swiftLanguageModes: [.v6]
)

// A warning in our own code is an error.
for target in package.targets {
  target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
}
