import Accelerator
import Foundation
import SpikeTraces
import TestSupport
import Testing

// Do hardware files of fc-2023 and fc-2023-rtl fit networks, are those that do not answered, and do
// whole traces replay?
@Suite struct FullyConnectedBindingTests {
  private static func file(_ platform: String, _ layers: [String], quirks: String? = nil) throws
    -> HardwareFile
  {
    var text = "platform: \(platform)\nclock: 100 MHz\n"
    if let quirks { text += "quirks: \(quirks)\n" }
    text += "layers:\n" + layers.map { "  - {\($0)}\n" }.joined()
    return try HardwareFile(data: Data(text.utf8), path: "x.yaml")
  }

  private static let ratios = [4, 2, 1].map {
    "kind: fully-connected, logical-to-hardware-ratio: \($0)"
  }

  @Test func theShippedPipelineFitsItsNetwork() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let header = RandomTrace.fullyConnected(
      [500, 500, 300], input: LayerShape(channels: 1, height: 28, width: 28))
    let file = try HardwareFile(path: root.appendingPathComponent("hardware/fc-jetcas23.yaml").path)
    let bound = try file.bind(to: header, trace: "t.spikes")
    let model = try #require(bound.model as? FullyConnected2023)
    #expect(
      model.geometry
        == PipelineGeometry(
          inputs: 784, neurons: [500, 500, 300], logicalToHardwareRatios: [4, 8, 16], timeSteps: 6))
    #expect(model.quirks == .published)
    #expect(bound.layers.map(\.processingElements) == [125, 63, 19])
    #expect(bound.layers.map(\.countedGroup) == [784, 500, 500])
    #expect(bound.layers.map(\.encoderWidth) == [nil, nil, nil])
    let single = try HardwareFile(path: root.appendingPathComponent("hardware/fc-rtl.yaml").path)
      .bind(to: header, trace: "t.spikes")
    #expect(single.firstLayer == 2)
    #expect(single.layers.map(\.name) == ["fc3"])
    #expect(single.layers[0].inputNeurons == 500 && single.layers[0].outputNeurons == 300)
  }

  @Test func defaultsOfTheSingleLayer() throws {
    let file = try Self.file("fc-2023-rtl", ["kind: fully-connected, processing-elements: 3"])
    let bound = try file.bind(to: RandomTrace.fullyConnected([10]), trace: "t.spikes")
    let model = try #require(bound.model as? FullyConnected2023RTL)
    #expect(
      model.geometry
        == SpikeTrainGeometry(
          inputs: 64, neurons: 10, processingElements: 3, listCapacity: 64, accumulateLatency: 2))
    #expect(model.timeSteps == 6 && model.gap == 0)
    #expect(bound.layers[0].countLimit == 64)
    let repaired = try Self.file(
      "fc-2023-rtl", ["kind: fully-connected, processing-elements: 3"], quirks: "repaired")
    #expect(
      try repaired.bind(to: RandomTrace.fullyConnected([10]), trace: "t.spikes").layers[0]
        .countLimit == nil)
  }

  /// What does not fit, and the sentence that says so.
  @Test func misfitsAreAnswered() throws {
    func refusal(
      _ platform: String, _ layers: [String], _ header: TraceHeader, quirks: String? = nil
    ) throws -> String {
      let file = try Self.file(platform, layers, quirks: quirks)
      let error = try #require(throws: HardwareError.self) {
        try file.bind(to: header, trace: "t.spikes")
      }
      return error.description
    }
    let network = RandomTrace.fullyConnected([32, 20, 10])
    #expect(
      try refusal("fc-2023", Array(Self.ratios.prefix(2)), network).contains(
        "the file describes 2 layers, but the network 'tiny-fc' of the trace has 3"))
    #expect(
      try refusal("fc-2023", Self.ratios, RandomTrace.header).contains(
        "the file describes 3 layers, but the network 'tiny' of the trace has 2"))
    #expect(
      try refusal("fc-2023", Array(Self.ratios.prefix(2)), RandomTrace.header)
        == "t.spikes: layer 'conv1': it is a convolution, and fc-2023 has fully connected layers "
        + "only; use a network without convolutions, or another platform")
    #expect(
      try refusal(
        "fc-2023", ["kind: convolution, logical-to-hardware-ratio: 1"],
        RandomTrace.fullyConnected([10])
      ).hasPrefix("x.yaml:4: layer 1 is 'convolution', but fc-2023 has 'fully-connected' layers"))
    #expect(
      try refusal("fc-2023", Self.ratios, RandomTrace.fullyConnected([3, 20, 10]))
        == "x.yaml:4: 'logical-to-hardware-ratio' of layer 1 is 4, more than its 3 neurons; use 3, "
        + "which is a single PE, or less")
    #expect(
      try refusal(
        "fc-2023", Self.ratios, RandomTrace.fullyConnected([32, 20, 10], coding: .direct)
      ).contains(
        "coding 'direct'"))
    #expect(
      try refusal("fc-2023", Self.ratios, network, quirks: "early-done").hasPrefix(
        "x.yaml:3: 'early-done' is no quirk of this platform"))
    let single = "kind: fully-connected, processing-elements: 3"
    #expect(
      try refusal("fc-2023-rtl", [single], network)
        == "x.yaml:4: fc-2023-rtl is a single layer, and the network 'tiny-fc' of the trace has 3 "
        + "(fc1, fc2, fc3); say which with 'name'")
    #expect(
      try refusal("fc-2023-rtl", [single, single], network).contains(
        "the file describes 2 layers, but fc-2023-rtl is a single one"))
    #expect(
      try refusal("fc-2023-rtl", ["name: fc3, " + single], RandomTrace.fullyConnected([32, 20, 2]))
        .contains(
          "'processing-elements' of layer fc3 is 3, more than its 2 neurons; use 2 or fewer"))
    #expect(
      try refusal("fc-2023-rtl", ["name: conv1, " + single], RandomTrace.header).hasPrefix(
        "t.spikes: layer 'conv1': it is a convolution"))
  }

  @Test func aPipelineReplaysATraceWithBothEngines() async throws {
    let folder = try TemporaryFolder()
    let path = try RandomTrace.write(
      samples: 8, to: folder.path("fc.spikes"), header: RandomTrace.fullyConnected([32, 20, 10]))
    let trace = try TraceReader(path: path)
    let replay = try TraceReplay(of: trace, on: Self.file("fc-2023", Self.ratios))
    let report = try await replay.report(threads: 2, engine: .both)
    #expect(report.layersOverlap)
    #expect(report.layers.map(\.encoderWidth) == [nil, nil, nil])
    #expect(report.layers.map(\.listUse.capacity) == [32, 20, 10])
    // The first layer takes 18 cycles a spike, the others 10 and 6.
    #expect(report.bottleneck?.name == "fc1")
    let total = Double(report.layers.reduce(0) { $0 + $1.totalCycles })
    #expect(abs(total / 8 - report.latencyCycles.mean) < 1e-9)
    for (layer, input) in zip(report.layers, [64, 32, 20]) {
      #expect(layer.counters.inputSpikes == layer.spikes.input)
      #expect(layer.spikes.inputRate == Double(layer.spikes.input) / Double(input * 6 * 8))
    }
    let closed = try await replay.report(threads: 1, engine: .closed)
    #expect(closed.latencyCycles == report.latencyCycles)
    #expect(closed.windowCycles == report.windowCycles)
    #expect(closed.bottleneck?.name == "fc1")
    #expect(try ReplayReport(json: report.jsonData(), path: "r.json") == report)
  }

  @Test func aSingleLayerReplaysItsPartOfATrace() async throws {
    let folder = try TemporaryFolder()
    let path = try RandomTrace.write(
      samples: 5, to: folder.path("fc.spikes"), header: RandomTrace.fullyConnected([32, 20, 10]))
    let trace = try TraceReader(path: path)
    let file = try Self.file(
      "fc-2023-rtl", ["name: fc2, kind: fully-connected, processing-elements: 4"],
      quirks: "[published, -empty-train-hangs]")
    let report = try await TraceReplay(of: trace, on: file).report(threads: 2, engine: .both)
    var spikes: UInt64 = 0
    for sample in 0..<5 { spikes += UInt64(try trace.summary(of: sample).spikeCounts[1]) }
    #expect(report.layers.map(\.name) == ["fc2"])
    #expect(report.layers[0].spikes.input == spikes)
    #expect(report.layers[0].counters.inputSpikes == spikes)
    #expect(report.warnings.contains { $0.contains("additions are lost; use 3") })
  }

  @Test func aDeadlockNamesTheSampleAndTheRemedy() async throws {
    let folder = try TemporaryFolder()
    let header = RandomTrace.fullyConnected([32, 20, 10])
    let writer = try TraceWriter(path: folder.path("silent.spikes"), header: header)
    var boundaries = header.boundaries.map {
      SpikePlanes(timeSteps: header.timeSteps, neurons: $0.neurons)
    }
    // Layer 1 is busy with the first time step when the last one passes by.
    for neuron in 0..<32 { boundaries[1][timeStep: 0, neuron: neuron] = true }
    boundaries[0][timeStep: 0, neuron: 0] = true
    try writer.append(SampleRecord(id: 0, label: 1, prediction: 1, boundaries: boundaries))
    try writer.finish()
    let trace = try TraceReader(path: folder.path("silent.spikes"))
    for engine in [ReplayEngine.event, .closed, .both] {
      let error = try await #require(throws: ReplayError.self) {
        try await TraceReplay(of: trace, on: Self.file("fc-2023", Self.ratios))
          .report(threads: 1, engine: engine)
      }
      #expect(error.description.hasPrefix("sample 0: "))
      #expect(error.description.contains("time step 5 has no input spikes"))
      #expect(error.description.contains("--quirks published,-lost-empty-steps"))
    }
    let repaired = try Self.file("fc-2023", Self.ratios, quirks: "[published, -lost-empty-steps]")
    let report = try await TraceReplay(of: trace, on: repaired).report(threads: 1, engine: .both)
    #expect(report.latencyCycles.mean > 0)
  }
}
