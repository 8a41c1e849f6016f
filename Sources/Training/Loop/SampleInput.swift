import Datasets
import SpikingNetworks

extension NetworkPlan {
  /// Spikes per neuron and time step, layer by layer.
  func firingRates(_ spikes: [Int], samples: Int) -> [Double] {
    zip(spikes, layers).map { count, layer in
      Double(count) / Double(max(1, samples * timeSteps * layer.shape.neurons.count))
    }
  }
}

extension NetworkDescription {
  /// Checks that encoded samples and classes are those of the network.
  func checkFit(
    _ data: some LabelledSamples, _ encoder: InputEncoder
  ) throws(TrainingError) {
    let frame: FrameShape
    do {
      frame = try encoder.frame(of: data, timeSteps: timeSteps)
    } catch {
      throw TrainingError(error)
    }
    guard input.channels == frame.channels, input.height == frame.height,
      input.width == frame.width
    else {
      throw TrainingError(
        .mismatch,
        "the samples of \(data.name) are \(frame) as they are encoded, but the network \(name)"
          + " reads \(input)", remedy: "use the data that the network was made for")
    }
    guard data.classes <= classes else {
      throw TrainingError(
        .mismatch,
        "\(data.name) has \(data.classes) classes, but the network \(name) tells \(classes) apart",
        remedy: "use the data that the network was made for")
    }
  }
}
