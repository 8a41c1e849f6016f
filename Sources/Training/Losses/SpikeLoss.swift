/// A loss on the output layer, as snnTorch 1.0.0 (`snntorch.functional`) defines it.
///
/// With population coding the spikes of a class's neurons are summed first; the neurons of class 0
/// come first, then those of class 1, and so on. Losses on membranes need one neuron a class.
public enum SpikeLoss: Hashable, Codable, Sendable {
  /// Cross-entropy of the softmax of the spike counts (`ce_count_loss`), mean over the batch.
  case countCrossEntropy
  /// Cross-entropy of the softmax of the spikes of each step (`ce_rate_loss`), mean over batch and
  /// steps.
  case rateCrossEntropy
  /// Squared distance of the spike counts from targets (`mse_count_loss`), mean over batch and
  /// classes, divided by the number of steps. The targets are the whole parts of steps x neurons of
  /// a class x `correctRate` for the label and x `incorrectRate` for the others.
  case countMeanSquaredError(correctRate: Float, incorrectRate: Float)
  /// Cross-entropy of the softmax of every neuron's largest membrane (`ce_max_membrane_loss`), mean
  /// over the batch.
  case largestMembraneCrossEntropy
  /// Squared distance of the membranes from targets at every step (`mse_membrane_loss`), mean over
  /// batch, classes and steps.
  case membraneMeanSquaredError(correctTarget: Float, incorrectTarget: Float)

  /// The loss as logs and traces name it.
  public var name: String {
    switch self {
    case .countCrossEntropy: "count-cross-entropy"
    case .rateCrossEntropy: "rate-cross-entropy"
    case .countMeanSquaredError(let correct, let incorrect):
      "count-mse correct=\(correct) incorrect=\(incorrect)"
    case .largestMembraneCrossEntropy: "membrane-cross-entropy"
    case .membraneMeanSquaredError(let correct, let incorrect):
      "membrane-mse correct=\(correct) incorrect=\(incorrect)"
    }
  }

  /// Whether the loss reads the membranes of the output layer, not its spikes.
  public var readsMembranes: Bool {
    switch self {
    case .countCrossEntropy, .rateCrossEntropy, .countMeanSquaredError: false
    case .largestMembraneCrossEntropy, .membraneMeanSquaredError: true
    }
  }
}
