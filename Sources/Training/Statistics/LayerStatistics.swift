/// What one layer did in an epoch, and what it costs.
public struct LayerStatistics: Hashable, Codable, Sendable {
  /// The layer's name.
  public let name: String
  /// The part of neurons and time steps without a spike on the validation samples, from 0 to 1.
  public let sparsity: Double
  /// The part of dL/d(membrane) that is not zero while the network learns, from 0 to 1; nil if no
  /// batch was measured.
  public let gradientDensity: Double?
  /// Additions of a weight that the inputs of a validation sample cause: spikes times their
  /// connections, a mean over samples.
  public let synapticOperations: Double
  /// Multiply-accumulates of a sample if no input were zero.
  public let denseOperations: Int
}
