/// How often a training hands out a ``TrainingCheckpoint``.
///
/// A training that is stopped hands out a last one, unless it hands out none at all.
public enum CheckpointInterval: Hashable, Sendable {
  /// Not at all.
  case never
  /// After so many epochs.
  case epochs(Int)
  /// After so many batches, counted from the beginning of the training.
  case batches(Int)

  /// Whether one is due after so many epochs and batches.
  func isDue(epochs: Int, batches: Int, isEndOfEpoch: Bool) -> Bool {
    switch self {
    case .never: false
    case .epochs(let every): isEndOfEpoch && epochs % max(1, every) == 0
    case .batches(let every): batches % max(1, every) == 0
    }
  }
}
