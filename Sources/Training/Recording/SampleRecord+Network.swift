import SpikeTraces
import SpikingNetworks

extension SampleRecord {
  /// What a network did with a sample.
  ///
  /// - Parameters:
  ///   - sample: the sample's identity.
  ///   - label: its class.
  ///   - plan: the network.
  ///   - extent: of its output.
  ///   - slot: the sample's place in a workspace, after the run.
  ///   - readsSpikes: whether the network's input is spikes; values are not recorded.
  init(
    _ sample: Int, label: Int, plan: NetworkPlan, extent: OutputExtent,
    slot: WorkspaceSlot, readsSpikes: Bool
  ) {
    let workspace = slot.workspace
    self.init(
      id: UInt64(sample), label: label,
      prediction: SpikeLoss.prediction(
        extent, spikes: workspace.input(ofLayer: plan.layers.count, slot: slot.index)),
      boundaries: (0...plan.layers.count).map { boundary in
        let shape = boundary == 0 ? plan.input : plan.layers[boundary - 1].shape.output
        guard boundary > 0 || readsSpikes else {
          return SpikePlanes(timeSteps: plan.timeSteps, neurons: shape.count)
        }
        return SpikePlanes(
          workspace.input(ofLayer: boundary, slot: slot.index), shape: shape,
          timeSteps: plan.timeSteps)
      })
  }
}

extension SpikePlanes {
  /// Packs channels-last frames into channels-first planes.
  fileprivate init(
    _ frames: UnsafePointer<Float>, shape: FeatureShape, timeSteps: Int
  ) {
    self.init(timeSteps: timeSteps, neurons: shape.count)
    let stride = wordsPerPlane
    let (channels, pixels) = (shape.channels, shape.pixels)
    withUnsafeMutableWords { words in
      for step in 0..<timeSteps {
        let frame = frames + step * channels * pixels
        var index = step * stride
        var word: UInt64 = 0
        var bit: UInt64 = 0
        // Spikes come at random: a branch for each would be mispredicted too often.
        for channel in 0..<channels {
          for pixel in 0..<pixels {
            word |= (frame[pixel &* channels &+ channel] != 0 ? 1 : 0) &<< bit
            bit &+= 1
            guard bit == 64 else { continue }
            words[index] = word
            index &+= 1
            word = 0
            bit = 0
          }
        }
        if bit > 0 { words[index] = word }
      }
    }
  }
}

extension NetworkPlan {
  /// Checks that every boundary holds spikes.
  ///
  /// - Throws: ``TrainingError`` (`recording`) that names the layer.
  func checkRecordable() throws(TrainingError) {
    guard
      let layer = layers.first(where: { $0.pooling == .afterNeuron && $0.poolsAverage })
    else { return }
    throw TrainingError(
      .recording, "the average of spikes is not a spike, and a trace holds spikes only",
      remedy: "pool the currents before the neurons, or take the maximum",
      location: "layer \(layer.name)")
  }
}
