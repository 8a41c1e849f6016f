// swift-tools-version: 6.2

import PackageDescription

// A package of its own, so that building and testing the tool never builds a benchmark.
// One executable a benchmark: `scripts/bench NAME` builds and runs the target `<Name>Benchmark`.
let lockstep = Package.Dependency.package(name: "Lockstep", path: "..")

func benchmark(
  _ name: String, measures rooms: [String] = [], with others: [Target.Dependency] = []
) -> Target {
  .executableTarget(
    name: name,
    dependencies: ["BenchmarkSupport"] + others
      + rooms.map { .product(name: $0, package: "Lockstep") })
}

let package = Package(
  name: "Benchmarks",
  dependencies: [lockstep],
  targets: [
    .target(name: "AllocationCounter"),
    // The library as its users call it: what traces are compared with.
    .systemLibrary(
      name: "CZstdReference", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    // Intel's oneDNN: its matrix product is the machine's ceiling.
    .systemLibrary(name: "CDNNLReference", providers: [.apt(["libdnnl-dev"])]),
    .target(
      name: "BenchmarkSupport",
      dependencies: ["AllocationCounter", .product(name: "Reports", package: "Lockstep")]),

    .target(
      name: "BenchmarkWorkloads",
      dependencies: ["Accelerator", "SpikeTraces"].map { .product(name: $0, package: "Lockstep") }),

    benchmark("ExampleBenchmark"),
    benchmark("TracesBenchmark", measures: ["SpikeTraces"], with: ["CZstdReference"]),
    benchmark("EventsBenchmark", measures: ["EventSimulation"]),
    benchmark(
      "ReplayBenchmark", measures: ["Accelerator", "EventSimulation", "SpikeTraces"],
      with: ["CZstdReference", "BenchmarkWorkloads"]),
    benchmark(
      "ScalingBenchmark", measures: ["Accelerator", "SpikeTraces"], with: ["BenchmarkWorkloads"]),
    benchmark("PipelineBenchmark", measures: ["Accelerator"]),
    benchmark("ExplorationBenchmark", measures: ["Exploration", "Accelerator", "SpikeTraces"]),
    benchmark(
      "DataBenchmark", measures: ["Datasets", "Training", "SpikingNetworks", "SeededRandom"]),
    benchmark(
      "TrainingBenchmark", measures: ["Training", "SpikingNetworks", "SeededRandom", "Datasets"],
      with: ["CDNNLReference"]),
    benchmark(
      "TimelineBenchmark",
      measures: ["Timelines", "Accelerator", "EventSimulation", "SpikeTraces"]),
  ],
  swiftLanguageModes: [.v6]
)

// A warning in our own code is an error.
for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
}
