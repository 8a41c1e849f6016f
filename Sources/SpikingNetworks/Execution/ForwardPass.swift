import SpikingKernels

/// The run of samples through a network: layer by layer, each over all time steps.
///
/// Layer by layer is the same as step by step, because spikes cross all layers within a step and
/// only membranes carry over; and it keeps one layer's weights in the cache. Full connections, whose
/// weights do not fit there, take several samples at a time.
package enum ForwardPass {
  /// Reads the inputs of the first `samples` slots of a workspace and fills the blocks of every layer,
  /// as a trained network runs: normalised with the running statistics, without dropout.
  package static func run(
    _ plan: NetworkPlan, parameters: PackedParameters, workspace: NetworkWorkspace,
    samples: Int = 1
  ) {
    for index in plan.layers.indices {
      layer(
        plan, index, parameters: parameters, workspace: workspace, samples: samples,
        affine: AffineChannels(running: plan.layers[index], parameters: parameters.values)
      ) { _ in nil }
    }
  }

  /// One layer from its input to what it hands on.
  ///
  /// `affine` is the effect of a batch normalisation, `dropout` what is dropped of a slot's sample.
  package static func layer(
    _ plan: NetworkPlan, _ index: Int, parameters: PackedParameters, workspace: NetworkWorkspace,
    samples: Int, affine: AffineChannels? = nil, dropout: (_ slot: Int) -> DropoutMask?
  ) {
    let layer = plan.layers[index]
    workspace.connections.clock?.layer = index
    let kept = workspace.kept[index]
    if affine == nil, kept < .spikes, let pooled = layer.pooledConvolution,
      let neurons = PlainNeurons(layer.dynamics(parameters.values))
    {
      for slot in 0..<samples {
        let blocks = workspace.layers[index].of(slot)
        workspace.spikeCounts[slot * plan.layers.count + index] = pooled.forward(
          neurons, input: workspace.input(ofLayer: index, slot: slot),
          isRepeated: index == 0 && workspace.isInputRepeated[slot],
          weights: parameters.layers[index],
          membranes: kept == .membranes ? blocks.membranes : nil, winners: blocks.winners,
          pooled: blocks.pooled,
          scratch: workspace.connections)
        drop(plan, index, workspace: workspace, slot: slot, dropout: dropout(slot))
      }
      return
    }
    connect(plan, index, parameters: parameters, workspace: workspace, samples: samples)
    workspace.connections.clock?.mark(.convolution)
    for slot in 0..<samples {
      if let affine { normalise(plan, index, affine, workspace: workspace, slot: slot) }
      emit(
        plan, index, parameters: parameters, workspace: workspace, slot: slot,
        dropout: dropout(slot))
    }
    workspace.connections.clock?.mark(.neurons)
  }

  /// The linear operation: from the layer's input to its currents.
  package static func connect(
    _ plan: NetworkPlan, _ index: Int, parameters: PackedParameters,
    workspace: NetworkWorkspace, samples: Int = 1
  ) {
    let connections = plan.layers[index].connections
    let isRepeated = index == 0 && workspace.isInputRepeated[..<samples].allSatisfy(\.self)
    ConnectionKernels.forward(
      connections, samples: samples, input: workspace.input(ofLayer: index),
      isRepeated: isRepeated, weights: parameters.layers[index],
      output: workspace.layers[index].of(0).currents, scratch: workspace.connections)
  }

  /// The batch normalisation, whose effect on a channel is an affine map.
  package static func normalise(
    _ plan: NetworkPlan, _ index: Int, _ affine: AffineChannels, workspace: NetworkWorkspace,
    slot: Int = 0
  ) {
    let shape = plan.layers[index].shape.convolved
    let blocks = workspace.layers[index].of(slot)
    ChannelKernels.affine(
      blocks.currents, pixels: plan.timeSteps * shape.pixels, channels: shape.channels,
      scale: affine.scale, shift: affine.shift, output: blocks.normalised)
  }

  /// Pooling, neurons and dropout: from the normalised currents to what the layer hands on.
  package static func emit(
    _ plan: NetworkPlan, _ index: Int, parameters: PackedParameters,
    workspace: NetworkWorkspace, slot: Int = 0, dropout: DropoutMask?
  ) {
    let layer = plan.layers[index]
    let blocks = workspace.layers[index].of(slot)
    let place = slot * plan.layers.count + index
    let steps = plan.timeSteps
    let neurons = layer.shape.neurons.count
    if layer.pooling == .beforeNeuron {
      for step in 0..<steps {
        layer.pool(
          blocks.normalised + step * layer.shape.convolved.count,
          to: blocks.membranes + step * neurons)
      }
    }
    let dynamics = layer.dynamics(parameters.values)
    var isPooled = false
    if workspace.kept[index] < .spikes, layer.poolsByWinners,
      let spikes = PlainNeurons(dynamics)?.forward(
        timeSteps: steps, pooledBy: layer.window, membranes: blocks.membranes,
        winners: blocks.winners, pooled: blocks.pooled)
    {
      workspace.spikeCounts[place] = spikes
      isPooled = true
    } else if let plain = PlainNeurons(dynamics) {
      workspace.spikeCounts[place] = plain.forward(
        timeSteps: steps, neurons: neurons, membranes: blocks.membranes, spikes: blocks.spikes)
    } else {
      if dynamics.isPlain {
        MembraneKernels.forward(
          dynamics, timeSteps: steps, neurons: neurons, membranes: blocks.membranes,
          spikes: blocks.spikes, scratch: workspace.scratch)
      } else {
        MembraneKernels.forwardGeneral(
          dynamics, timeSteps: steps, neurons: neurons, membranes: blocks.membranes,
          spikes: blocks.spikes, updates: blocks.updates, scratch: workspace.scratch)
      }
      workspace.spikeCounts[place] = RowSums.spikes(blocks.spikes, count: steps * neurons)
    }
    if layer.pooling == .afterNeuron, !isPooled {
      for step in 0..<steps {
        layer.pool(
          blocks.spikes + step * neurons, to: blocks.pooled + step * layer.shape.output.count)
      }
    }
    drop(plan, index, workspace: workspace, slot: slot, dropout: dropout)
  }

  private static func drop(
    _ plan: NetworkPlan, _ index: Int, workspace: NetworkWorkspace, slot: Int,
    dropout: DropoutMask?
  ) {
    let layer = plan.layers[index]
    guard layer.dropout > 0 else { return }
    let blocks = workspace.layers[index].of(slot)
    let count = plan.timeSteps * layer.shape.output.count
    if let dropout {
      dropout.apply(
        rate: layer.dropout, layer: index, count: count, input: blocks.pooled,
        output: blocks.output)
    } else {
      blocks.output.update(from: blocks.pooled, count: count)
    }
  }
}
