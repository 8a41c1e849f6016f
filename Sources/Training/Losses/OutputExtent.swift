import SpikingNetworks

/// The output layer's extents, as a loss sees them.
struct OutputExtent: Sendable {
  var timeSteps: Int
  var classes: Int
  /// Neurons of a class.
  var population: Int

  var neurons: Int { classes * population }
}

extension OutputExtent {
  init(_ plan: NetworkPlan) {
    self.init(
      timeSteps: plan.timeSteps, classes: plan.classes,
      population: plan.outputCount / plan.classes)
  }
}

/// What a loss reads of one sample: blocks of `[time step][neuron]`.
struct OutputActivity {
  var spikes: UnsafePointer<Float>
  var membranes: UnsafePointer<Float>

  init(_ plan: NetworkPlan, _ workspace: NetworkWorkspace, slot: Int = 0) {
    spikes = UnsafePointer(workspace.input(ofLayer: plan.layers.count, slot: slot))
    membranes = UnsafePointer(workspace.layers[plan.layers.count - 1].of(slot).membranes)
  }
}

/// Where a loss writes its derivatives: blocks like ``OutputActivity``'s.
struct OutputGradient {
  var spikes: UnsafeMutablePointer<Float>
  /// Written, and there, only if the loss reads membranes.
  var membranes: UnsafeMutablePointer<Float>
}

extension SpikeLoss {
  /// Checks that the network has what the loss reads.
  func check(_ plan: NetworkPlan) throws(TrainingError) {
    guard readsMembranes, let last = plan.layers.last else { return }
    guard plan.outputCount == plan.classes, last.shape.output == last.shape.neurons else {
      throw TrainingError(
        .mismatch,
        "the loss \(name) needs one output neuron a class, but \(plan.classes) classes have"
          + " \(plan.outputCount)", remedy: "use a loss on spikes or an output without population")
    }
  }
}
