import SpikingKernels

/// The run of one sample through a network: layer by layer, each over all time steps.
///
/// Layer by layer is the same as step by step, because spikes cross all layers within a step and
/// only membranes carry over; and it keeps one layer's weights in the cache.
package enum ForwardPass {
  /// Reads the workspace's input and fills the blocks of every layer, as a trained network runs:
  /// normalised with the running statistics, without dropout.
  package static func run(
    _ plan: NetworkPlan, parameters: PackedParameters, workspace: NetworkWorkspace
  ) {
    for (index, layer) in plan.layers.enumerated() {
      connect(plan, index, parameters: parameters, workspace: workspace)
      if let affine = AffineChannels(running: layer, parameters: parameters.values) {
        normalise(plan, index, affine, workspace: workspace)
      }
      emit(plan, index, parameters: parameters, workspace: workspace, dropout: nil)
    }
  }

  /// The linear operation: from the layer's input to its currents.
  package static func connect(
    _ plan: NetworkPlan, _ index: Int, parameters: PackedParameters,
    workspace: NetworkWorkspace
  ) {
    ConnectionKernels.forward(
      plan.layers[index].connections, input: workspace.input(ofLayer: index),
      isRepeated: index == 0 && workspace.isInputRepeated, weights: parameters.layers[index],
      output: workspace.layers[index].currents, scratch: workspace.connections)
  }

  /// The batch normalisation, whose effect on a channel is an affine map.
  package static func normalise(
    _ plan: NetworkPlan, _ index: Int, _ affine: AffineChannels, workspace: NetworkWorkspace
  ) {
    let shape = plan.layers[index].shape.convolved
    let blocks = workspace.layers[index]
    ChannelKernels.affine(
      blocks.currents, pixels: plan.timeSteps * shape.pixels, channels: shape.channels,
      scale: affine.scale, shift: affine.shift, output: blocks.normalised)
  }

  /// Pooling, neurons and dropout: from the normalised currents to what the layer hands on.
  package static func emit(
    _ plan: NetworkPlan, _ index: Int, parameters: PackedParameters,
    workspace: NetworkWorkspace, dropout: DropoutMask?
  ) {
    let layer = plan.layers[index]
    let blocks = workspace.layers[index]
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
    if !workspace.keepsSpikes, layer.pooling == .afterNeuron, !layer.poolsAverage,
      let spikes = PlainNeurons(dynamics)?.forward(
        timeSteps: steps, pooledBy: layer.window, membranes: blocks.membranes,
        pooled: blocks.pooled)
    {
      workspace.spikeCounts[index] = spikes
      isPooled = true
    } else if let plain = PlainNeurons(dynamics) {
      workspace.spikeCounts[index] = plain.forward(
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
      workspace.spikeCounts[index] = RowSums.spikes(blocks.spikes, count: steps * neurons)
    }
    if layer.pooling == .afterNeuron, !isPooled {
      for step in 0..<steps {
        layer.pool(
          blocks.spikes + step * neurons, to: blocks.pooled + step * layer.shape.output.count)
      }
    }
    guard layer.dropout > 0 else { return }
    let count = steps * layer.shape.output.count
    if let dropout {
      dropout.apply(
        rate: layer.dropout, layer: index, count: count, input: blocks.pooled,
        output: blocks.output)
    } else {
      blocks.output.update(from: blocks.pooled, count: count)
    }
  }
}
