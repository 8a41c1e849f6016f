import SpikingNetworks

/// What a training tells while it runs.
public enum TrainingEvent: Sendable {
  /// A batch was learned.
  case batch(BatchProgress)
  /// An epoch ended with a network.
  case epoch(EpochSummary, SpikingNetwork)
  /// Something the user should know, with the remedy: a silent layer, for one.
  case notice(String)
  /// The training can be resumed from here; it is asked for with a ``CheckpointInterval``.
  case checkpoint(TrainingCheckpoint)
}
