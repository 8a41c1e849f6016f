/// How far an exploration is: what a watcher is told while it works, from any thread.
public enum ExplorationProgress: Sendable {
  /// The alternatives of the layers around one hardware file and trace are going to be measured.
  case measuring(alternatives: Int, variant: Int, of: Int)
  /// One more of them was measured.
  case measured
  /// Designs that were evaluated or excluded, of all of the space, and the best value of the first
  /// objective, in its unit.
  ///
  /// Searches that merge layers are told of at their ends, others every some thousand allocations.
  case searched(decided: UInt64, of: UInt64, best: Double?)

  /// What is told.
  public typealias Watcher = @Sendable (ExplorationProgress) -> Void
}

/// Counts the nodes of a search, so that its inner loop need not ask anybody else.
struct SearchPulse {
  /// Nodes between two reports: some milliseconds.
  private static let interval = 1024

  /// Told the designs that are decided, and the best value so far.
  var report: ((UInt64, Double?) -> Void)?
  private var nodes = 0

  init(_ report: ((UInt64, Double?) -> Void)?) { self.report = report }

  /// Counts a node.
  ///
  /// - Returns: whether it is time for a report.
  mutating func isDue() -> Bool {
    nodes &+= 1
    return nodes.isMultiple(of: Self.interval)
  }
}
