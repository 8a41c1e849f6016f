import Foundation
import GRDB

extension ResultStore {
  /// The sweeps that have points, by name.
  ///
  /// - Throws: ``ExplorationError`` if the store cannot be read.
  public func sweeps() throws(ExplorationError) -> [StoredSweep] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT
            sweep_points.sweep AS name, count(*) AS points,
            sum(points.status = 'measured') AS measured,
            group_concat(DISTINCT points.software_version) AS versions,
            max(1.0 * correct_samples / test_samples) AS accuracy,
            min(points.recorded_at) AS first, max(points.recorded_at) AS last
          FROM points
          JOIN sweep_points ON sweep_points.point_key = points.key
          LEFT JOIN measurements ON measurements.point_key = points.key
          GROUP BY sweep_points.sweep ORDER BY sweep_points.sweep
          """
      ).map { row in
        StoredSweep(
          name: row["name"], points: row["points"], measured: row["measured"],
          softwareVersions: (row["versions"] as String).split(separator: ",").map(String.init)
            .sorted(),
          bestAccuracy: row["accuracy"], firstRecorded: row["first"], lastRecorded: row["last"])
      }
    }
  }

  /// The points of a selection, in the order in which they were recorded.
  ///
  /// - Parameter selection: which points.
  /// - Returns: the points.
  /// - Throws: ``ExplorationError`` if the store cannot be read, or a condition makes no sense.
  public func points(_ selection: PointSelection) throws(ExplorationError) -> [StoredPoint] {
    try asking(selection) { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT key, line, recorded_at,
            (SELECT group_concat(sweep, char(10)) FROM sweep_points WHERE point_key = key) AS sweeps
          FROM points
          WHERE key IN (SELECT key FROM sweep_results WHERE \(selection.condition))
          ORDER BY rowid
          """, arguments: [selection.sweep])
      let decoder = JSONDecoder()
      var points: [StoredPoint] = []
      while let row = try rows.next() { points.append(try Self.stored(row, decoder)) }
      return points
    }
  }

  /// The points whose keys begin so.
  ///
  /// - Parameter prefix: the first characters of a key.
  /// - Returns: the points.
  /// - Throws: ``ExplorationError`` if the store cannot be read.
  public func points(keyPrefix prefix: String) throws(ExplorationError) -> [StoredPoint] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT key, line, recorded_at,
            (SELECT group_concat(sweep, char(10)) FROM sweep_points WHERE point_key = key) AS sweeps
          FROM points WHERE substr(key, 1, length(?1)) = ?1 ORDER BY rowid
          """, arguments: [prefix]
      ).map { row in try Self.stored(row, JSONDecoder()) }
    }
  }

  /// The rows of the view `sweep_results`, and all other settings that are not the same everywhere.
  ///
  /// - Parameter selection: which points; one of two sweeps has two rows.
  /// - Returns: the rows.
  /// - Throws: ``ExplorationError`` if the store cannot be read, or a condition makes no sense.
  public func rows(_ selection: PointSelection) throws(ExplorationError) -> StoredRows {
    try asking(selection) { database in
      let found = try Row.fetchAll(
        database, sql: "SELECT * FROM sweep_results WHERE \(selection.condition)",
        arguments: [selection.sweep])
      let columns = try database.columns(in: "sweep_results").map(\.name)
      let settings = try Self.varyingSettings(
        database, keys: Set(found.map { $0["key"] as String }))
      let names = settings.keys.sorted()
      return StoredRows(
        columns: columns + names.map { "setting_\($0)" },
        rows: found.map { row in
          columns.map { Self.text(row[$0]) } + names.map { settings[$0]?[row["key"]] ?? "" }
        })
    }
  }

  /// Values by name and key, of settings that differ.
  private static func varyingSettings(
    _ database: Database, keys: Set<String>
  ) throws -> [String: [String: String]] {
    var settings: [String: [String: String]] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT * FROM hyperparameters")
    // Surrogate and seed have columns of their own.
    while let row = try rows.next() {
      let (key, name) = (row["point_key"] as String, row["name"] as String)
      guard keys.contains(key), name != "surrogate", name != "seed" else { continue }
      settings[name, default: [:]][key] = row["value"]
    }
    return settings.filter { _, values in
      Set(values.values).count > 1 || values.count < keys.count
    }
  }

  private static func text(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: ""
    case .int64(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): text
    case .blob(let bytes): "\(bytes.count) bytes"
    }
  }

  private static func stored(_ row: Row, _ decoder: JSONDecoder) throws -> StoredPoint {
    StoredPoint(
      point: try point(row["key"], line: row["line"], decoder),
      sweeps: ((row["sweeps"] as String?) ?? "").split(separator: "\n").map(String.init).sorted(),
      recorded: row["recorded_at"])
  }

  /// Reads with conditions of the user's own; what SQLite says of them is said with a remedy.
  func asking<Value>(
    _ selection: PointSelection, _ body: (Database) throws -> Value
  ) throws(ExplorationError) -> Value {
    do {
      return try database.read(body)
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_ERROR && !selection.conditions.isEmpty
    {
      throw ExplorationError(
        message: "'\(selection.conditions.joined(separator: "', '"))' is no condition ("
          + "\(error.message ?? "")); write it as in \"beta = 0.5\", \"surrogate = 'arctangent'\" or "
          + "\"accuracy_percent > 90 AND power_watt < 2\", with the columns of the view sweep_results "
          + "(docs/Results.md)")
    } catch {
      throw ExplorationError(store: path, error)
    }
  }
}
