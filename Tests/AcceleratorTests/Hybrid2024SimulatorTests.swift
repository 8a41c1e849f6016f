import Accelerator
import EventSimulation
import TestSupport
import Testing

// Does the curve meet the closed form, and does the order within a cycle never matter?
@Suite struct Hybrid2024SimulatorTests {
  @Test(arguments: 0..<2000 as Range<UInt64>)
  func randomNetworksMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for quirks in [.published, random.subset(of: Hybrid2024.Quirk.self), .repaired] {
      let (layers, counts) = RandomHybrid.make(using: &random, quirks: quirks)
      let model = Hybrid2024(layers: layers, quirks: quirks)
      let order = Array(0..<(4 * layers.count + 1 - 2 * model.denseLayers))
      let simulator = try model.simulator(
        probe: { _ in NoProbe() }, order: order.shuffled(using: &random))
      let sample = try simulator.replay(counts: counts)
      let difference = try model.closedForm(counts: counts).difference(from: sample)
      #expect(difference == nil, "\(quirks.words), \(layers), \(counts)")
      try check(sample, of: model)
    }
  }

  /// Each state time is there, and all of an engine add up.
  private func check(_ sample: SampleReplay, of model: Hybrid2024) throws {
    #expect(sample.layers.reduce(0) { $0 + $1.cycles } == sample.latency)
    for (index, layer) in sample.layers.enumerated() {
      let engines = model.engines(ofLayer: index)
      #expect(layer.stateCycles.map(\.count) == engines.map(\.states.count))
      for cycles in layer.stateCycles { #expect(cycles.reduce(0, +) == sample.window) }
      if !model.quirks.contains(.writerOverrun) { #expect(layer.counters.droppedWrites == 0) }
      guard case .convolution(let geometry) = model.layers[index] else { continue }
      let phases =
        (geometry.outputChannels + geometry.processingElements - 1) / geometry.processingElements
      let steps = UInt64(phases * geometry.timeSteps)
      if model.quirks.contains(.lostActivations) {
        // With 1 x 1 kernels an end can be remembered for two bursts.
        guard geometry.kernel > 1 else { continue }
        #expect(layer.counters.activations <= steps)
      } else {
        #expect(layer.counters.activations == steps)
      }
    }
  }

  @Test func theSecondSampleIsNotTouchedByTheFirst() throws {
    var random = SeededGenerator(seed: 3)
    for quirks in [.published, .repaired] as [Set<Hybrid2024.Quirk>] {
      let (layers, counts) = RandomHybrid.make(using: &random, quirks: quirks)
      let simulator = try Hybrid2024(layers: layers, quirks: quirks).simulator()
      let first = try simulator.replay(counts: counts)
      let second = try simulator.replay(counts: counts)
      #expect(first == second)
    }
  }

  private let wide = ConvolutionGeometry(
    timeSteps: 2, inputChannels: 1, outputChannels: 16, kernel: 3, inputPixels: 16,
    outputPixels: 16, processingElements: 16, encoderWidth: 4, listCapacity: 16)

  // 48 cycles of writing, but only 15 + 9 between two sweeps.
  @Test func aRepairedWriterLosesNothing() throws {
    var model = Hybrid2024(layers: [.convolution(wide)])
    let published = try model.simulator().replay(counts: [[1, 1]])
    #expect(published.layers[0].counters.droppedWrites == 1)
    #expect(published.layers[0].counters.spikeWrites == 32)
    model.quirks.remove(.writerOverrun)
    let repaired = try model.simulator().replay(counts: [[1, 1]])
    #expect(repaired.layers[0].counters.droppedWrites == 0)
    #expect(repaired.layers[0].counters.spikeWrites == 64)
    model.quirks.remove(.doubleWrite)
    let once = try model.simulator().replay(counts: [[1, 1]])
    #expect(once.layers[0].counters.spikeWrites == 32)
  }

  @Test func aRepairedLayerIsDoneWhenItRests() throws {
    var model = Hybrid2024(layers: [.convolution(wide)])
    model.quirks.remove(.earlyDone)
    let layer = try model.simulator().replay(counts: [[3, 5]]).layers[0]
    // The completion signal is the last thing that happens.
    #expect(layer.end == layer.start + layer.cycles + 1)
  }

  @Test func hazardsGoWithTheirQuirks() throws {
    var narrow = wide
    (narrow.encoderWidth, narrow.inputPixels, narrow.processingElements) = (4, 64, 5)
    narrow.listCapacity = 32
    let rows = FullyConnectedGeometry(
      timeSteps: 2, inputChannels: 1, frameSize: 8, neurons: 4, processingElements: 1,
      encoderWidth: 8, listCapacity: 8, variant: .fc1)
    var model = Hybrid2024(layers: [.convolution(narrow), .fullyConnected(rows)])
    #expect(model.hazards.filter { $0.severity == .neverFinishes }.map(\.layer) == [0, 1])
    #expect(
      model.hazards.map(\.parameter) == [
        "encoderWidth", "processingElements", "listCapacity", "processingElements",
      ])
    #expect(throws: ConfigurationError.self) { try model.check() }
    model.layers[0] = .convolution(wide)
    #expect(model.hazards.contains { $0.description.contains("the writer needs 48 cycles") })
    model.layers[0] = .convolution(narrow)
    model.quirks = .repaired
    // Elements that do not divide the channels are the user's own choice.
    #expect(model.hazards.map(\.parameter) == ["processingElements"])
    #expect(throws: Never.self) { try model.check() }
    #expect(try model.simulator().replay(counts: [[1, 2], [3, 4]]).latency > 0)
  }

  @Test func whatCannotBeBuiltIsRefused() throws {
    let rows = FullyConnectedGeometry(
      timeSteps: 2, inputChannels: 1, frameSize: 8, neurons: 4, processingElements: 2,
      encoderWidth: 8, listCapacity: 8, variant: .fc1)
    var later = rows
    later.timeSteps = 3
    let dense = DenseGeometry(
      timeSteps: 2, inputChannels: 3, outputChannels: 4, kernel: 3, pixels: 64)
    let cases: [([Hybrid2024Layer], String)] = [
      ([], "no layer"),
      ([.fullyConnected(rows), .convolution(wide)], "only a fully connected layer can follow"),
      ([.convolution(wide), .dense(dense)], "the first layer or none"),
      ([.fullyConnected(rows), .fullyConnected(later)], "3 time steps, the first layer 2"),
    ]
    for (layers, words) in cases {
      #expect {
        try Hybrid2024(layers: layers).check()
      } throws: { error in
        "\(error)".contains(words)
      }
    }
    let model = Hybrid2024(layers: [.dense(dense), .convolution(wide)])
    for counts in [[], [[1], [1, 1]], [[], [17, 0]], [[], [1]]] as [[[UInt32]]] {
      #expect(throws: ConfigurationError.self) { try model.simulator().replay(counts: counts) }
    }
    #expect(throws: Never.self) { try model.simulator().replay(counts: [[], [16, 0]]) }
  }
}

extension Hybrid2024 {
  /// Layers of two engines instead of four.
  fileprivate var denseLayers: Int {
    layers.count { if case .dense = $0 { true } else { false } }
  }
}
