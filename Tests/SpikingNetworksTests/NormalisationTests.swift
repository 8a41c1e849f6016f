import Foundation
import SeededRandom
import SpikingNetworks
import Testing

/// Batch normalisation with running statistics: an affine map that the weights can hold.
@Suite struct NormalisationTests {
  /// A network with running statistics far from their initial values.
  private func example(_ notation: String) throws -> SpikingNetwork {
    let description = NetworkDescription(
      name: "normalised", input: FeatureShape(channels: 2, height: 8, width: 8), timeSteps: 5,
      layers: try NetworkNotation.layers(notation, neuron: .leaky(beta: 0.7)), classes: 3)
    var weights = try description.initialWeights(seed: 3, gain: 2)
    var stream = RandomStream(seed: 8)
    for index in weights.tensors.indices where weights.tensors[index].name.contains(".norm.") {
      weights.tensors[index].values = weights.tensors[index].values.map { start in
        start + 0.4 * stream.nextUnit()
      }
    }
    return try SpikingNetwork(description, weights: weights)
  }

  @Test(arguments: ["6C3s-BN-P2-9-BN-6", "6C3-BN-MP2-6", "9-BN-3"])
  func foldedNetworksEmitTheSameSpikes(notation: String) throws {
    let network = try example(notation)
    let folded = try network.foldingNormalisation()
    #expect(folded.description.layers.allSatisfy { $0.normalisation == nil })
    #expect(
      network.weights.tensors.contains { $0.name == "fc1.norm.running_var" }
        == notation.contains("9-BN"))
    #expect(!folded.weights.tensors.contains { $0.name.contains(".norm.") })
    var stream = RandomStream(seed: 4)
    var spikes: Float = 0
    for _ in 0..<20 {
      let input = (0..<(5 * 128)).map { _ in stream.nextUnit() < 0.4 ? Float(1) : 0 }
      let (unfolded, same) = try (network.activity(of: input), folded.activity(of: input))
      for (left, right) in zip(unfolded.layers, same.layers) {
        #expect(left.spikes == right.spikes)
        #expect(zip(left.membranes, right.membranes).allSatisfy { abs($0 - $1) < 1e-4 })
        spikes += left.spikes.reduce(0, +)
      }
    }
    #expect(spikes > 0)
  }

  @Test func aNormalisationIsItsDefinition() throws {
    let network = try example("3-BN")
    var plain = network.description
    plain.layers[0].normalisation = nil
    plain.layers[0].neuron.reset = .none
    plain.layers[0].neuron.model = .leaky(beta: 0)
    var normalised = network.description
    normalised.layers[0].neuron = plain.layers[0].neuron
    let weights = network.weights
    let currents = try SpikingNetwork(
      plain, weights: NetworkWeights(tensors: Array(weights.tensors.prefix(2))))
    let input = [Float](repeating: 1, count: 5 * 128)
    let before = try currents.activity(of: input).layers[0].membranes
    let after = try SpikingNetwork(normalised, weights: weights).activity(of: input)
      .layers[0].membranes
    func value(_ name: String, _ channel: Int) throws -> Float {
      try #require(weights["fc1.norm.\(name)"]).values[channel]
    }
    for index in after.indices {
      let channel = index % 3
      let deviation = try (value("running_var", channel) + 1e-5).squareRoot()
      let expected =
        try (before[index] - value("running_mean", channel)) / deviation * value("weight", channel)
        + value("bias", channel)
      #expect(abs(after[index] - expected) < 1e-5)
    }
  }

  @Test func modelFilesKeepEveryOption() throws {
    var network = try example("6C3/2p1-BN-AP2-D0.25-6")
    var description = network.description
    description.layers[0].neuron = NeuronParameters(
      model: .integrateAndFire, threshold: 1.25, reset: .multiplicative, resetTiming: .immediate,
      resetCarriesGradient: true, learnsThreshold: true)
    network = try SpikingNetwork(description, weights: network.weights)
    let read = try ModelFile(decoding: ModelFile(network: network).encoded()).network
    #expect(read.description == description)
    #expect(read.weights == network.weights)
    #expect(NetworkNotation.text(read.description.layers) == "6C3/2p1-BN-AP2-D0.25-6")
  }

  @Test func olderDescriptionsTakeDefaults() throws {
    let older = """
      {"name": "conv1", "operation": {"convolution": {"channels": 4, "kernel": 3, "padding": 0,
      "stride": 1}}, "pooling": {"position": "afterNeuron", "size": 2}, "neuron": {"model":
      {"leaky": {"beta": 0.5}}, "reset": "subtract", "threshold": 1}}
      """
    let layer = try JSONDecoder().decode(LayerDescription.self, from: Data(older.utf8))
    let expected = try NetworkNotation.layers("4C3-P2", neuron: .leaky(beta: 0.5))
    #expect([layer] == expected)
  }

  @Test func impossibleOptionsAreRefused() throws {
    func expectRefusal(_ change: (inout LayerDescription) -> Void) throws {
      var description = try example("9-BN-3").description
      change(&description.layers[0])
      #expect(throws: NetworkError.self) { try description.resolvedShapes() }
    }
    try expectRefusal { $0.dropout = 1 }
    try expectRefusal { $0.dropout = .nan }
    try expectRefusal { $0.normalisation = .init(epsilon: 0) }
    try expectRefusal { $0.normalisation = .init(momentum: 2) }
    try expectRefusal {
      $0.neuron.model = .integrateAndFire
      $0.neuron.learnsDecay = true
    }
  }
}
