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

  /// What a layer's way back reads of its way forward: the spikes before its pooling, unless the kernels
  /// have a shorter way.
  func kept(_ index: Int) -> KeptActivity {
    let layer = plan.layers[index]
    let isShort =
      layer.places.decay == nil && layer.places.threshold == nil
      && PlainNeurons(layer.initialDynamics, surrogate) != nil
      && (layer.poolsByWinners || layer.pooling != .afterNeuron)
    return isShort ? .wayBack : .spikes
  }

  /// What a layer's way back needs beside the network.
  struct Context {
    let activity: NetworkWorkspace
    let gradients: GradientWorkspace
    let parameters: PackedParameters
    /// Where the gradients of parameters are added.
    let sum: UnsafeMutablePointer<Float>
  }

  /// One layer back for the samples in the first slots: from dL/d(what it handed on) to dL/d(its
  /// input), both in `gradients.output`.
  ///
  /// - Returns: how many gradients of membranes are not zero; nil if that was not asked for.
  func layer(
    _ index: Int, samples: Int, _ context: Context, counts: Bool = false,
    dropout: (_ slot: Int) -> DropoutMask?
  ) -> Int? {
    let layer = plan.layers[index]
    context.activity.connections.clock?.layer = index
    var nonzero = 0
    if layer.connections.isFull, layer.pooling == nil {
      for slot in 0..<samples {
        neurons(index, slot: slot, context, dropout: dropout(slot))
        if counts { nonzero += self.nonzero(index, slot: slot, context.gradients) }
      }
      context.activity.connections.clock?.mark(.neuronsBack)
      connection(index, slots: 0..<samples, context)
    } else {
      for slot in 0..<samples {
        if let count = together(index, slot: slot, context, dropout: dropout(slot)) {
          nonzero += count
        } else {
          neurons(index, slot: slot, context, dropout: dropout(slot))
          if counts { nonzero += self.nonzero(index, slot: slot, context.gradients) }
          context.activity.connections.clock?.mark(.neuronsBack)
          connection(index, slots: slot..<(slot + 1), context)
        }
      }
    }
    if goesOn(index) { context.gradients.stepBack() }
    return counts ? nonzero : nil
  }

  /// Whether a layer's input needs a gradient.
  func goesOn(_ index: Int) -> Bool { index > 0 || reachesInput }

  /// The usual layer's shorter way, neurons and connections together; nil if it has none.
  private func together(
    _ index: Int, slot: Int, _ context: Context, dropout: DropoutMask?
  ) -> Int? {
    let layer = plan.layers[index]
    let (activity, gradients) = (context.activity, context.gradients)
    guard let pooled = layer.pooledConvolution,
      let memory = gradients.pooledConvolutions[index],
      let winners = activity.layers[index].of(slot).winners,
      let neurons = PlainNeurons(layer.dynamics(context.parameters.values), surrogate)
    else { return nil }
    drop(layer, index, slot: slot, gradients, dropout)
    return pooled.backward(
      neurons, input: activity.input(ofLayer: index, slot: slot),
      isRepeated: index == 0 && activity.isInputRepeated[slot],
      weights: context.parameters.layers[index], winners: winners,
      pooledGradients: gradients.output + slot * plan.timeSteps * layer.shape.output.count,
      gradients: memory.start, weightGradient: context.sum + layer.weightOffset,
      biasGradient: context.sum + layer.biasOffset,
      inputGradient: goesOn(index)
        ? gradients.input + slot * plan.timeSteps * layer.shape.input.count : nil,
      scratch: activity.connections)
  }

  private func drop(
    _ layer: LayerPlan, _ index: Int, slot: Int, _ gradients: GradientWorkspace,
    _ dropout: DropoutMask?
  ) {
    guard layer.dropout > 0, let dropout else { return }
    let count = plan.timeSteps * layer.shape.output.count
    let place = gradients.output + slot * count
    dropout.apply(rate: layer.dropout, layer: index, count: count, input: place, output: place)
  }

  /// From dL/d(what the layer handed on) in `gradients.output` to dL/d(normalised currents) in
  /// ``currentGradient(_:slot:_:)``; adds the gradients of learned constants.
  func neurons(_ index: Int, slot: Int = 0, _ context: Context, dropout: DropoutMask?) {
    let layer = plan.layers[index]
    let gradients = context.gradients
    let blocks = context.activity.layers[index].of(slot)
    let steps = plan.timeSteps
    let neurons = layer.shape.neurons.count
    let outputs = layer.shape.output.count
    drop(layer, index, slot: slot, gradients, dropout)
    let output = gradients.output + slot * steps * outputs
    if recurThroughPooling(layer, blocks, output, context) { return }
    var neuronGradient = output
    if layer.pooling == .afterNeuron {
      neuronGradient = gradients.neurons
      for step in 0..<steps {
        unpool(
          layer, input: blocks.spikes + step * neurons, gradient: output + step * outputs,
          to: neuronGradient + step * neurons)
      }
    }
    let onMembranes =
      readsMembranes && index == plan.layers.count - 1
      ? UnsafePointer(gradients.outputMembranes + slot * steps * neurons) : nil
    recur(layer, blocks, neuronGradient, onMembranes, context)
    guard layer.pooling == .beforeNeuron else { return }
    let frame = layer.shape.convolved.count
    for step in 0..<steps {
      unpool(
        layer, input: blocks.normalised + step * frame,
        gradient: neuronGradient + step * neurons, to: gradients.convolved + step * frame)
    }
  }

  /// Where ``neurons(_:slot:_:dropout:)`` leaves dL/d(normalised currents).
  func currentGradient(
    _ index: Int, slot: Int = 0, _ gradients: GradientWorkspace
  ) -> UnsafeMutablePointer<Float> {
    switch plan.layers[index].pooling {
    case .beforeNeuron: gradients.convolved
    case .afterNeuron: gradients.neurons
    case nil: gradients.output + slot * plan.timeSteps * plan.layers[index].shape.output.count
    }
  }

  /// From dL/d(currents) to the gradients of weights and biases, which are added, and to dL/d(the
  /// layer's input) in `gradients.input`.
  func connection(_ index: Int, slots: Range<Int>, _ context: Context) {
    let layer = plan.layers[index]
    let (activity, scratch) = (context.activity, context.activity.connections)
    let slot = slots.lowerBound
    let gradient = currentGradient(index, slot: slot, context.gradients)
    ConnectionKernels.addWeightGradient(
      layer.connections, samples: slots.count, input: activity.input(ofLayer: index, slot: slot),
      outputGradient: gradient, weightGradient: context.sum + layer.weightOffset,
      biasGradient: context.sum + layer.biasOffset, scratch: scratch)
    scratch.clock?.mark(.weightGradient)
    guard goesOn(index) else { return }
    ConnectionKernels.inputGradient(
      layer.connections, samples: slots.count, outputGradient: gradient,
      weights: context.parameters.layers[index],
      inputGradient: context.gradients.input
        + slot * plan.timeSteps * layer.shape.input.count, scratch: scratch)
    scratch.clock?.mark(.inputGradient)
  }

  /// From dL/d(spikes) to dL/d(currents of the neurons), in place.
  private func recur(
    _ layer: LayerPlan, _ blocks: NetworkWorkspace.LayerBlocks,
    _ gradients: UnsafeMutablePointer<Float>, _ onMembranes: UnsafePointer<Float>?,
    _ context: Context
  ) {
    let scratch = context.gradients.scratch
    let sum = context.sum
    let steps = plan.timeSteps
    let neurons = layer.shape.neurons.count
    let dynamics = layer.dynamics(context.parameters.values)
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

  /// Pooling, surrogate and recurrence in one pass, where the kernels have that.
  private func recurThroughPooling(
    _ layer: LayerPlan, _ blocks: NetworkWorkspace.LayerBlocks,
    _ output: UnsafeMutablePointer<Float>, _ context: Context
  ) -> Bool {
    guard let winners = blocks.winners,
      let plain = PlainNeurons(layer.dynamics(context.parameters.values), surrogate)
    else { return false }
    return plain.backward(
      timeSteps: plan.timeSteps, pooledBy: layer.window, winners: winners,
      pooledGradients: output, gradients: context.gradients.neurons,
      scratch: context.gradients.scratch)
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
