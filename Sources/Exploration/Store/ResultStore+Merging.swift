import GRDB

/// What came of points that were added from elsewhere.
public struct MergeReport: Hashable, Codable, Sendable {
  /// The file that they are from.
  public var path: String
  /// Points that are new.
  public var new: Int
  /// Points that were there with the same outcome.
  public var known: Int
  /// Keys of points that were there with another outcome, which was kept.
  public var different: [String]
  /// What a reader must know of the file, a sentence each.
  public var notices: [String]
}

extension ResultStore {
  /// Adds the points of a results file or of another store.
  ///
  /// A last line that is cut off is left out. What is there is never changed.
  ///
  /// - Parameter path: the file; a store by its ending.
  /// - Returns: what was new.
  /// - Throws: ``ExplorationError`` if the file cannot be read or this store cannot be written.
  public func merge(_ path: String) throws(ExplorationError) -> MergeReport {
    let points: [SweepPoint]
    var notices: [String] = []
    var memberships: [(sweep: String, key: String)] = []
    if Self.isStore(path) {
      let other = try ResultStore(path: path, for: .reading)
      let stored = try other.points(.all)
      points = stored.map(\.point)
      memberships = stored.flatMap { stored in stored.sweeps.map { ($0, stored.point.key) } }
    } else {
      let lines = try SweepLines(path: path, data: SweepResults.read(path))
      points = lines.points
      notices = lines.notices
    }
    let additions = try append(contentsOf: points)
    if !memberships.isEmpty {
      try write { database in
        for (sweep, key) in memberships { try Self.join(sweep, key, in: database) }
      }
    }
    let different = zip(points, additions).filter { $0.1 == .differs }.map(\.0.key)
    return MergeReport(
      path: path, new: additions.count { $0 == .added },
      known: additions.count { $0 == .known }, different: different, notices: notices)
  }
}
