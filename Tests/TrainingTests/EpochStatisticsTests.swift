import Datasets
import Foundation
import SpikingNetworks
import Testing
import Training

/// What is said of every epoch, and of trainings that go wrong.
@Suite struct EpochStatisticsTests {
  private func run(
    layers: String = "6C3-P2-20", theta: Float = 1,
    change: (inout TrainingSettings) -> Void = { _ in },
    progress: (TrainingEvent) -> Void = { _ in }
  ) throws -> TrainingResult {
    let digits = try LabelledImages.digits()
    var settings = TrainerTests.settings()
    change(&settings)
    return try Trainer(
      TrainerTests.network(digits, layers: layers, theta: theta), settings: settings,
      data: digits, parts: TrainerTests.parts(digits)
    ).run(threads: 2, progress: progress)
  }

  @Test(
    "synaptic operations are the connections of every input that is not zero",
    arguments: ["5C3s-20", "4C3/2p1-P2-20", "3C5/3p2-20"])
  func operationsAreCountedOneByOne(layers: String) throws {
    let digits = try LabelledImages.digits()
    let network = try run(layers: layers).network
    let samples = [3, 77]
    let evaluation = try network.evaluate(
      digits, samples: samples, encoder: .direct, loss: .countCrossEntropy, seed: 1, threads: 1)
    var expected = [Double](repeating: 0, count: network.description.layers.count)
    for sample in samples {
      guard case .image(let image) = digits.sample(sample) else { continue }
      let input = Array(repeatElement(image, count: network.description.timeSteps).joined())
      let activity = try network.activity(of: input)
      var frames = input
      for (index, layer) in network.description.layers.enumerated() {
        let shape = try network.description.resolvedShapes()[index]
        let size = shape.input.count
        for (place, value) in frames.enumerated() where value != 0 {
          expected[index] += Double(connections(layer, shape, input: place % size)) / 2
        }
        frames = activity.layers[index].output
      }
    }
    #expect(evaluation.synapticOperations == expected)
    #expect(expected.allSatisfy { $0 > 0 })
  }

  /// Connections of one input, by trying every output's window.
  private func connections(
    _ layer: LayerDescription, _ shape: ResolvedLayerShape, input place: Int
  ) -> Int {
    guard case .convolution(let channels, let kernel, let stride, let padding) = layer.operation
    else { return shape.neurons.count }
    let pixel = place % shape.input.pixels
    let (row, column) = (pixel / shape.input.width, pixel % shape.input.width)
    var count = 0
    for top in 0..<shape.convolved.height {
      for left in 0..<shape.convolved.width {
        let (y, x) = (row - top * stride + padding, column - left * stride + padding)
        if 0..<kernel ~= y, 0..<kernel ~= x { count += channels }
      }
    }
    return count
  }

  @Test func everyEpochHasStatisticsOfEveryLayer() throws {
    let result = try run()
    for epoch in result.epochs {
      #expect(epoch.layers.map(\.name) == ["conv1", "fc1"])
      for layer in epoch.layers {
        let density = try #require(layer.gradientDensity)
        #expect(0...1 ~= layer.sparsity && density > 0 && density <= 1)
        #expect(layer.synapticOperations > 0)
        #expect(layer.synapticOperations <= Double(layer.denseOperations))
      }
      // 6 steps of 6x6 windows of 3x3 on one channel to six; of 54 inputs to 20 neurons.
      #expect(epoch.layers.map(\.denseOperations) == [6 * 36 * 9 * 6, 6 * 54 * 20])
    }
  }

  @Test func silentLayersAreNoticedEarlyWithTheirRemedy() throws {
    var notices: [(batch: Int, text: String)] = []
    var batch = 0
    _ = try run(
      theta: 50,
      progress: { event in
        if case .batch(let progress) = event { batch = progress.batch }
        if case .notice(let text) = event { notices.append((batch, text)) }
      })
    #expect(notices.count == 1 && notices.first?.batch == 4, "before the fifth batch is told")
    let text = notices.first?.text ?? ""
    for words in ["layer conv1", "first 5 batches", "nothing reaches fc1", "theta is 50"] {
      #expect(text.contains(words), "\(text)")
    }
    #expect(text.contains("weight gain from 1.5 to "))
    #expect(text.contains("fast-sigmoid k=1.0 instead of fast-sigmoid k=5.0"))
  }

  @Test func saturatedLayersAreNoticed() throws {
    let result = try run(
      theta: 1e-6,
      change: { settings in
        settings.learningRate = 1e-9
        settings.weightGain = 30
      })
    let rates = result.epochs[0].firingRates
    let saturated = zip(["conv1", "fc1"], rates).filter { $1 > 0.9 }.map(\.0)
    for name in saturated {
      #expect(result.notices.contains { $0.contains("layer \(name) spiked at 9") })
    }
    #expect(result.notices.count { $0.contains("spiked at") } == saturated.count)
  }

  @Test func divergenceAfterAGoodEpochKeepsIt() throws {
    // The rate grows without limit: a factor of a thousand an epoch.
    let result = try run(change: { settings in
      settings.epochs = 12
      settings.learningRate = 1e-3
      settings.schedule = .steps(epochs: 1, factor: 1000)
    })
    guard case .diverged(let error) = result.ending else {
      Issue.record("the training ended with \(result.ending)")
      return
    }
    #expect(error.code == .diverged && error.location.hasPrefix("epoch "))
    #expect(error.message.contains("of layer "), "\(error.message)")
    #expect(error.remedy.contains("0.0001"))
    #expect(result.bestEpoch > 0 && result.epochs.count >= result.bestEpoch)
    #expect(result.lastNetwork == nil)
    let values = result.network.weights.tensors.flatMap(\.values)
    #expect(!values.contains { !$0.isFinite })
  }
}
