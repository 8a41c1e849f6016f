import SpikingKernels

extension NeuronParameters {
  /// Checks that the recurrence is defined.
  func validate() throws(NetworkError) {
    guard threshold.isFinite, threshold > 0 else {
      throw NetworkError(
        .invalidDescription, "the threshold is \(threshold)", remedy: "give a positive number")
    }
    if learnsDecay {
      switch model {
      case .leaky, .synaptic: break
      case .integrateAndFire, .lapicque:
        throw NetworkError(
          .invalidDescription, "the \(model.name) neuron has no beta that could be learned",
          remedy: "learn the beta of leaky or synaptic neurons")
      }
    }
    switch model {
    case .integrateAndFire: break
    case .leaky(let beta):
      try Self.checkUnit(beta, "beta")
    case .synaptic(let alpha, let beta):
      try Self.checkUnit(alpha, "alpha")
      try Self.checkUnit(beta, "beta")
    case .lapicque(let resistance, let capacitance, let timeStep):
      guard [resistance, capacitance, timeStep].allSatisfy({ $0.isFinite && $0 > 0 }) else {
        throw NetworkError(
          .invalidDescription,
          "R, C and time step of a Lapicque neuron are \(resistance), \(capacitance), \(timeStep)",
          remedy: "give positive numbers")
      }
    }
  }

  /// The recurrence that the kernels run.
  var dynamics: MembraneDynamics {
    var dynamics =
      switch model {
      case .leaky, .integrateAndFire:
        MembraneDynamics(
          decay: model.decay, threshold: threshold, reset: kernelReset(.zeroState))
      case .synaptic(let alpha, let beta):
        MembraneDynamics(
          synapticDecay: alpha, decay: beta, threshold: threshold, reset: kernelReset(.zeroUpdate))
      case .lapicque(_, let capacitance, let timeStep):
        MembraneDynamics(
          decay: model.decay, inputGain: timeStep / capacitance, threshold: threshold,
          reset: kernelReset(.zeroUpdate))
      }
    dynamics.resetsAtOnce = resetTiming == .immediate
    dynamics.resetCarriesGradient = resetCarriesGradient
    return dynamics
  }

  private func kernelReset(_ zero: MembraneDynamics.Reset) -> MembraneDynamics.Reset {
    switch reset {
    case .subtract: .subtract
    case .zero: zero
    case .multiplicative: .zeroState
    case .none: .none
    }
  }

  private static func checkUnit(_ value: Float, _ name: String) throws(NetworkError) {
    guard value >= 0, value <= 1 else {
      throw NetworkError(
        .invalidDescription, "\(name) is \(value)", remedy: "give a number from 0 to 1")
    }
  }
}
