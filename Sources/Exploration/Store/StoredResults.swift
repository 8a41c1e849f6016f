/// What a store holds of one sweep.
public struct StoredSweep: Hashable, Codable, Sendable {
  /// The sweep's name.
  public var name: String
  /// Its points.
  public var points: Int
  /// Those that were measured; the others failed.
  public var measured: Int
  /// The versions of the program that made them.
  public var softwareVersions: [String]
  /// The largest part of test samples that a network has right, 0...1; nil if none was measured.
  public var bestAccuracy: Double?
  /// When the first point was recorded, as in `2026-03-01T12:00:00Z`.
  public var firstRecorded: String
  /// When the last one was.
  public var lastRecorded: String

  /// Points that cannot be measured.
  public var failed: Int { points - measured }
}

/// A point with what only the store knows of it.
public struct StoredPoint: Hashable, Codable, Sendable {
  /// The point.
  public var point: SweepPoint
  /// The sweeps that it belongs to.
  public var sweeps: [String]
  /// When it was recorded in this store, as in `2026-03-01T12:00:00Z`.
  public var recorded: String
}

/// Rows of a view, as text.
public struct StoredRows: Hashable, Sendable {
  /// The columns, with their units in their names.
  public var columns: [String]
  /// The rows; an empty text where there is nothing.
  public var rows: [[String]]
}

/// Which points of a store are meant.
public struct PointSelection: Hashable, Sendable {
  /// The sweep; all if nil.
  public var sweep: String?
  /// What must hold, in SQL over the columns of the view `sweep_results`: `accuracy_percent > 90`.
  public var conditions: [String]

  /// Creates a selection.
  public init(sweep: String? = nil, conditions: [String] = []) {
    self.sweep = sweep
    self.conditions = conditions
  }

  /// All points.
  public static let all = PointSelection()

  /// The selection as an SQL condition on the view, with `?1` for the sweep.
  var condition: String {
    (["(?1 IS NULL OR sweep = ?1)"] + conditions.map { "(\($0)\n)" }).joined(separator: " AND ")
  }
}
