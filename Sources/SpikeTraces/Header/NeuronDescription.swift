/// A neuron model and its parameters.
public struct NeuronDescription: Hashable, Codable, Sendable {
  /// The model: `leaky`, `lapicque`, `synaptic`.
  public var model: String
  /// Decay of the membrane per time step (beta), 0...1.
  public var beta: Float
  /// Firing threshold (theta).
  public var threshold: Float
  /// What a spike does to the membrane: `subtract`, `zero`, `none`.
  public var reset: String

  /// Creates a description.
  public init(model: String, beta: Float, threshold: Float, reset: String) {
    self.model = model
    self.beta = beta
    self.threshold = threshold
    self.reset = reset
  }
}
