// swift-tools-version: 6.2

import PackageDescription

// The rooms of the house, bottom to top; docs/Architecture.md draws the arrows between them.
let package = Package(
  name: "Lockstep",
  products: [
    .library(name: "SpikeTraces", targets: ["SpikeTraces"]),
    .library(name: "EventSimulation", targets: ["EventSimulation"]),
    .library(name: "Accelerator", targets: ["Accelerator"]),
    .library(name: "SpikingNetworks", targets: ["SpikingNetworks"]),
    .library(name: "SeededRandom", targets: ["SeededRandom"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Training", targets: ["Training"]),
    .library(name: "Timelines", targets: ["Timelines"]),
    .library(name: "PowerEstimation", targets: ["PowerEstimation"]),
    .library(name: "Exploration", targets: ["Exploration"]),
    .library(name: "Reports", targets: ["Reports"]),
    .executable(name: "lockstep", targets: ["lockstep"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
  ],
  targets: [
    // System libraries: module maps, nothing else.
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(name: "CMatIO", pkgConfig: "matio", providers: [.apt(["libmatio-dev"])]),

    // Data files that come with the program.
    .target(name: "BundledFiles"),

    // Checked text of files that people write.
    .target(name: "CheckedYAML", dependencies: [.product(name: "Yams", package: "Yams")]),

    // What tests compare the training kernels with.
    .systemLibrary(name: "CDNNL", providers: [.apt(["libdnnl-dev"])]),

    // The contract between learning and hardware.
    .target(name: "CSpikeKernels"),
    .target(name: "SpikeTraces", dependencies: ["CZstd", "CSpikeKernels"]),

    // Learning.
    .target(name: "SeededRandom"),
    .target(name: "CTrainingKernels"),
    .target(name: "SpikingKernels", dependencies: ["CTrainingKernels"]),
    .target(
      name: "SpikingNetworks",
      dependencies: [
        "SpikingKernels", "SeededRandom", "CheckedYAML", .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "Datasets",
      dependencies: ["CZlib", "CZstd", "CLZ4", "CMatIO", "SeededRandom", "BundledFiles"],
      resources: [.copy("Resources/digits")]),
    .target(
      name: "Training",
      dependencies: [
        "SpikingNetworks", "SpikingKernels", "SeededRandom", "Datasets", "SpikeTraces",
      ]),

    // Hardware.
    .target(name: "EventSimulation"),
    .target(
      name: "Accelerator",
      dependencies: [
        "EventSimulation", "SpikeTraces", "SeededRandom", "CheckedYAML",
        .product(name: "Yams", package: "Yams"),
      ]),

    // Results.
    .target(name: "Timelines", dependencies: ["Accelerator", "EventSimulation"]),
    .target(
      name: "PowerEstimation",
      dependencies: [
        "Accelerator", "SpikeTraces", "CheckedYAML", "BundledFiles",
        .product(name: "Yams", package: "Yams"),
      ],
      resources: [.copy("Data")]),
    .target(
      name: "Exploration",
      dependencies: [
        "Accelerator", "PowerEstimation", "SeededRandom", "SpikeTraces", "CheckedYAML",
        "BundledFiles", .product(name: "Yams", package: "Yams"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      resources: [.copy("Data")]),
    .target(
      name: "Reports",
      dependencies: [
        "Accelerator", "PowerEstimation", "Exploration", "SpikeTraces",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.copy("Resources/charts")]),
    .executableTarget(
      name: "lockstep",
      dependencies: [
        "SpikeTraces", "SpikingNetworks", "Datasets", "Training", "EventSimulation",
        "Accelerator", "Timelines", "PowerEstimation", "Exploration", "Reports",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tests: one target a room, and what they share.
    .target(
      name: "TestSupport", dependencies: ["CZstd", "SpikeTraces"], path: "Tests/TestSupport"),
    .testTarget(
      name: "SpikeTracesTests", dependencies: ["SpikeTraces", "TestSupport"]),
    .testTarget(
      name: "SpikingNetworksTests",
      dependencies: [
        "SpikingNetworks", "SpikingKernels", "CTrainingKernels", "SeededRandom", "TestSupport",
        "CDNNL",
      ]),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "SeededRandom", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "TrainingTests", dependencies: ["Training", "SeededRandom", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(name: "EventSimulationTests", dependencies: ["EventSimulation"]),
    .testTarget(
      name: "AcceleratorTests", dependencies: ["Accelerator", "TestSupport"]),
    .testTarget(
      name: "TimelinesTests",
      dependencies: ["Timelines", "Accelerator", "EventSimulation", "SpikeTraces", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "PowerEstimationTests",
      dependencies: ["PowerEstimation", "Accelerator", "SpikeTraces", "TestSupport"],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "ExplorationTests",
      dependencies: [
        "Exploration", "Accelerator", "PowerEstimation", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Accelerator", "Exploration", "PowerEstimation", "Reports", "SpikeTraces", "TestSupport",
      ]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["lockstep", "SpikeTraces", "Accelerator", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// A warning in our own code is an error.
for target in package.targets where target.type != .system {
  target.swiftSettings = (target.swiftSettings ?? []) + [.treatAllWarnings(as: .error)]
}
