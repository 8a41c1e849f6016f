import SpikingKernels

/// The neurons of one layer: model, firing threshold and reset.
public struct NeuronParameters: Hashable, Codable, Sendable {
  /// What a spike does to the membrane, one step later and without gradient.
  public enum Reset: String, Hashable, Codable, Sendable, CaseIterable {
    /// Subtracts the threshold.
    case subtract
    /// Sets the membrane to zero: the leaky neuron keeps the new input, the others lose it.
    case zero
    /// Nothing.
    case none
  }

  /// The model and its constants.
  public var model: NeuronModel
  /// Firing threshold (theta): the neuron spikes where its membrane is strictly above it.
  public var threshold: Float
  /// What a spike does to the membrane.
  public var reset: Reset

  /// Creates parameters; the defaults are snnTorch's.
  public init(model: NeuronModel, threshold: Float = 1, reset: Reset = .subtract) {
    self.model = model
    self.threshold = threshold
    self.reset = reset
  }

  /// A leaky integrate-and-fire neuron.
  public static func leaky(
    beta: Float, threshold: Float = 1, reset: Reset = .subtract
  ) -> NeuronParameters {
    NeuronParameters(model: .leaky(beta: beta), threshold: threshold, reset: reset)
  }

  /// Checks that the recurrence is defined.
  func validate() throws(NetworkError) {
    guard threshold.isFinite, threshold > 0 else {
      throw NetworkError(
        .invalidDescription, "the threshold is \(threshold)", remedy: "give a positive number")
    }
    switch model {
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
    switch model {
    case .leaky(let beta):
      MembraneDynamics(decay: beta, threshold: threshold, reset: kernelReset(.zeroState))
    case .synaptic(let alpha, let beta):
      MembraneDynamics(
        synapticDecay: alpha, decay: beta, threshold: threshold, reset: kernelReset(.zeroUpdate))
    case .lapicque(_, let capacitance, let timeStep):
      MembraneDynamics(
        decay: model.decay, inputGain: timeStep / capacitance, threshold: threshold,
        reset: kernelReset(.zeroUpdate))
    }
  }

  private func kernelReset(_ zero: MembraneDynamics.Reset) -> MembraneDynamics.Reset {
    switch reset {
    case .subtract: .subtract
    case .zero: zero
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
