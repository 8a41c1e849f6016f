/// How far a training is.
public struct BatchProgress: Hashable, Sendable {
  /// The epoch, from 1.
  public let epoch: Int
  /// Epochs in all.
  public let epochs: Int
  /// The batch within the epoch, from 1.
  public let batch: Int
  /// Batches of an epoch.
  public let batches: Int
  /// Samples of the batch.
  public let samples: Int
  /// Mean loss of the epoch so far.
  public let loss: Double
  /// Accuracy on the epoch's training samples so far, from 0 to 1.
  public let accuracy: Double
}
