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

  init(_ plan: NetworkPlan, samples: Int, reachesInput: Bool) {
    let widest = plan.layers.map(\.shape.neurons.count).max() ?? 0
    let boundary = max(plan.input.count, plan.layers.map(\.shape.output.count).max() ?? 0)
    let pooled = plan.layers.map { $0.pooling == .afterNeuron ? $0.shape.neurons.count : 0 }
    let convolvedCount = plan.layers.map {
      $0.pooling == .beforeNeuron ? $0.shape.convolved.count : 0
    }
    let steps = plan.timeSteps
    pooledConvolutions = plan.layers.enumerated().map { index, layer in
      layer.pooledConvolution.map {
        FloatStorage(count: $0.gradientCount(reachesInput: index > 0 || reachesInput))
      }
    }
    storage = [
      FloatStorage(count: samples * steps * boundary),
      FloatStorage(count: samples * steps * boundary),
      FloatStorage(count: steps * (pooled.max() ?? 0)),
      FloatStorage(count: steps * (convolvedCount.max() ?? 0)),
      FloatStorage(count: samples * steps * plan.outputCount), FloatStorage(count: 3 * widest),
    ]
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
