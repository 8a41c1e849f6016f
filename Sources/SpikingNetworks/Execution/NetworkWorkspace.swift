import SpikingKernels

/// The memory of one sample's run through a network, allocated once and used for many samples.
///
/// Blocks are `[time step][row][column][channel]`. One worker owns one workspace.
package final class NetworkWorkspace {
  /// The blocks of one layer.
  package struct LayerBlocks {
    /// What the linear operation yields.
    package let currents: UnsafeMutablePointer<Float>
    /// The currents after batch normalisation; the currents themselves, where there is none.
    package let normalised: UnsafeMutablePointer<Float>
    /// The membranes before the next step's reset; in the place of the normalised currents, where
    /// no pooling comes between.
    package let membranes: UnsafeMutablePointer<Float>
    /// The membranes before the reset, where ``MembraneDynamics/keepsUpdates``.
    package let updates: UnsafeMutablePointer<Float>
    /// The neurons' spikes.
    package let spikes: UnsafeMutablePointer<Float>
    /// The pooled spikes; the spikes themselves, where no pooling follows.
    package let pooled: UnsafeMutablePointer<Float>
    /// What the layer hands on: the pooled spikes, less what dropout takes.
    package let output: UnsafeMutablePointer<Float>
  }

  package let input: UnsafeMutablePointer<Float>
  /// Whether every step's input is the first step's, as with direct coding.
  package internal(set) var isInputRepeated = false
  /// Spikes of each layer's neurons in the last run.
  package internal(set) var spikeCounts: [Int]
  /// Whether the spikes before a pooling are wanted beside the pooled ones.
  package let keepsSpikes: Bool
  package let connections: ConnectionScratch
  package let layers: [LayerBlocks]
  /// Three rows of the widest layer.
  package let scratch: UnsafeMutablePointer<Float>
  private let storage: FloatStorage

  package init(_ plan: NetworkPlan, keepsSpikes: Bool) {
    self.keepsSpikes = keepsSpikes
    spikeCounts = [Int](repeating: 0, count: plan.layers.count)
    connections = ConnectionScratch(plan.layers.map(\.connections))
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
      let normalised =
        layer.normalisation == nil ? currents : place(steps * layer.shape.convolved.count)
      let neurons = steps * layer.shape.neurons.count
      let membranes = layer.pooling == .beforeNeuron ? place(neurons) : normalised
      let updates = layer.initialDynamics.keepsUpdates ? place(neurons) : membranes
      let spikes = place(neurons)
      let outputs = steps * layer.shape.output.count
      let pooled = layer.pooling == .afterNeuron ? place(outputs) : spikes
      let output = layer.dropout > 0 ? place(outputs) : pooled
      places.append([currents, normalised, membranes, updates, spikes, pooled, output])
    }
    let scratchPlace = place(3 * (plan.layers.map(\.shape.neurons.count).max() ?? 0))
    let storage = FloatStorage(count: total)
    self.storage = storage
    input = storage.start + inputPlace
    scratch = storage.start + scratchPlace
    layers = places.map { places in
      let start = places.map { storage.start + $0 }
      return LayerBlocks(
        currents: start[0], normalised: start[1], membranes: start[2], updates: start[3],
        spikes: start[4], pooled: start[5], output: start[6])
    }
  }

  /// What a layer reads: the output of the one before it, or the network's input.
  package func input(ofLayer layer: Int) -> UnsafeMutablePointer<Float> {
    layer == 0 ? input : layers[layer - 1].output
  }
}
