import Datasets
import SeededRandom
import SpikingNetworks

extension InputEncoder {
  /// A sample's input as it is evaluated and recorded.
  func recordedInput(
    _ data: LabelledImages, sample: Int, timeSteps: Int, seed: UInt64
  ) -> [Float] {
    var stream = RandomStream(
      seed: seed, path: RandomPurpose.recordedSpikes.rawValue, UInt64(sample))
    return encode(data.image(sample), timeSteps: timeSteps, stream: &stream)
  }
}

extension NetworkPlan {
  /// Spikes per neuron and time step, layer by layer.
  func firingRates(_ spikes: [Int], samples: Int) -> [Double] {
    zip(spikes, layers).map { count, layer in
      Double(count) / Double(max(1, samples * timeSteps * layer.shape.neurons.count))
    }
  }
}

extension NetworkDescription {
  /// Checks that images and classes are those of the network.
  func checkFit(_ data: LabelledImages) throws(TrainingError) {
    guard input.channels == data.channels, input.height == data.height, input.width == data.width
    else {
      throw TrainingError(
        .mismatch,
        "the images of \(data.name) are \(data.channels)x\(data.height)x\(data.width), but the"
          + " network \(name) reads \(input)", remedy: "use the data that the network was made for")
    }
    guard data.classes <= classes else {
      throw TrainingError(
        .mismatch,
        "\(data.name) has \(data.classes) classes, but the network \(name) tells \(classes) apart",
        remedy: "use the data that the network was made for")
    }
  }
}
