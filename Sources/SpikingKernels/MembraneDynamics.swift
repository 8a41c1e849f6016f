/// What the recurrence of a neuron model needs, whatever the model is called.
///
/// One step computes `current[t] = synapticDecay * current[t-1] + input[t]` and
/// `membrane[t] = decay * membrane[t-1] + inputGain * current[t]`, less what a spike of the step
/// before resets, and spikes where `membrane[t] > threshold`.
package struct MembraneDynamics: Hashable, Sendable {
  /// What a spike of step t - 1 does at step t.
  package enum Reset: Hashable, Sendable {
    /// Subtracts the threshold.
    case subtract
    /// Forgets the membrane of step t - 1; the input of step t survives.
    case zeroState
    /// Forgets the membrane of step t - 1 and the input of step t.
    case zeroUpdate
    /// Nothing.
    case none
  }

  package var synapticDecay: Float
  package var decay: Float
  package var inputGain: Float
  package var threshold: Float
  package var reset: Reset

  package init(
    synapticDecay: Float = 0, decay: Float, inputGain: Float = 1, threshold: Float, reset: Reset
  ) {
    self.synapticDecay = synapticDecay
    self.decay = decay
    self.inputGain = inputGain
    self.threshold = threshold
    self.reset = reset
  }
}
