import SpikingKernels
import SpikingNetworks

/// The memory of some samples' way back through a network, beside their ``NetworkWorkspace``.
///
/// Blocks are `[slot][time step][row][column][channel]`, those of neurons and before pooling of one
/// sample alone.
final class GradientWorkspace {
  /// dL/d(output) of the layer at hand and dL/d(input), which is the output of the layer before:
  /// the two change places from layer to layer.
  private(set) var output: UnsafeMutablePointer<Float>
  private(set) var input: UnsafeMutablePointer<Float>
  /// dL/d(spikes), then dL/d(currents) of the neurons, where spikes are pooled.
  let neurons: UnsafeMutablePointer<Float>
  /// dL/d(currents) before a pooling of currents.
  let convolved: UnsafeMutablePointer<Float>
  /// dL/d(membranes) of the last layer, for losses that read them.
  let outputMembranes: UnsafeMutablePointer<Float>
  /// Of layers that are one operation forward and back: see ``PooledConvolution``.
  let pooledConvolutions: [FloatStorage?]
  /// Three rows of the widest layer.
  let scratch: UnsafeMutablePointer<Float>
  private let storage: [FloatStorage]

  init(_ plan: NetworkPlan, samples: Int, reachesInput: Bool) throws(MemoryShortage) {
    let widest = plan.layers.map(\.shape.neurons.count).max() ?? 0
    let boundary = max(plan.input.count, plan.layers.map(\.shape.output.count).max() ?? 0)
    let pooled = plan.layers.map { $0.pooling == .afterNeuron ? $0.shape.neurons.count : 0 }
    let convolvedCount = plan.layers.map {
      $0.pooling == .beforeNeuron ? $0.shape.convolved.count : 0
    }
    let steps = plan.timeSteps
    pooledConvolutions = try plan.layers.indices.map { index throws(MemoryShortage) in
      guard let pooled = plan.layers[index].pooledConvolution else { return nil }
      return try FloatStorage(
        count: pooled.gradientCount(reachesInput: index > 0 || reachesInput))
    }
    let boundaries = try FloatStorage.product(samples, steps, boundary)
    storage = try [
      boundaries, boundaries, steps * (pooled.max() ?? 0), steps * (convolvedCount.max() ?? 0),
      FloatStorage.product(samples, steps, plan.outputCount), 3 * widest,
    ].map { count throws(MemoryShortage) in try FloatStorage(count: count) }
    output = storage[0].start
    input = storage[1].start
    neurons = storage[2].start
    convolved = storage[3].start
    outputMembranes = storage[4].start
    scratch = storage[5].start
  }

  /// What was the input's gradient becomes the output's of the layer before.
  func stepBack() { swap(&output, &input) }
}
