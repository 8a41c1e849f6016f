/// How a replay computes what a sample costs.
public enum ReplayEngine: String, CaseIterable, Hashable, Codable, Sendable {
  /// The event-driven simulation: every engine of every layer.
  case event
  /// The recurrences over spike counts: cycles alone, much faster.
  case closed
  /// The simulation, and for each sample the closed form beside it; any difference ends the replay.
  case both
}
