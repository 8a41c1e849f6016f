import Accelerator
import TestSupport
import Testing

// Does the curve meet the closed form, and does the order within a cycle never matter?
@Suite struct Conv2023SimulatorTests {
  @Test(arguments: 0..<400 as Range<UInt64>)
  func randomNetworksMeetTheClosedForm(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (layers, counts) = RandomNetwork.make(using: &random)
    var simulator = try Conv2023Simulator(layers: layers)
    let sample = try simulator.replay(counts: counts)
    var latency: UInt64 = 0
    for (index, layer) in layers.enumerated() {
      let outcome = Conv2023ClosedForm.outcome(of: layer, counts: counts[index])
      #expect(sample.layers[index].cycles == outcome.cycles)
      #expect(sample.layers[index].counters.accumulateCycles == outcome.accumulateCycles)
      #expect(sample.layers[index].counters.activations == outcome.activations)
      latency += outcome.cycles
    }
    #expect(sample.latency == latency)
  }

  @Test(arguments: 1000..<1100 as Range<UInt64>)
  func accountsAddUpAndOrderDoesNotMatter(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (layers, counts) = RandomNetwork.make(using: &random)
    var simulator = try Conv2023Simulator(layers: layers)
    let sample = try simulator.replay(counts: counts)
    #expect(sample.layers.reduce(0) { $0 + $1.cycles } == sample.latency)
    for (layer, geometry) in zip(sample.layers, layers) {
      let engines = Conv2023.engines(of: geometry)
      #expect(layer.stateCycles.map(\.count) == engines.map(\.states.count))
      for cycles in layer.stateCycles { #expect(cycles.reduce(0, +) == sample.window) }
    }
    let processes = 4 * layers.count + 1
    for _ in 0..<3 {
      let order = Array(0..<processes).shuffled(using: &random)
      var shuffled = try Conv2023Simulator(layers: layers, order: order)
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
    var simulator = try Conv2023Simulator(layers: layers)
    let sample = try simulator.replay(counts: counts)
    let last = layers.count - 1
    #expect(
      Conv2023ClosedForm.difference(from: sample, layers: layers, counts: counts)?.layer == nil)
    var wrong = sample
    wrong.layers[last].cycles += 1
    let difference = Conv2023ClosedForm.difference(from: wrong, layers: layers, counts: counts)
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
      _ = try Conv2023Simulator(layers: [.fullyConnected(layer)]).eventCount
    } throws: { error in
      (error as? ConfigurationError)?.parameter == "processingElements"
    }
    layer.processingElements = 4
    #expect(throws: Never.self) {
      _ = try Conv2023Simulator(layers: [.fullyConnected(layer)]).eventCount
    }
    let narrow = ConvolutionGeometry(
      timeSteps: 1, inputChannels: 1, outputChannels: 1, kernel: 3, inputPixels: 64,
      outputPixels: 36, processingElements: 1, encoderWidth: 4, listCapacity: 32)
    #expect {
      _ = try Conv2023Simulator(layers: [.convolution(narrow)]).eventCount
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
        _ = try Conv2023Simulator(layers: [.convolution(layer)]).eventCount
      }
    }
    layer.inputPixels = 64
    #expect(throws: ConfigurationError.self) { _ = try Conv2023Simulator(layers: []).eventCount }
    for counts in [[], [[]], [[1, 2]], [[65]], [[1], [1]]] as [[[UInt32]]] {
      #expect(throws: ConfigurationError.self) {
        var simulator = try Conv2023Simulator(layers: [.convolution(layer)])
        _ = try simulator.replay(counts: counts)
      }
    }
  }
}
