import SpikingNetworks

/// What a training yields.
public struct TrainingResult: Sendable {
  /// Why a training ended.
  public enum Ending: Hashable, Sendable {
    /// All epochs are done.
    case finished
    /// Too many epochs went by without a better one.
    case outOfPatience
    /// A ``StopSignal`` was raised.
    case stopped
    /// Loss, gradients or weights left the useful range after at least one good epoch.
    case diverged(TrainingError)
  }

  /// The network as it was after the best epoch, judged on the validation samples.
  public let network: SpikingNetwork
  /// The network as it was after the last epoch; nil if the training was stopped or diverged.
  public let lastNetwork: SpikingNetwork?
  /// The best epoch, from 1; 0 if the training was stopped before the first one ended.
  public let bestEpoch: Int
  /// All finished epochs.
  public let epochs: [EpochSummary]
  /// Why it ended.
  public let ending: Ending
  /// What was noticed on the way.
  public let notices: [String]

  /// Whether a ``StopSignal`` ended it.
  public var wasStopped: Bool { ending == .stopped }
}
