import SpikingKernels
import SpikingNetworks

/// Backpropagation through time for one sample: layer by layer from the output, each over all steps.
///
/// The spike's derivative is the surrogate's (Neftci, Mostafa, Zenke: *Surrogate gradient learning
/// in spiking neural networks*, IEEE SPM 36(6), 2019).
struct BackwardPass: Sendable {
  let plan: NetworkPlan
  let surrogate: SurrogateShape
  /// Whether the loss reads the membranes of the output.
  var readsMembranes = false
  /// Whether dL/d(network input) is wanted.
  var reachesInput = false

  /// Whether some layer's way back reads the spikes before its pooling.
  var needsSpikes: Bool {
    plan.layers.contains { layer in
      layer.places.decay != nil || layer.places.threshold != nil
        || PlainNeurons(layer.initialDynamics, surrogate) == nil
    }
  }

  /// From dL/d(what the layer handed on) in `gradients.output` to dL/d(normalised currents) in
  /// ``currentGradient(_:_:)``; adds the gradients of learned constants to `sum`.
  func neurons(
    _ index: Int, _ activity: NetworkWorkspace, _ gradients: GradientWorkspace,
    parameters: PackedParameters, dropout: DropoutMask?, sum: UnsafeMutablePointer<Float>
  ) {
    let layer = plan.layers[index]
    let blocks = activity.layers[index]
    let steps = plan.timeSteps
    let neurons = layer.shape.neurons.count
    let outputs = layer.shape.output.count
    if layer.dropout > 0, let dropout {
      dropout.apply(
        rate: layer.dropout, layer: index, count: steps * outputs, input: gradients.output,
        output: gradients.output)
    }
    if recurThroughPooling(layer, blocks, gradients, parameters) { return }
    var neuronGradient = gradients.output
    if layer.pooling == .afterNeuron {
      neuronGradient = gradients.neurons
      for step in 0..<steps {
        unpool(
          layer, input: blocks.spikes + step * neurons,
          gradient: gradients.output + step * outputs, to: neuronGradient + step * neurons)
      }
    }
    let onMembranes =
      readsMembranes && index == plan.layers.count - 1
      ? UnsafePointer(gradients.outputMembranes) : nil
    recur(
      layer, blocks, neuronGradient, onMembranes, parameters: parameters,
      scratch: gradients.scratch, sum: sum)
    guard layer.pooling == .beforeNeuron else { return }
    let frame = layer.shape.convolved.count
    for step in 0..<steps {
      unpool(
        layer, input: blocks.normalised + step * frame,
        gradient: neuronGradient + step * neurons, to: gradients.convolved + step * frame)
    }
  }

  /// Where ``neurons(_:_:_:parameters:dropout:sum:)`` leaves dL/d(normalised currents).
  func currentGradient(_ index: Int, _ gradients: GradientWorkspace) -> UnsafeMutablePointer<Float>
  {
    switch plan.layers[index].pooling {
    case .beforeNeuron: gradients.convolved
    case .afterNeuron: gradients.neurons
    case nil: gradients.output
    }
  }

  /// From dL/d(currents) to the gradients of weights and biases, which are added to `sum`, and to
  /// dL/d(the layer's input), which becomes `gradients.output`.
  func connection(
    _ index: Int, _ activity: NetworkWorkspace, _ gradients: GradientWorkspace,
    parameters: PackedParameters, sum: UnsafeMutablePointer<Float>
  ) {
    let layer = plan.layers[index]
    let goesOn = index > 0 || reachesInput
    ConnectionKernels.backward(
      layer.connections, input: activity.input(ofLayer: index),
      isRepeated: index == 0 && activity.isInputRepeated,
      outputGradient: currentGradient(index, gradients), weights: parameters.layers[index],
      weightGradient: sum + layer.weightOffset, biasGradient: sum + layer.biasOffset,
      inputGradient: goesOn ? gradients.input : nil, scratch: activity.connections,
      deferred: gradients.deferred[index])
    if goesOn { gradients.stepBack() }
  }

  /// Adds the weight gradients that wait; the end of a chunk of samples.
  func flush(
    _ activity: NetworkWorkspace, _ gradients: GradientWorkspace,
    sum: UnsafeMutablePointer<Float>
  ) {
    for (layer, deferred) in zip(plan.layers, gradients.deferred) {
      deferred?.flush(to: sum + layer.weightOffset, scratch: activity.connections)
    }
  }

  /// From dL/d(spikes) to dL/d(currents of the neurons), in place.
  private func recur(
    _ layer: LayerPlan, _ blocks: NetworkWorkspace.LayerBlocks,
    _ gradients: UnsafeMutablePointer<Float>, _ onMembranes: UnsafePointer<Float>?,
    parameters: PackedParameters, scratch: UnsafeMutablePointer<Float>,
    sum: UnsafeMutablePointer<Float>
  ) {
    let steps = plan.timeSteps
    let neurons = layer.shape.neurons.count
    let dynamics = layer.dynamics(parameters.values)
    let places = layer.places
    guard dynamics.isPlain, places.decay == nil, places.threshold == nil else {
      let constants = MembraneKernels.backwardGeneral(
        dynamics, surrogate, timeSteps: steps, neurons: neurons, gradients: gradients,
        membraneGradients: onMembranes, membranes: blocks.membranes, spikes: blocks.spikes,
        updates: blocks.updates, scratch: scratch)
      if let place = places.decay { sum[place] += Float(constants.decay) }
      if let place = places.threshold { sum[place] += Float(constants.threshold) }
      return
    }
    if onMembranes == nil, let plain = PlainNeurons(dynamics, surrogate) {
      plain.backward(
        timeSteps: steps, neurons: neurons, membranes: blocks.membranes, gradients: gradients)
      return
    }
    SurrogateKernels.multiply(
      surrogate, count: steps * neurons, gradients: gradients, membranes: blocks.membranes,
      threshold: dynamics.threshold)
    if let onMembranes { RowSums.add(onMembranes, count: steps * neurons, to: gradients) }
    MembraneKernels.backward(
      dynamics, timeSteps: steps, neurons: neurons, gradients: gradients,
      membranes: blocks.membranes, scratch: scratch)
  }

  /// The usual layer's shorter way: pooling, surrogate and recurrence in one pass.
  private func recurThroughPooling(
    _ layer: LayerPlan, _ blocks: NetworkWorkspace.LayerBlocks, _ gradients: GradientWorkspace,
    _ parameters: PackedParameters
  ) -> Bool {
    guard layer.pooling == .afterNeuron, !layer.poolsAverage, layer.places.decay == nil,
      layer.places.threshold == nil,
      let plain = PlainNeurons(layer.dynamics(parameters.values), surrogate)
    else { return false }
    return plain.backward(
      timeSteps: plan.timeSteps, pooledBy: layer.window, membranes: blocks.membranes,
      pooledGradients: gradients.output, gradients: gradients.neurons,
      scratch: gradients.scratch)
  }

  private func unpool(
    _ layer: LayerPlan, input: UnsafePointer<Float>, gradient: UnsafePointer<Float>,
    to inputGradient: UnsafeMutablePointer<Float>
  ) {
    if layer.poolsAverage {
      layer.averageWindow.backward(outputGradient: gradient, inputGradient: inputGradient)
    } else {
      layer.window.backward(
        input: input, outputGradient: gradient, inputGradient: inputGradient)
    }
  }
}
