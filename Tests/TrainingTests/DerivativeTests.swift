import SeededRandom
import SpikingNetworks
import Testing
import Training

/// With smooth spikes and gradients through every reset, backpropagation is exact differentiation:
/// finite differences must agree, for every layer and every neuron.
@Suite struct DerivativeTests {
  struct Example: CustomTestStringConvertible, Sendable {
    var layers: String
    var neuron: NeuronParameters
    var loss = SpikeLoss.countCrossEntropy
    var surrogate = Surrogate.arctangent(alpha: 1)

    var testDescription: String { "\(layers) \(neuron.model.name) \(neuron.reset) \(loss.name)" }
  }

  static func neuron(
    _ model: NeuronModel, _ reset: NeuronParameters.Reset, learned: Bool = false
  ) -> NeuronParameters {
    NeuronParameters(
      model: model, threshold: 0.8, reset: reset, resetCarriesGradient: true,
      learnsDecay: learned, learnsThreshold: learned)
  }

  static let examples: [Example] = [
    Example(layers: "7-6", neuron: neuron(.leaky(beta: 0.8), .subtract, learned: true)),
    Example(layers: "7-6", neuron: neuron(.leaky(beta: 0.8), .multiplicative, learned: true)),
    Example(layers: "7-3", neuron: neuron(.leaky(beta: 0.8), .zero)),
    Example(layers: "7-3", neuron: neuron(.leaky(beta: 0.8), .none, learned: true)),
    Example(layers: "7-3", neuron: neuron(.integrateAndFire, .subtract)),
    Example(layers: "7-3", neuron: neuron(.lapicque(beta: 0.8), .zero)),
    Example(
      layers: "7-3", neuron: neuron(.synaptic(alpha: 0.6, beta: 0.8), .zero, learned: true)),
    Example(
      layers: "7-3", neuron: neuron(.synaptic(alpha: 0.6, beta: 0.8), .multiplicative),
      surrogate: .sigmoid(slope: 3)),
    Example(
      layers: "7-3", neuron: neuron(.leaky(beta: 0.8), .subtract),
      loss: .largestMembraneCrossEntropy),
    Example(
      layers: "7-3", neuron: neuron(.leaky(beta: 0.8), .multiplicative),
      loss: .membraneMeanSquaredError(correctTarget: 1.2, incorrectTarget: 0.1)),
    Example(layers: "4C3s-AP2-6", neuron: neuron(.leaky(beta: 0.8), .subtract)),
    Example(layers: "4C3s-PA2-6", neuron: neuron(.leaky(beta: 0.8), .multiplicative)),
    Example(layers: "4C3s-MP2-6", neuron: neuron(.leaky(beta: 0.8), .subtract)),
    Example(layers: "4C3/2p1-6", neuron: neuron(.leaky(beta: 0.8), .subtract)),
    Example(layers: "4C3s-BN-P2-6-BN-3", neuron: neuron(.leaky(beta: 0.8), .multiplicative)),
    Example(
      layers: "4C3-BN-AP2-6-3", neuron: neuron(.leaky(beta: 0.8), .subtract, learned: true),
      loss: .rateCrossEntropy),
  ]

  @Test(arguments: examples)
  func finiteDifferencesAgree(example: Example) throws {
    let description = NetworkDescription(
      name: "smooth", input: FeatureShape(channels: 2, height: 6, width: 6), timeSteps: 4,
      layers: try NetworkNotation.layers(example.layers, neuron: example.neuron), classes: 3)
    let weights = try description.initialWeights(seed: 5, gain: 2)
    var stream = RandomStream(seed: 9)
    let inputs = (0..<5).map { _ in (0..<(4 * 72)).map { _ in stream.nextUnit() } }
    func loss(_ description: NetworkDescription, _ weights: NetworkWeights) throws
      -> BatchGradients
    {
      try SpikingNetwork(description, weights: weights).gradients(
        inputs: inputs, labels: [0, 1, 2, 0, 1], loss: example.loss,
        surrogate: example.surrogate, spikes: .smooth)
    }
    let analytic = try loss(description, weights)
    for (index, tensor) in weights.tensors.enumerated() {
      guard !tensor.name.contains("running") else { continue }
      // Along the gradient itself, where the change is largest.
      let slopes = analytic.weights.tensors[index].values
      let length = slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 1e-4 else { continue }
      let step: Float = 0.01
      let values = try [step, -step].map { step in
        var moved = weights
        for place in slopes.indices {
          moved.tensors[index].values[place] += step * slopes[place] / length
        }
        return try loss(description, moved).loss
      }
      let numeric = (values[0] - values[1]) / (2 * step)
      #expect(abs(numeric - length) < 0.02 * max(0.05, length), "\(tensor.name)")
    }
    for layer in description.layers.indices {
      if let slope = analytic.decays[layer] {
        let numeric = try Self.difference { step in
          var moved = description
          let beta = moved.layers[layer].neuron.model.decay + step
          switch moved.layers[layer].neuron.model {
          case .synaptic(let alpha, _):
            moved.layers[layer].neuron.model = .synaptic(alpha: alpha, beta: beta)
          default: moved.layers[layer].neuron.model = .leaky(beta: beta)
          }
          return try loss(moved, weights).loss
        }
        #expect(abs(numeric - slope) < 0.02 * max(0.05, abs(slope)), "beta \(layer)")
      }
      if let slope = analytic.thresholds[layer] {
        let numeric = try Self.difference { step in
          var moved = description
          moved.layers[layer].neuron.threshold += step
          return try loss(moved, weights).loss
        }
        #expect(abs(numeric - slope) < 0.02 * max(0.05, abs(slope)), "theta \(layer)")
      }
    }
  }

  private static func difference(_ loss: (Float) throws -> Float) rethrows -> Float {
    (try loss(0.01) - loss(-0.01)) / 0.02
  }
}
