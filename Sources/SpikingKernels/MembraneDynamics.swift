/// What the recurrence of a neuron model needs, whatever the model is called.
///
/// One step computes `current[t] = synapticDecay * current[t-1] + input[t]` and
/// `membrane[t] = decay * membrane[t-1] + inputGain * current[t]`, less what a spike resets, and
/// spikes where `membrane[t] > threshold`.
package struct MembraneDynamics: Hashable, Sendable {
  /// What a spike s does.
  package enum Reset: Hashable, Sendable {
    /// Subtracts `s * threshold`.
    case subtract
    /// Multiplies the membrane of step t - 1 by `1 - s`; the input of step t survives.
    case zeroState
    /// Multiplies the membrane of step t - 1 and the input of step t by `1 - s`.
    case zeroUpdate
    /// Nothing.
    case none
  }

  package var synapticDecay: Float
  package var decay: Float
  package var inputGain: Float
  package var threshold: Float
  package var reset: Reset
  /// Whether a spike resets in its own step, not in the next one.
  package var resetsAtOnce = false
  /// Whether gradients flow through the spike that resets.
  package var resetCarriesGradient = false
  /// What a neuron emits.
  package var spike = SpikeFunction.step

  package init(
    synapticDecay: Float = 0, decay: Float, inputGain: Float = 1, threshold: Float, reset: Reset
  ) {
    self.synapticDecay = synapticDecay
    self.decay = decay
    self.inputGain = inputGain
    self.threshold = threshold
    self.reset = reset
  }

  /// Whether ``MembraneKernels`` has a short way: a delayed reset without gradient, hard spikes.
  package var isPlain: Bool {
    !resetsAtOnce && !(resetCarriesGradient && reset != .none) && spike == .step
  }

  /// Whether the way back needs the membranes before the reset beside those after it.
  package var keepsUpdates: Bool {
    resetsAtOnce || (resetCarriesGradient && reset == .zeroUpdate)
  }
}
