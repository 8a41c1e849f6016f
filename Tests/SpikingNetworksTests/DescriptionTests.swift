import SpikingNetworks
import Testing

/// What a description may say, and what is said about one that may not.
@Suite struct DescriptionTests {
  static let neuron = NeuronParameters.leaky(beta: 0.5)

  private func description(
    _ notation: String, input: FeatureShape = FeatureShape(channels: 1, height: 8, width: 8),
    timeSteps: Int = 4, classes: Int = 10, neuron: NeuronParameters = neuron
  ) throws -> NetworkDescription {
    NetworkDescription(
      name: "test", input: input, timeSteps: timeSteps,
      layers: try NetworkNotation.layers(notation, neuron: neuron), classes: classes)
  }

  @Test func shapesFollowFromTheNotation() throws {
    let shapes = try description("16C3-32C3s-P2-64-100").resolvedShapes()
    #expect(shapes.map(\.output.description) == ["16x6x6", "32x3x3", "64x1x1", "100x1x1"])
    #expect(shapes.map(\.neurons.description) == ["16x6x6", "32x6x6", "64x1x1", "100x1x1"])
    let before = try description("4C3-MP2-10").resolvedShapes()
    #expect(before[0].convolved.description == "4x6x6")
    #expect(before[0].neurons.description == "4x3x3")
  }

  @Test(arguments: [
    "16C3-32C3-P2-64-100", "32C3s-MP2-10", "10", "8C5/3p2-16C3/2p1-10", "4C3s-BN-AP2-D0.5-10",
    "4C4/2-PA2-10-BN",
  ])
  func notationIsItsOwnInverse(notation: String) throws {
    let layers = try NetworkNotation.layers(notation, neuron: Self.neuron)
    #expect(NetworkNotation.text(layers) == notation)
  }

  @Test(
    "bad notation names the part",
    arguments: [
      "", "16C3-", "16C", "C3", "16C4s", "P2-10", "64-P2", "16C3-P2-P2", "-5", "1e3", "BN",
      "D0.5-10",
      "10-D2", "8C3/0", "8C3/", "8C3s/2", "8C3/2p", "8C3-AP2-P2",
    ])
  func badNotation(notation: String) {
    #expect(throws: NetworkError.self) {
      try NetworkNotation.layers(notation, neuron: Self.neuron)
    }
  }

  @Test func impossibleNetworksAreRefused() throws {
    let huge = 1 << 40
    #expect(throws: NetworkError.self) { try description("16C9-10").resolvedShapes() }
    #expect(throws: NetworkError.self) { try description("16C3-P9-10").resolvedShapes() }
    #expect(throws: NetworkError.self) { try description("16C3-55").resolvedShapes() }
    #expect(throws: NetworkError.self) { try description("10", timeSteps: 0).resolvedShapes() }
    #expect(throws: NetworkError.self) { try description("10", timeSteps: huge).resolvedShapes() }
    #expect(throws: NetworkError.self) {
      try description("1000-10", timeSteps: 1 << 20).resolvedShapes()
    }
    let wide = FeatureShape(channels: 1, height: 1 << 14, width: 1 << 14)
    #expect(throws: NetworkError.self) { try description("1C255-10", input: wide).resolvedShapes() }
    #expect(throws: NetworkError.self) { try description("10", classes: 0).resolvedShapes() }
    #expect(throws: NetworkError.self) { try description("\(huge)").resolvedShapes() }
    #expect(throws: NetworkError.self) { try description("1000000C255-10").resolvedShapes() }
    for bad in [Float.nan, -0.1, 1.5] {
      #expect(throws: NetworkError.self) {
        try description("10", neuron: .leaky(beta: bad)).resolvedShapes()
      }
    }
    for bad in [Float.nan, 0, -1, .infinity] {
      #expect(throws: NetworkError.self) {
        try description("10", neuron: .leaky(beta: 0.5, threshold: bad)).resolvedShapes()
      }
    }
    let extents = FeatureShape(channels: huge, height: huge, width: huge)
    #expect(throws: NetworkError.self) { try description("10", input: extents).resolvedShapes() }
  }

  @Test func errorsNameTheLayer() throws {
    let error = #expect(throws: NetworkError.self) {
      try description("16C3-32C9-10").resolvedShapes()
    }
    #expect(error?.description.contains("layer conv2") == true)
    #expect(error?.code == .invalidDescription)
  }

  @Test func weightsAreSeededAndBounded() throws {
    let network = try description("16C3-P2-10")
    let weights = try network.initialWeights(seed: 5, gain: 3)
    let again = try network.initialWeights(seed: 5, gain: 3)
    let other = try network.initialWeights(seed: 6, gain: 3)
    #expect(weights == again)
    #expect(weights != other)
    let first = try #require(weights["conv1.weight"])
    #expect(first.shape == [16, 1, 3, 3])
    #expect(first.values.allSatisfy { abs($0) <= 1 })  // 3 / sqrt(9)
    #expect((first.values.max() ?? 0) > 0.9)
    #expect(weights.parameterCount == 1610)
    #expect(throws: NetworkError.self) { try network.initialWeights(seed: 1, gain: .nan) }
  }

  @Test func badInputIsRefused() throws {
    let network = try description("10")
    let runnable = try SpikingNetwork(network, weights: network.initialWeights(seed: 1))
    #expect(throws: NetworkError.self) { try runnable.activity(of: [1, 2]) }
    #expect(throws: NetworkError.self) {
      try runnable.activity(of: [Float](repeating: .nan, count: 256))
    }
  }
}
