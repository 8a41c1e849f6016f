import Accelerator
import EventSimulation
import TestSupport
import Testing

// Do both engines agree on hardware that nobody has published, and with what a pencil says?
@Suite struct ConvolutionOptionTests {
  /// A random layer with random options, and its counts.
  private func layer(
    timeSteps: Int, narrowEncoders: Bool, using random: inout SeededGenerator
  ) -> (ConvolutionGeometry, [UInt32]) {
    var layer = RandomConvolution.make(
      timeSteps: timeSteps, narrowEncoders: narrowEncoders, using: &random)
    layer.inputChannels = Int.random(in: 1...5, using: &random)
    layer.options = .random(inputChannels: layer.inputChannels, using: &random)
    let counts = RandomConvolution.counts(
      frames: timeSteps * layer.inputChannels, largest: layer.inputPixels,
      capacity: layer.listCapacity, using: &random)
    return (layer, counts)
  }

  /// Compares the engines, and checks that every cycle of every engine is accounted for.
  private func check(
    _ model: some AcceleratorModel, counts: [[UInt32]], using random: inout SeededGenerator
  ) throws {
    let engines = (0..<model.layerCount).map { model.engines(ofLayer: $0) }
    let order = Array(0...engines.reduce(0) { $0 + $1.count }).shuffled(using: &random)
    let simulator = try model.simulator(probe: { _ in NoProbe() }, order: order)
    let sample = try simulator.replay(counts: counts)
    let difference = try model.closedForm(counts: counts).difference(from: sample)
    #expect(difference == nil, "\(model), \(counts)")
    for (layer, engines) in zip(sample.layers, engines) {
      #expect(layer.stateCycles.map(\.count) == engines.map(\.states.count))
      for cycles in layer.stateCycles { #expect(cycles.reduce(0, +) == sample.window) }
    }
    let again = try simulator.replay(counts: counts)
    #expect(again == sample)
  }

  @Test(arguments: 0..<1500 as Range<UInt64>)
  func randomLayersOfConv2023MeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for quirks in [.published, random.subset(of: Conv2023.Quirk.self), .repaired] {
      let (layer, counts) = layer(
        timeSteps: Int.random(in: 1...5, using: &random),
        narrowEncoders: !quirks.contains(.chunkCounter), using: &random)
      let model = Conv2023(layers: [.convolution(layer)], quirks: quirks)
      try check(model, counts: [counts], using: &random)
    }
  }

  @Test(arguments: 0..<1500 as Range<UInt64>)
  func randomLayersOfHybrid2024MeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for quirks in [.published, random.subset(of: Hybrid2024.Quirk.self), .repaired] {
      var (layer, counts) = layer(
        timeSteps: Int.random(in: 1...5, using: &random),
        narrowEncoders: !quirks.contains(.chunkCounter), using: &random)
      layer.outputPixels = max(layer.outputPixels, 2)
      let model = Hybrid2024(layers: [.convolution(layer)], quirks: quirks)
      try check(model, counts: [counts], using: &random)
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func randomNetworksMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (layers, counts) = RandomNetwork.make(using: &random)
    let withOptions = layers.map { layer -> LayerGeometry in
      guard case .convolution(var geometry) = layer else { return layer }
      geometry.options = .random(inputChannels: geometry.inputChannels, using: &random)
      return .convolution(geometry)
    }
    let quirks = random.subset(of: Conv2023.Quirk.self).union([.passComparison])
    try check(Conv2023(layers: withOptions, quirks: quirks), counts: counts, using: &random)
  }

  // What the options promise, whatever the spikes are.
  @Test(arguments: 0..<500 as Range<UInt64>)
  func moreHardwareIsNeverSlower(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (layer, counts) = layer(timeSteps: 4, narrowEncoders: false, using: &random)
    func replay(
      _ quirks: Set<Conv2023.Quirk>, _ change: (inout ConvolutionOptions) -> Void
    ) throws -> SampleReplay {
      var layer = layer
      change(&layer.options)
      return try Conv2023(layers: [.convolution(layer)], quirks: quirks).simulator()
        .replay(counts: [counts])
    }
    let sample = try replay(.repaired) { _ in }
    for change in [
      { $0.listBuffers += 1 }, { $0.writerQueue += 1 }, { $0.membranePorts = 2 },
      { $0.memoryLatency = 1 },
    ] as [(inout ConvolutionOptions) -> Void] {
      #expect(try replay(.repaired, change).latency <= sample.latency, "\(layer), \(counts)")
    }
    let queued = try replay(.published) { $0.writerQueue = 1 }
    #expect(queued.layers[0].counters.droppedWrites == 0)
    let split = try replay(.published) { $0.splitsLists = true }
    #expect(split.layers[0].counters.largestList <= UInt64(layer.listCapacity))
    let taps = UInt64(layer.kernel * layer.kernel * (layer.options.membranePorts == 1 ? 2 : 1))
    let counters = split.layers[0].counters
    #expect(counters.accumulateCycles == counters.encodedSpikes * taps, "no spike is lost")
  }
}

// The examples of docs/hardware/BeyondPublished.md, to the cycle.
@Suite struct ConvolutionOptionExampleTests {
  /// 3 channels of 4 x 4 pixels in chunks of one, 3 x 3 kernels, one channel of 2 x 2 pixels.
  private static let layer = ConvolutionGeometry(
    timeSteps: 1, inputChannels: 3, outputChannels: 1, kernel: 3, inputPixels: 16,
    outputPixels: 4, processingElements: 1, encoderWidth: 1, listCapacity: 16)

  private func cycles(
    _ layer: ConvolutionGeometry = layer, _ counts: [UInt32] = [8, 1, 1],
    quirks: Set<Conv2023.Quirk> = .repaired, _ change: (inout ConvolutionOptions) -> Void = { _ in }
  ) throws -> LayerReplay {
    var layer = layer
    change(&layer.options)
    let model = Conv2023(layers: [.convolution(layer)], quirks: quirks)
    let sample = try model.simulator().replay(counts: [counts])
    #expect(try model.closedForm(counts: [counts]).difference(from: sample) == nil)
    return sample.layers[0]
  }

  @Test func listBuffers() throws {
    #expect(try cycles().cycles == 179)
    #expect(try cycles { $0.listBuffers = 3 }.cycles == 151)
    #expect(try cycles { $0.listBuffers = 1 }.cycles == 231)
  }

  @Test func membraneMemory() throws {
    #expect(try cycles { $0.membranePorts = 1 }.cycles == 264)
    let slow = try cycles { $0.memoryLatency = 3 }
    #expect(slow.cycles == 185)
    // 2 cycles after each of 3 bursts and a sweep.
    #expect(slow.stateCycles[1].last == 8)
    #expect(slow.counters.accumulateCycles == 90)
  }

  @Test func writerQueue() throws {
    var layer = Self.layer
    (layer.timeSteps, layer.inputChannels, layer.encoderWidth) = (3, 1, 16)
    (layer.outputChannels, layer.processingElements) = (8, 8)
    let overrun: Set<Conv2023.Quirk> = [.writerOverrun]
    let lost = try cycles(layer, [0, 0, 0], quirks: overrun)
    #expect(lost.cycles == 28 && lost.counters.droppedWrites == 2)
    #expect(try cycles(layer, [0, 0, 0]).cycles == 72)
    for quirks in [overrun, .repaired] {
      let queued = try cycles(layer, [0, 0, 0], quirks: quirks) { $0.writerQueue = 1 }
      #expect(queued.cycles == 62 && queued.counters.droppedWrites == 0)
    }
  }

  @Test func fullLists() throws {
    var layer = Self.layer
    (layer.inputChannels, layer.encoderWidth, layer.listCapacity) = (1, 16, 4)
    let split = try cycles(layer, [9]) { $0.splitsLists = true }
    #expect(split.cycles == 103)
    #expect(split.counters.accumulateCycles == 81 && split.counters.largestList == 4)
  }

  @Test func eventControllers() throws {
    let pair = try cycles { $0.eventControllers = 2 }
    #expect(pair.cycles == 142)
    #expect(pair.stateCycles.count == 7)
    #expect(pair.counters.activations == 1)
    // Bursts of 9 and of 1 spikes.
    #expect([pair.stateCycles[1][2], pair.stateCycles[4][2]] == [81, 9])
    #expect(throws: ConfigurationError.self) { try cycles { $0.eventControllers = 4 } }
  }
}
