/// What a training tells while it runs.
public enum TrainingEvent: Sendable {
  /// A batch was learned.
  case batch(BatchProgress)
  /// An epoch ended.
  case epoch(EpochSummary)
  /// Something the user should know, with the remedy: a silent layer, for one.
  case notice(String)
}
