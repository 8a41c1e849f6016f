import SpikingKernels

/// The memory of some samples' run through a network, allocated once and used for many samples.
///
/// Every sample has a slot; blocks are `[slot][time step][row][column][channel]`. One worker owns one
/// workspace.
package final class NetworkWorkspace {
  /// The blocks of one layer in slot 0, and how far apart those of two slots are.
  package struct SlottedBlocks {
    let first: LayerBlocks
    let convolved: Int
    let neurons: Int
    let outputs: Int

    /// The blocks of a slot.
    package func of(_ slot: Int) -> LayerBlocks {
      let neurons = slot * neurons
      return LayerBlocks(
        currents: first.currents + slot * convolved,
        normalised: first.normalised + slot * convolved,
        membranes: first.membranes + neurons,
        updates: first.updates + neurons, spikes: first.spikes + neurons,
        pooled: first.pooled + slot * outputs, output: first.output + slot * outputs,
        winners: first.winners?.from(slot * outputs))
    }
  }

  /// The blocks of one layer and slot.
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
    /// What the way back needs of pooled windows, if that is kept instead of the membranes.
    package let winners: WindowWinners?
  }

  package let input: UnsafeMutablePointer<Float>
  /// Whether every step's input is the first step's, as with direct coding.
  package internal(set) var isInputRepeated: [Bool]
  /// Spikes of each layer's neurons in the last run, `[slot][layer]`.
  package internal(set) var spikeCounts: [Int]
  /// What is wanted of each layer beside its output.
  package let kept: [KeptActivity]
  package let samples: Int
  package let connections: ConnectionScratch
  package let layers: [SlottedBlocks]
  /// Three rows of the widest layer.
  package let scratch: UnsafeMutablePointer<Float>
  private let inputCount: Int
  private let storage: FloatStorage

  /// Allocates the memory of `samples` slots; `keeping` says what is wanted of each layer.
  package init(
    _ plan: NetworkPlan, samples: Int = 1, keeping: (_ layer: Int) -> KeptActivity
  ) throws(MemoryShortage) {
    self.samples = samples
    let kept = plan.layers.indices.map(keeping)
    self.kept = kept
    inputCount = plan.timeSteps * plan.input.count
    connections = try ConnectionScratch(plan.layers.map(\.connections), samples: samples)
    let steps = plan.timeSteps
    var total = 0
    // Blocks start on cache lines, which are 16 floats.
    func place(_ count: Int) throws(MemoryShortage) -> Int {
      let size = try FloatStorage.product(samples, count)
      defer { total += (size + 15) / 16 * 16 }
      return total
    }
    let inputPlace = try place(steps * plan.input.count)
    var places: [[Int]] = []
    var winners: [Int?] = []
    for (layer, kept) in zip(plan.layers, kept) {
      let currents = try place(steps * layer.shape.convolved.count)
      let normalised =
        layer.normalisation == nil ? currents : try place(steps * layer.shape.convolved.count)
      let neurons = steps * layer.shape.neurons.count
      let membranes = layer.pooling == .beforeNeuron ? try place(neurons) : normalised
      let updates = layer.initialDynamics.keepsUpdates ? try place(neurons) : membranes
      let spikes = try place(neurons)
      let outputs = steps * layer.shape.output.count
      let pooled = layer.pooling == .afterNeuron ? try place(outputs) : spikes
      let output = layer.dropout > 0 ? try place(outputs) : pooled
      let keepsWinners = kept == .wayBack && layer.poolsByWinners
      winners.append(keepsWinners ? try place(WindowWinners.count(windows: outputs)) : nil)
      places.append([currents, normalised, membranes, updates, spikes, pooled, output])
    }
    let scratchPlace = try place(3 * (plan.layers.map(\.shape.neurons.count).max() ?? 0))
    let storage = try FloatStorage(count: total)
    self.storage = storage
    spikeCounts = [Int](repeating: 0, count: samples * plan.layers.count)
    isInputRepeated = [Bool](repeating: false, count: samples)
    input = storage.start + inputPlace
    scratch = storage.start + scratchPlace
    layers = plan.layers.indices.map { index in
      let layer = plan.layers[index]
      let start = places[index].map { storage.start + $0 }
      let outputs = steps * layer.shape.output.count
      return SlottedBlocks(
        first: LayerBlocks(
          currents: start[0], normalised: start[1], membranes: start[2], updates: start[3],
          spikes: start[4], pooled: start[5], output: start[6],
          winners: winners[index].map {
            WindowWinners(storage.start + $0, windows: samples * outputs)
          }),
        convolved: steps * layer.shape.convolved.count, neurons: steps * layer.shape.neurons.count,
        outputs: outputs)
    }
  }

  /// One workspace a thread, for those who want the spikes that layers hand on and no more.
  package static func forInference(
    _ plan: NetworkPlan, samples: Int = 1, threads: Int
  ) throws(MemoryShortage) -> [NetworkWorkspace] {
    var workspaces: [NetworkWorkspace] = []
    while workspaces.count < max(1, threads) {
      workspaces.append(
        try NetworkWorkspace(plan, samples: samples, keeping: { _ in .output }))
    }
    return workspaces
  }

  /// What a layer reads: the output of the one before it, or the network's input.
  package func input(ofLayer layer: Int, slot: Int = 0) -> UnsafeMutablePointer<Float> {
    layer == 0 ? input + slot * inputCount : layers[layer - 1].of(slot).output
  }
}

/// One sample's place in a workspace.
package struct WorkspaceSlot {
  package let workspace: NetworkWorkspace
  package let index: Int

  package init(workspace: NetworkWorkspace, index: Int) {
    self.workspace = workspace
    self.index = index
  }
}
