import Foundation
import GRDB

/// Which points of a store are no longer wanted: those of any of the groups.
public struct PointRemoval: Hashable, Sendable {
  /// Points of other versions of the program than this one; nil keeps them.
  public var versionsOtherThan: String?
  /// Points that failed.
  public var failed: Bool
  /// The points of these sweeps, unless they belong to others, too.
  public var sweeps: [String]
  /// Points for which one of these holds, in SQL over the columns of the view `sweep_results`.
  public var conditions: [String]

  /// Creates a removal.
  public init(
    versionsOtherThan: String? = nil, failed: Bool = false, sweeps: [String] = [],
    conditions: [String] = []
  ) {
    self.versionsOtherThan = versionsOtherThan
    self.failed = failed
    self.sweeps = sweeps
    self.conditions = conditions
  }
}

/// What was removed from a store.
public struct RemovalReport: Hashable, Codable, Sendable {
  /// Points that were removed, or would be.
  public var points: Int
  /// Claims of processes that are gone.
  public var staleClaims: Int
  /// The size of the store before, bytes.
  public var bytesBefore: Int
  /// The size after; the same if nothing was done.
  public var bytesAfter: Int
  /// Whether it was only counted.
  public var isDryRun: Bool
}

extension ResultStore {
  /// Removes points, and gives the space back to the system.
  ///
  /// - Parameters:
  ///   - removal: which points.
  ///   - isDryRun: count only, change nothing.
  /// - Returns: what was removed.
  /// - Throws: ``ExplorationError`` if the store cannot be written, or a condition makes no sense.
  public func remove(
    _ removal: PointRemoval, isDryRun: Bool
  ) throws(ExplorationError) -> RemovalReport {
    let before = fileSize
    let keys = try keys(removal)
    let stale = try staleClaims()
    if !isDryRun {
      try write { database in
        for sweep in removal.sweeps {
          try database.execute(sql: "DELETE FROM sweep_points WHERE sweep = ?", arguments: [sweep])
        }
        for key in keys {
          try database.cachedStatement(sql: "DELETE FROM points WHERE key = ?").execute(
            arguments: [key])
        }
        for key in stale {
          try database.execute(sql: "DELETE FROM claims WHERE point_key = ?", arguments: [key])
        }
      }
      try compact()
    }
    return RemovalReport(
      points: keys.count, staleClaims: stale.count, bytesBefore: before, bytesAfter: fileSize,
      isDryRun: isDryRun)
  }

  private func keys(_ removal: PointRemoval) throws(ExplorationError) -> [String] {
    let conditions = removal.conditions.map { "(\($0)\n)" }
    let selection = PointSelection(conditions: removal.conditions)
    return try asking(selection) { database in
      var keys: Set<String> = []
      if !conditions.isEmpty {
        keys = try String.fetchSet(
          database,
          sql: "SELECT key FROM sweep_results WHERE \(conditions.joined(separator: " OR "))")
      }
      if let version = removal.versionsOtherThan {
        keys.formUnion(
          try String.fetchSet(
            database, sql: "SELECT key FROM points WHERE software_version <> ?",
            arguments: [version]))
      }
      if removal.failed {
        keys.formUnion(
          try String.fetchSet(database, sql: "SELECT key FROM points WHERE status = 'failed'"))
      }
      let marks = removal.sweeps.map { _ in "?" }.joined(separator: ", ")
      keys.formUnion(
        try String.fetchSet(
          database,
          sql: """
            SELECT point_key FROM sweep_points GROUP BY point_key
            HAVING sum(sweep NOT IN (\(marks))) = 0
            """, arguments: StatementArguments(removal.sweeps)))
      return keys.sorted()
    }
  }

  /// Frees the pages of removed rows, and empties the write-ahead log.
  private func compact() throws(ExplorationError) {
    do {
      try database.vacuum()
      try database.writeWithoutTransaction { database in
        _ = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      }
    } catch {
      throw ExplorationError(store: path, error)
    }
  }

  /// Bytes of the store and its write-ahead log.
  private var fileSize: Int {
    [path, path + "-wal"].reduce(0) { sum, path in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      return sum + ((attributes?[.size] as? Int) ?? 0)
    }
  }
}
