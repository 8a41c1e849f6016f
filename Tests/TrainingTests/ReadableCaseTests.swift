import Foundation
import SpikingNetworks
import TestSupport
import Testing
import Training

/// The one case of snnTorch 1.0.0 whose every number can be read in an editor.
@Suite struct ReadableCaseTests {
  /// The file's content: `[time step][sample][neuron]`, `[out][in]`.
  struct Case: Decodable {
    var beta: Float
    var theta: Float
    var weight1: [[Float]]
    var b1: [Float]
    var weight2: [[Float]]
    var b2: [Float]
    var x: [[[Float]]]
    var y: [Int]
    var spk1: [[[Float]]]
    var mem1: [[[Float]]]
    var spk2: [[[Float]]]
    var mem2: [[[Float]]]
    var gW1: [[Float]]
    var gb1: [Float]
    var gW2: [[Float]]
    var gb2: [Float]
    var gx: [[[Float]]]
    var lossValue: Float

    enum CodingKeys: String, CodingKey {
      case beta, theta, b1, b2, x, y, spk1, mem1, spk2, mem2, gW1, gb1, gW2, gb2, gx
      case weight1 = "W1"
      case weight2 = "W2"
      case lossValue = "loss_value"
    }
  }

  @Test func everyNumberAgrees() throws {
    let expected = try JSONDecoder().decode(Case.self, from: Fixture.data("readable_case.json.zst"))
    let neuron = NeuronParameters.leaky(beta: expected.beta, threshold: expected.theta)
    let description = NetworkDescription(
      name: "readable", input: FeatureShape(channels: 6), timeSteps: 6,
      layers: try NetworkNotation.layers("5-3", neuron: neuron), classes: 3)
    let tensors = [
      NamedTensor(name: "fc1.weight", shape: [5, 6], values: expected.weight1.flatMap(\.self)),
      NamedTensor(name: "fc1.bias", shape: [5], values: expected.b1),
      NamedTensor(name: "fc2.weight", shape: [3, 5], values: expected.weight2.flatMap(\.self)),
      NamedTensor(name: "fc2.bias", shape: [3], values: expected.b2),
    ]
    let network = try SpikingNetwork(description, weights: NetworkWeights(tensors: tensors))
    let inputs = Self.perSample(expected.x)
    for (sample, input) in inputs.enumerated() {
      let layers = try network.activity(of: input).layers
      #expect(layers[0].spikes == Self.perSample(expected.spk1)[sample])
      #expect(layers[1].spikes == Self.perSample(expected.spk2)[sample])
      #expect(
        relativeDifference(layers[0].membranes, Self.perSample(expected.mem1)[sample]) <= 1e-5)
      #expect(
        relativeDifference(layers[1].membranes, Self.perSample(expected.mem2)[sample]) <= 1e-5)
    }
    let ours = try network.gradients(
      inputs: inputs, labels: expected.y, loss: .countCrossEntropy,
      surrogate: .fastSigmoid(slope: 25))
    #expect(relativeDifference([ours.loss], [expected.lossValue]) <= 1e-5)
    let references = [
      expected.gW1.flatMap(\.self), expected.gb1, expected.gW2.flatMap(\.self), expected.gb2,
    ]
    for (tensor, reference) in zip(ours.weights.tensors, references) {
      #expect(relativeDifference(tensor.values, reference) <= 1e-5, "\(tensor.name)")
    }
    let inputGradients = Self.perSample(expected.gx).flatMap(\.self)
    #expect(relativeDifference(ours.inputs.flatMap(\.self), inputGradients) <= 1e-5)
  }

  private static func perSample(_ block: [[[Float]]]) -> [[Float]] {
    (block.first ?? []).indices.map { sample in block.flatMap { $0[sample] } }
  }
}
