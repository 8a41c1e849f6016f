/// One epoch's results.
public struct EpochSummary: Hashable, Codable, Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// Mean training loss.
  public let loss: Double
  /// Accuracy on the training samples while they were learned, from 0 to 1.
  public let trainingAccuracy: Double
  /// Mean loss on the validation samples after the epoch.
  public let validationLoss: Double
  /// Accuracy on the validation samples after the epoch, from 0 to 1.
  public let validationAccuracy: Double
  /// The learning rate of the epoch's last batch.
  public let learningRate: Double
  /// Spikes per neuron and time step on the training samples, layer by layer.
  public let firingRates: [Double]
  /// Sparsity, gradients and operations, layer by layer.
  public let layers: [LayerStatistics]
  /// Whether this is the best epoch so far.
  public let isBest: Bool
}
