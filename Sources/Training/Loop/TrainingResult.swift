import SpikingNetworks

/// What a training yields.
public struct TrainingResult: Sendable {
  /// The network as it was after the best epoch, judged on the validation samples.
  public let network: SpikingNetwork
  /// The best epoch, from 1; 0 if the training was stopped before the first one ended.
  public let bestEpoch: Int
  /// All finished epochs.
  public let epochs: [EpochSummary]
  /// Whether a ``StopSignal`` ended it.
  public let wasStopped: Bool
  /// What was noticed on the way.
  public let notices: [String]
}
