import Foundation
import GRDB

extension ResultStore: SweepResultsSink {
  /// Nothing: what cannot be used is an error when the store is opened.
  public var notices: [String] { [] }

  /// Finds points, which belong to a sweep from now on.
  public func points(
    _ keys: [String], of sweep: String
  ) throws(ExplorationError) -> [String: SweepPoint] {
    try write { database in
      var points: [String: SweepPoint] = [:]
      let decoder = JSONDecoder()
      for key in keys {
        guard let point = try Self.point(key, in: database, decoder) else { continue }
        points[key] = point
        try Self.join(sweep, key, in: database)
      }
      return points
    }
  }

  /// Adds a point, unless one with its key is there.
  @discardableResult
  public func append(_ point: SweepPoint) throws(ExplorationError) -> PointAddition {
    let line = try line(of: point)
    return try write { database in
      try Self.add(point, line, to: database)
    }
  }

  /// Adds points, many in one transaction.
  ///
  /// - Parameter points: the points.
  /// - Returns: what that changed, point by point.
  /// - Throws: ``ExplorationError`` if they could not be written; then some may be there.
  public func append(
    contentsOf points: [SweepPoint]
  ) throws(ExplorationError) -> [PointAddition] {
    var additions: [PointAddition] = []
    for start in stride(from: 0, to: points.count, by: Self.batch) {
      let batch = points[start..<min(start + Self.batch, points.count)]
      var lines: [Data] = []
      for point in batch { lines.append(try line(of: point)) }
      additions += try write { database in
        try zip(batch, lines).map { point, line in try Self.add(point, line, to: database) }
      }
    }
    return additions
  }

  /// All points, in the order in which they were recorded.
  ///
  /// - Parameter sweep: only those of this sweep, unless nil.
  /// - Returns: the points.
  /// - Throws: ``ExplorationError`` if the store cannot be read.
  public func points(of sweep: String? = nil) throws(ExplorationError) -> [SweepPoint] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT key, line FROM points
          WHERE ?1 IS NULL OR key IN (SELECT point_key FROM sweep_points WHERE sweep = ?1)
          ORDER BY rowid
          """, arguments: [sweep])
      let decoder = JSONDecoder()
      var points: [SweepPoint] = []
      while let row = try rows.next() {
        points.append(try Self.point(row["key"], line: row["line"], decoder))
      }
      return points
    }
  }

  /// Points of a transaction: others wait for its end, which takes some 50 ms.
  private static let batch = 500

  private func line(of point: SweepPoint) throws(ExplorationError) -> Data {
    if let issue = point.impossibility { throw ExplorationError(file: path, message: issue) }
    do {
      return try point.line()
    } catch {
      throw ExplorationError(file: path, message: "a point has a number that is not finite")
    }
  }

  private static func add(
    _ point: SweepPoint, _ line: Data, to database: Database
  ) throws -> PointAddition {
    try database.cachedStatement(sql: "DELETE FROM claims WHERE point_key = ?").execute(
      arguments: [point.key])
    if let known = try Self.point(point.key, in: database, JSONDecoder()) {
      try join(point.sweep, point.key, in: database)
      return known.outcome == point.outcome ? .known : .differs
    }
    let columns = PointColumns(point: point)
    try database.insert(
      into: "points",
      columns.identity + [
        ("recorded_at", try now(database)),
        ("line", String(decoding: line.dropLast(), as: UTF8.self)),
      ])
    if let measurement = columns.measurement {
      try database.insert(into: "measurements", measurement)
    }
    for row in columns.hyperparameters { try database.insert(into: "hyperparameters", row) }
    for row in columns.layers { try database.insert(into: "layers", row) }
    try join(point.sweep, point.key, in: database)
    return .added
  }

  /// The time, to the second, UTC.
  static func now(_ database: Database) throws -> String {
    try String.fetchOne(database, sql: "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')") ?? ""
  }

  /// A point may be of several sweeps; it is there once.
  static func join(_ sweep: String, _ key: String, in database: Database) throws {
    try database.cachedStatement(
      sql: "INSERT INTO sweep_points (sweep, point_key) VALUES (?, ?) ON CONFLICT DO NOTHING"
    ).execute(arguments: [sweep, key])
  }

  /// The point of a key.
  static func point(
    _ key: String, in database: Database, _ decoder: JSONDecoder
  ) throws -> SweepPoint? {
    let statement = try database.cachedStatement(sql: "SELECT line FROM points WHERE key = ?")
    guard let line = try String.fetchOne(statement, arguments: [key]) else { return nil }
    return try point(key, line: line, decoder)
  }

  /// The point of a line.
  static func point(
    _ key: String, line: String, _ decoder: JSONDecoder
  ) throws(ExplorationError) -> SweepPoint {
    do {
      return try SweepPoint(line: Data(line.utf8), decoder)
    } catch {
      throw ExplorationError(message: "the line of point \(key) was changed: \(error.message)")
    }
  }
}
