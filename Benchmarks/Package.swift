// swift-tools-version: 6.2

import PackageDescription

// Benchmarks are a package of their own, so that the house builds without them.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Lockstep", path: "..")],
  targets: [
    .executableTarget(
      name: "TracesBenchmark",
      dependencies: [
        .product(name: "SpikeTraces", package: "Lockstep"),
        "CZstdReference",
      ]),
    .systemLibrary(
      name: "CZstdReference", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
  ],
  swiftLanguageModes: [.v6]
)
