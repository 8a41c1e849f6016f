import SpikingKernels
import SpikingNetworks

/// Backpropagation through time for one sample: layer by layer from the output, each over all steps.
///
/// The reset carries no gradient, and the spike's derivative is the surrogate's (Neftci, Mostafa,
/// Zenke: *Surrogate gradient learning in spiking neural networks*, IEEE SPM 36(6), 2019).
struct BackwardPass: Sendable {
  let plan: NetworkPlan
  let surrogate: SurrogateShape
  /// Whether dL/d(network input) is wanted.
  var reachesInput = false

  /// Adds the sample's share to the gradient of all parameters.
  ///
  /// On entry `gradients.output` holds dL/d(spikes) of the last layer's output; on return, if
  /// ``reachesInput``, dL/d(input). `transposed` are the weights with inputs and outputs exchanged,
  /// at the same places; `sum` is the flat gradient that is added to.
  func run(
    _ activity: NetworkWorkspace, _ gradients: GradientWorkspace,
    transposed: UnsafePointer<Float>, sum: UnsafeMutablePointer<Float>
  ) {
    for (index, layer) in plan.layers.enumerated().reversed() {
      let currents = currentGradient(layer, activity.layers[index], gradients)
      let input = activity.input(ofLayer: index)
      let frame = layer.shape.convolved.count
      for step in 0..<plan.timeSteps {
        ConnectionKernels.addWeightGradient(
          layer.geometry, layer.table, input: input + step * layer.shape.input.count,
          outputGradient: currents + step * frame, weightGradient: sum + layer.weightOffset,
          biasGradient: sum + layer.biasOffset)
      }
      guard index > 0 || reachesInput else { return }
      for step in 0..<plan.timeSteps {
        ConnectionKernels.inputGradient(
          layer.geometry, layer.table, outputGradient: currents + step * frame,
          transposedWeights: transposed + layer.weightOffset,
          inputGradient: gradients.input + step * layer.shape.input.count)
      }
      gradients.stepBack()
    }
  }

  /// dL/d(what the linear operation yielded), from dL/d(what the layer handed on).
  private func currentGradient(
    _ layer: LayerPlan, _ blocks: NetworkWorkspace.LayerBlocks, _ gradients: GradientWorkspace
  ) -> UnsafeMutablePointer<Float> {
    let steps = plan.timeSteps
    let neurons = layer.shape.neurons.count
    let pooled = layer.shape.output.count
    var neuronGradient = gradients.output
    if layer.pooling == .afterNeuron {
      neuronGradient = gradients.neurons
      for step in 0..<steps {
        layer.window.backward(
          input: blocks.spikes + step * neurons, outputGradient: gradients.output + step * pooled,
          inputGradient: neuronGradient + step * neurons)
      }
    }
    SurrogateKernels.multiply(
      surrogate, count: steps * neurons, gradients: neuronGradient, membranes: blocks.membranes,
      threshold: layer.dynamics.threshold)
    MembraneKernels.backward(
      layer.dynamics, timeSteps: steps, neurons: neurons, gradients: neuronGradient,
      membranes: blocks.membranes, scratch: gradients.scratch)
    guard layer.pooling == .beforeNeuron else { return neuronGradient }
    let frame = layer.shape.convolved.count
    for step in 0..<steps {
      layer.window.backward(
        input: blocks.currents + step * frame, outputGradient: neuronGradient + step * neurons,
        inputGradient: gradients.convolved + step * frame)
    }
    return gradients.convolved
  }
}
