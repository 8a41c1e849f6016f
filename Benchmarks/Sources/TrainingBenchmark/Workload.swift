import SpikingNetworks

/// One network and number of steps, as it is measured here and with the peers.
struct Workload: Codable {
  /// How an image becomes input.
  enum Coding: String, Codable {
    /// At every step a spike with the pixel's value as its probability.
    case spikes
    /// The same real values at every step.
    case direct
  }

  var name: String
  var layers: String
  var input: FeatureShape
  var timeSteps: Int
  var coding: Coding

  static let batch = 128

  /// The reference network for 3x32x32 images.
  static func convolutional(_ timeSteps: Int, _ coding: Coding) -> Workload {
    Workload(
      name: "conv-\(coding.rawValue)-T\(timeSteps)", layers: "32C3s-P2-32C3s-P2-256-10",
      input: FeatureShape(channels: 3, height: 32, width: 32), timeSteps: timeSteps,
      coding: coding)
  }

  static let all = [
    convolutional(10, .spikes), convolutional(5, .spikes), convolutional(25, .spikes),
    convolutional(10, .direct), convolutional(5, .direct), convolutional(25, .direct),
    Workload(
      name: "mlp-spikes-T25", layers: "500-500-10",
      input: FeatureShape(channels: 1, height: 28, width: 28), timeSteps: 25, coding: .spikes),
  ]

  /// Workloads of one family share their weights.
  var family: String { "\(layers.hasPrefix("32C3") ? "conv" : "mlp")-\(coding.rawValue)" }

  /// The network without weights.
  func description() throws -> NetworkDescription {
    NetworkDescription(
      name: "benchmark", input: input, timeSteps: timeSteps,
      layers: try NetworkNotation.layers(layers, neuron: .leaky(beta: 0.25)), classes: 10)
  }
}
