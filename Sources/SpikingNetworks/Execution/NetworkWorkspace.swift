import SpikingKernels

/// The memory of one sample's run through a network, allocated once and used for many samples.
///
/// Blocks are `[time step][row][column][channel]`. One worker owns one workspace.
package final class NetworkWorkspace {
  /// The blocks of one layer.
  package struct LayerBlocks {
    /// What the linear operation yields; the membranes too, where no pooling comes between.
    package let currents: UnsafeMutablePointer<Float>
    /// The membranes before the next step's reset.
    package let membranes: UnsafeMutablePointer<Float>
    /// The neurons' spikes.
    package let spikes: UnsafeMutablePointer<Float>
    /// What the layer hands on; the spikes themselves, where no pooling follows.
    package let output: UnsafeMutablePointer<Float>
  }

  package let input: UnsafeMutablePointer<Float>
  package let layers: [LayerBlocks]
  /// Two rows of the widest layer.
  package let scratch: UnsafeMutablePointer<Float>
  private let storage: FloatStorage

  package init(_ plan: NetworkPlan) {
    let steps = plan.timeSteps
    var total = 0
    // Blocks start on cache lines, which are 16 floats.
    func place(_ count: Int) -> Int {
      defer { total += (count + 15) / 16 * 16 }
      return total
    }
    let inputPlace = place(steps * plan.input.count)
    var places: [[Int]] = []
    for layer in plan.layers {
      let currents = place(steps * layer.shape.convolved.count)
      let neurons = steps * layer.shape.neurons.count
      let membranes = layer.pooling == .beforeNeuron ? place(neurons) : currents
      let spikes = place(neurons)
      let output =
        layer.pooling == .afterNeuron ? place(steps * layer.shape.output.count) : spikes
      places.append([currents, membranes, spikes, output])
    }
    let scratchPlace = place(2 * (plan.layers.map(\.shape.neurons.count).max() ?? 0))
    let storage = FloatStorage(count: total)
    self.storage = storage
    input = storage.start + inputPlace
    scratch = storage.start + scratchPlace
    layers = places.map { place in
      LayerBlocks(
        currents: storage.start + place[0], membranes: storage.start + place[1],
        spikes: storage.start + place[2], output: storage.start + place[3])
    }
  }

  /// What a layer reads: the output of the one before it, or the network's input.
  package func input(ofLayer layer: Int) -> UnsafeMutablePointer<Float> {
    layer == 0 ? input : layers[layer - 1].output
  }
}
