import SpikingKernels

/// The run of one sample through a network: layer by layer, each over all time steps.
///
/// Layer by layer is the same as step by step, because spikes cross all layers within a step and
/// only membranes carry over; and it keeps one layer's weights in the cache.
package enum ForwardPass {
  /// Reads the workspace's input and fills the blocks of every layer.
  ///
  /// The parameters are flat, as ``NetworkPlan`` lays them out.
  package static func run(
    _ plan: NetworkPlan, parameters: UnsafePointer<Float>, workspace: NetworkWorkspace
  ) {
    for (index, layer) in plan.layers.enumerated() {
      let blocks = workspace.layers[index]
      let input = workspace.input(ofLayer: index)
      for step in 0..<plan.timeSteps {
        let current = blocks.currents + step * layer.shape.convolved.count
        ConnectionKernels.forward(
          layer.geometry, layer.table, input: input + step * layer.shape.input.count,
          weights: parameters + layer.weightOffset, bias: parameters + layer.biasOffset,
          output: current)
        if layer.pooling == .beforeNeuron {
          layer.window.forward(
            input: current, output: blocks.membranes + step * layer.shape.neurons.count)
        }
      }
      MembraneKernels.forward(
        layer.dynamics, timeSteps: plan.timeSteps, neurons: layer.shape.neurons.count,
        membranes: blocks.membranes, spikes: blocks.spikes, scratch: workspace.scratch)
      if layer.pooling == .afterNeuron {
        for step in 0..<plan.timeSteps {
          layer.window.forward(
            input: blocks.spikes + step * layer.shape.neurons.count,
            output: blocks.output + step * layer.shape.output.count)
        }
      }
    }
  }
}
