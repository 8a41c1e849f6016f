import Foundation
import GRDB

// So that several processes share the points of a sweep, instead of all doing all of them. Claims only
// save work: a point that two have run all the same is kept once.
extension ResultStore {
  /// Asks for the right to run a point; a claim whose owner is gone does not count.
  public func claim(_ key: String) throws(ExplorationError) -> PointClaim {
    let answer: PointClaim = try write { database in
      if let point = try Self.point(key, in: database, JSONDecoder()) { return .ended(point) }
      if let other = try Claim.fetchOne(
        database, sql: "SELECT * FROM claims WHERE point_key = ?", arguments: [key]),
        other.counts(for: owner)
      {
        return .taken(by: "process \(other.process) on \(other.host)")
      }
      try database.cachedStatement(
        sql: """
          INSERT OR REPLACE INTO claims
            (point_key, owner, host, process, process_start, process_space, heartbeat_at)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """
      ).execute(arguments: [
        key, owner.identifier, owner.host, owner.process, owner.processStart, owner.processSpace,
        Date().timeIntervalSince1970,
      ])
      return .granted
    }
    if answer == .granted { heartbeat.start { [weak self] in self?.showLife() } }
    return answer
  }

  /// Gives a claim of this process back.
  public func releaseClaim(_ key: String) throws(ExplorationError) {
    try write { database in
      try database.execute(
        sql: "DELETE FROM claims WHERE owner = ? AND point_key = ?",
        arguments: [owner.identifier, key])
    }
  }

  /// Gives the claims of this process back.
  public func releaseClaims() throws(ExplorationError) {
    heartbeat.stop()
    try write { database in
      try database.execute(
        sql: "DELETE FROM claims WHERE owner = ?", arguments: [owner.identifier])
    }
  }

  /// The keys of points that are there, and of those that somebody runs.
  ///
  /// - Throws: ``ExplorationError`` if the store cannot be read.
  public func takenKeys() throws(ExplorationError) -> Set<String> {
    try read { database in
      let running = try Claim.fetchAll(database, sql: "SELECT * FROM claims").filter {
        $0.counts(for: owner)
      }
      return try String.fetchSet(database, sql: "SELECT key FROM points").union(
        running.map(\.key))
    }
  }

  /// The keys of points that nobody runs any more, though a claim says so.
  func staleClaims() throws(ExplorationError) -> [String] {
    try read { database in
      try Claim.fetchAll(database, sql: "SELECT * FROM claims").filter { !$0.counts(for: owner) }
        .map(\.key)
    }
  }

  /// Renews the claims of this process.
  private func showLife() {
    // If this fails, the next one may not; others take the points over if none succeeds.
    try? write { database in
      try database.execute(
        sql: "UPDATE claims SET heartbeat_at = ? WHERE owner = ?",
        arguments: [Date().timeIntervalSince1970, owner.identifier])
    }
  }
}

/// A row of `claims`.
private struct Claim: Decodable, FetchableRecord {
  enum CodingKeys: String, CodingKey {
    case host, process
    case key = "point_key"
    case processStart = "process_start"
    case processSpace = "process_space"
    case heartbeat = "heartbeat_at"
  }

  var key: String
  var host: String
  var process: Int32
  var processStart: String
  var processSpace: String
  var heartbeat: TimeInterval

  /// Whether somebody may still be at work on the point.
  func counts(for asking: ClaimOwner) -> Bool {
    let age = Date().timeIntervalSince1970 - heartbeat
    return age < ClaimOwner.lifetime
      && !asking.isGone(process: process, start: processStart, space: processSpace)
  }
}
