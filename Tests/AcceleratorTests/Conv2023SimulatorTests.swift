import Accelerator
import EventSimulation
import TestSupport
import Testing

// Does the curve meet the closed form, and does the order within a cycle never matter?
@Suite struct Conv2023SimulatorTests {
  @Test(arguments: 0..<400 as Range<UInt64>)
  func randomNetworksMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (layers, counts) = RandomNetwork.make(using: &random)
    var model = Conv2023(layers: layers)
    for quirks in [.published, random.subset(of: Conv2023.Quirk.self), .repaired] {
      model.quirks = quirks
      let sample = try model.simulator().replay(counts: counts)
      let closed = try model.closedForm(counts: counts)
      #expect(closed.difference(from: sample)?.description == nil, "\(quirks.words)")
    }
  }

  // Small frames, few spikes, slow writers: where engines meet in the same cycle.
  @Test(arguments: 2000..<4000 as Range<UInt64>)
  func randomConvolutionsMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let timeSteps = Int.random(in: 1...5, using: &random)
    for quirks in [.published, random.subset(of: Conv2023.Quirk.self), .repaired] {
      let layer = RandomConvolution.make(
        timeSteps: timeSteps, narrowEncoders: !quirks.contains(.chunkCounter), using: &random)
      let counts = RandomConvolution.counts(
        frames: timeSteps * layer.inputChannels, largest: layer.inputPixels,
        capacity: layer.listCapacity, using: &random)
      let model = Conv2023(layers: [.convolution(layer)], quirks: quirks)
      let simulator = try model.simulator(
        probe: { _ in NoProbe() }, order: Array(0..<5).shuffled(using: &random))
      let sample = try simulator.replay(counts: [counts])
      let difference = try model.closedForm(counts: [counts]).difference(from: sample)
      #expect(difference == nil, "\(quirks.words), \(layer), \(counts)")
      for cycles in sample.layers[0].stateCycles {
        #expect(cycles.reduce(0, +) == sample.window)
      }
      let counters = sample.layers[0].counters
      if !quirks.contains(.writerOverrun) { #expect(counters.droppedWrites == 0) }
      if !quirks.contains(.lostActivations) {
        let phases =
          (layer.outputChannels + layer.processingElements - 1) / layer.processingElements
        #expect(counters.activations == UInt64(phases * timeSteps))
      }
    }
  }

  @Test func aRepairedLayerFinishes() throws {
    // More processing elements than neurons, more chunks than can be counted.
    let rows = FullyConnectedGeometry(
      timeSteps: 2, inputChannels: 1, frameSize: 8, neurons: 4, processingElements: 5,
      encoderWidth: 8, listCapacity: 8, variant: .fc1)
    let frames = ConvolutionGeometry(
      timeSteps: 2, inputChannels: 1, outputChannels: 1, kernel: 3, inputPixels: 64,
      outputPixels: 36, processingElements: 1, encoderWidth: 4, listCapacity: 32)
    var model = Conv2023(layers: [.convolution(frames), .fullyConnected(rows)])
    #expect(model.hazards.filter { $0.severity == .neverFinishes }.count == 2)
    model.quirks = .repaired
    #expect(model.hazards.map(\.parameter) == ["processingElements"])
    let counts: [[UInt32]] = [[3, 0], [1, 2]]
    let sample = try model.simulator().replay(counts: counts)
    #expect(try model.closedForm(counts: counts).difference(from: sample) == nil)
    // One pass: three cycles and a walk a time step; all spikes are added.
    #expect(sample.layers[1].counters.accumulateCycles == 3)
    #expect(sample.layers[1].counters.activations == 2)
  }

  @Test(arguments: 1000..<1100 as Range<UInt64>)
  func accountsAddUpAndOrderDoesNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (layers, counts) = RandomNetwork.make(using: &random)
    let simulator = try Conv2023(layers: layers).simulator()
    let sample = try simulator.replay(counts: counts)
    #expect(sample.layers.reduce(0) { $0 + $1.cycles } == sample.latency)
    for (index, layer) in sample.layers.enumerated() {
      let engines = Conv2023(layers: layers).engines(ofLayer: index)
      #expect(layer.stateCycles.map(\.count) == engines.map(\.states.count))
      for cycles in layer.stateCycles { #expect(cycles.reduce(0, +) == sample.window) }
    }
    let processes = 4 * layers.count + 1
    for _ in 0..<3 {
      let order = Array(0..<processes).shuffled(using: &random)
      let shuffled = try Conv2023(layers: layers).simulator(probe: { _ in NoProbe() }, order: order)
      let again = try shuffled.replay(counts: counts)
      #expect(again == sample)
    }
    // A second sample is not touched by the first.
    let second = try simulator.replay(counts: counts)
    #expect(second == sample)
  }

  @Test func aDifferenceOfTheEnginesIsNoticed() throws {
    var random = SeededGenerator(seed: 7)
    let (layers, counts) = RandomNetwork.make(using: &random)
    let simulator = try Conv2023(layers: layers).simulator()
    let sample = try simulator.replay(counts: counts)
    let last = layers.count - 1
    let closed = try Conv2023(layers: layers).closedForm(counts: counts)
    #expect(closed.difference(from: sample)?.layer == nil)
    var wrong = sample
    wrong.layers[last].cycles += 1
    let difference = closed.difference(from: wrong)
    #expect(difference?.layer == last)
    #expect(
      difference?.description
        == "\(sample.layers[last].cycles + 1) cycles in the simulation, "
        + "\(sample.layers[last].cycles) in closed form")
  }

  @Test func aLayerThatNeverFinishesIsRefused() {
    var layer = FullyConnectedGeometry(
      timeSteps: 2, inputChannels: 1, frameSize: 8, neurons: 4, processingElements: 5,
      encoderWidth: 8, listCapacity: 8, variant: .fc1)
    #expect {
      try Conv2023(layers: [.fullyConnected(layer)]).check()
    } throws: { error in
      (error as? ConfigurationError)?.parameter == "processingElements"
    }
    layer.processingElements = 4
    #expect(throws: Never.self) {
      try Conv2023(layers: [.fullyConnected(layer)]).check()
    }
    let narrow = ConvolutionGeometry(
      timeSteps: 1, inputChannels: 1, outputChannels: 1, kernel: 3, inputPixels: 64,
      outputPixels: 36, processingElements: 1, encoderWidth: 4, listCapacity: 32)
    #expect {
      try Conv2023(layers: [.convolution(narrow)]).check()
    } throws: { error in
      (error as? ConfigurationError)?.parameter == "encoderWidth"
    }
  }

  @Test func absurdParametersAndCountsAreRefused() throws {
    var layer = ConvolutionGeometry(
      timeSteps: 1, inputChannels: 1, outputChannels: 1, kernel: 3, inputPixels: 64,
      outputPixels: 36, processingElements: 1, encoderWidth: 16, listCapacity: 32)
    for value in [0, -1, Int.min, Int.max] {
      layer.inputPixels = value
      #expect(throws: ConfigurationError.self) {
        try Conv2023(layers: [.convolution(layer)]).check()
      }
    }
    layer.inputPixels = 64
    #expect(throws: ConfigurationError.self) { try Conv2023(layers: []).check() }
    for counts in [[], [[]], [[1, 2]], [[65]], [[1], [1]]] as [[[UInt32]]] {
      #expect(throws: ConfigurationError.self) {
        let simulator = try Conv2023(layers: [.convolution(layer)]).simulator()
        _ = try simulator.replay(counts: counts)
      }
    }
  }
}
