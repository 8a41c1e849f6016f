import SeededRandom
import SpikingNetworks
import Training

/// One network, batch and number of steps, as the rivals were measured with.
struct Workload {
  /// How the images become input.
  enum Coding: String {
    /// Independent spikes with a probability of 0.3.
    case spikes
    /// The same real values at every step.
    case direct
  }

  var name: String
  var layers: String
  var input: FeatureShape
  var timeSteps: Int
  var coding = Coding.spikes
  /// CPU milliseconds of a step, one thread, batch 128, on two cores of an AMD EPYC with AVX-512 and
  /// PyTorch 2.13; measured by this project with snnTorch 1.0.0 and with the fastest PyTorch that we
  /// could write (time folded into the batch, channels last, fused neurons, tuned allocation).
  var snnTorch: Double?
  var bestPyTorch: Double?

  static let batch = 128

  static func convolutional(
    _ timeSteps: Int, coding: Coding = .spikes, snnTorch: Double?, bestPyTorch: Double
  ) -> Workload {
    Workload(
      name: "3x32x32-32C3s-P2-32C3s-P2-256-10", layers: "32C3s-P2-32C3s-P2-256-10",
      input: FeatureShape(channels: 3, height: 32, width: 32), timeSteps: timeSteps,
      coding: coding, snnTorch: snnTorch, bestPyTorch: bestPyTorch)
  }

  static let all = [
    convolutional(5, snnTorch: 589, bestPyTorch: 257),
    convolutional(10, snnTorch: 915, bestPyTorch: 491),
    convolutional(25, snnTorch: 2315, bestPyTorch: 1231),
    convolutional(5, coding: .direct, snnTorch: nil, bestPyTorch: 224),
    convolutional(10, coding: .direct, snnTorch: nil, bestPyTorch: 417),
    convolutional(25, coding: .direct, snnTorch: nil, bestPyTorch: 1237),
    Workload(
      name: "784-500-500-10", layers: "500-500-10", input: FeatureShape(channels: 784),
      timeSteps: 25, snnTorch: 212, bestPyTorch: 135),
  ]

  /// The network, with weights large enough that every layer spikes.
  func network() throws -> SpikingNetwork {
    let description = NetworkDescription(
      name: "benchmark", input: input, timeSteps: timeSteps,
      layers: try NetworkNotation.layers(layers, neuron: .leaky(beta: 0.25)), classes: 10)
    return try SpikingNetwork(
      description, weights: description.initialWeights(seed: 1, gain: 3))
  }

  /// The batch: random images, as the rivals had them.
  func inputs() -> [[Float]] {
    var stream = RandomStream(seed: 2)
    return (0..<Self.batch).map { _ in
      switch coding {
      case .spikes:
        return (0..<(timeSteps * input.count)).map { _ in stream.nextUnit() < 0.3 ? 1 : 0 }
      case .direct:
        let image = (0..<input.count).map { _ in stream.nextUnit() }
        return Array(repeatElement(image, count: timeSteps).joined())
      }
    }
  }
}
