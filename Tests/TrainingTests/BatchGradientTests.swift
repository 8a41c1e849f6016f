import SeededRandom
import SpikingNetworks
import Testing
import Training

/// Batches: the sum of their samples, on any number of threads.
@Suite struct BatchGradientTests {
  private func example() throws -> (SpikingNetwork, [[Float]], [Int]) {
    let description = NetworkDescription(
      name: "batch", input: FeatureShape(channels: 2, height: 6, width: 6), timeSteps: 4,
      layers: try NetworkNotation.layers("5C3-P2-8-6", neuron: .leaky(beta: 0.8)), classes: 3)
    let network = try SpikingNetwork(
      description, weights: description.initialWeights(seed: 1, gain: 3))
    var stream = RandomStream(seed: 2)
    let inputs = (0..<37).map { _ in
      (0..<(4 * 72)).map { _ in stream.nextUnit() < 0.4 ? Float(1) : 0 }
    }
    return (network, inputs, (0..<37).map { $0 % 3 })
  }

  @Test func theSameOnAnyNumberOfThreads() throws {
    let (network, inputs, labels) = try example()
    let results = try [1, 2, 3, 8].map { threads in
      try network.gradients(
        inputs: inputs, labels: labels, loss: .countCrossEntropy,
        surrogate: .fastSigmoid(slope: 5), threads: threads)
    }
    for result in results.dropFirst() {
      #expect(result.loss == results[0].loss)
      #expect(result.weights == results[0].weights)
      #expect(result.inputs == results[0].inputs)
    }
  }

  @Test(arguments: [
    SpikeLoss.countCrossEntropy, .rateCrossEntropy,
    .countMeanSquaredError(correctRate: 0.7, incorrectRate: 0.1),
  ])
  func theMeanOfItsSamples(loss: SpikeLoss) throws {
    let (network, inputs, labels) = try example()
    let batch = try network.gradients(
      inputs: inputs, labels: labels, loss: loss, surrogate: .arctangent(alpha: 2))
    var sum = batch.weights.tensors.map { [Float](repeating: 0, count: $0.values.count) }
    var lossSum: Float = 0
    for (input, label) in zip(inputs, labels) {
      let single = try network.gradients(
        inputs: [input], labels: [label], loss: loss, surrogate: .arctangent(alpha: 2))
      lossSum += single.loss
      for (tensor, values) in single.weights.tensors.enumerated() {
        for (index, value) in values.values.enumerated() { sum[tensor][index] += value }
      }
    }
    #expect(relativeDifference([batch.loss], [lossSum / 37]) < 1e-5)
    for (tensor, values) in batch.weights.tensors.enumerated() {
      #expect(relativeDifference(values.values, sum[tensor].map { $0 / 37 }) < 1e-5)
    }
  }

  @Test func populationsSpeakForTheirClass() throws {
    // Without surrogate and reset subtleties: gradients of a population's neurons are equal.
    let (network, inputs, labels) = try example()
    let result = try network.gradients(
      inputs: inputs, labels: labels,
      loss: .countMeanSquaredError(correctRate: 1, incorrectRate: 0),
      surrogate: .straightThrough)
    let bias = try #require(result.weights["fc2.bias"]).values
    #expect(bias[0] == bias[1] && bias[2] == bias[3] && bias[4] == bias[5])
  }

  @Test func badBatchesAreRefused() throws {
    let (network, inputs, _) = try example()
    let bad: [([[Float]], [Int])] = [
      ([], []), (inputs, [0]), ([inputs[0]], [3]), ([inputs[0]], [-1]), ([[1, 2]], [0]),
      ([[Float](repeating: .nan, count: 288)], [0]),
    ]
    for (inputs, labels) in bad {
      #expect(throws: TrainingError.self) {
        try network.gradients(
          inputs: inputs, labels: labels, loss: .countCrossEntropy, surrogate: .straightThrough)
      }
    }
  }
}
