import SpikingNetworks

/// What neurons emit while a network learns.
public enum SpikeForm: String, Hashable, Codable, Sendable, CaseIterable {
  /// 0 or 1, as on hardware.
  case hard
  /// A number between 0 and 1 that rises with the membrane: the integral of the surrogate, which is
  /// then the true derivative. For the surrogates arctangent and sigmoid.
  case smooth

  /// A plan whose neurons emit spikes of this form.
  func applied(to plan: NetworkPlan, surrogate: Surrogate) throws(TrainingError) -> NetworkPlan {
    guard self == .smooth else { return plan }
    guard let spike = surrogate.smoothSpike else {
      throw TrainingError(
        .mismatch, "the surrogate \(surrogate) is not the derivative of a smooth spike",
        remedy: "use arctangent or sigmoid")
    }
    guard !plan.layers.contains(where: \.initialDynamics.resetsAtOnce) else {
      throw TrainingError(
        .mismatch, "an immediate reset has no smooth form", remedy: "use a delayed reset")
    }
    return plan.emitting(spike)
  }
}

extension NetworkDescription {
  /// Checks that the neurons can emit spikes of this form.
  func check(_ spikes: SpikeForm) throws(TrainingError) {
    guard spikes == .smooth, layers.contains(where: { $0.neuron.resetTiming == .immediate }) else {
      return
    }
    throw TrainingError(
      .mismatch, "an immediate reset has no smooth form", remedy: "use a delayed reset")
  }
}
