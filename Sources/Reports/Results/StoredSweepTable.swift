import Exploration

/// The sweeps of a store as a table.
public struct StoredSweepTable: Sendable {
  /// The sweeps.
  public var sweeps: [StoredSweep]

  /// Creates a table of sweeps.
  public init(_ sweeps: [StoredSweep]) { self.sweeps = sweeps }

  /// The table.
  public var table: TextTable {
    var table = TextTable(
      title: "Sweeps",
      explanation: "A point may belong to several sweeps. Times are UTC.",
      columns: [
        .text("sweep"), .number("points"), .number("failed"), .number("best accuracy [%]"),
        .text("last point"), .text("made by lockstep"),
      ])
    for sweep in sweeps {
      table.append([
        sweep.name, NumberFormat.count(sweep.points), NumberFormat.count(sweep.failed),
        sweep.bestAccuracy.map { NumberFormat.decimal($0 * 100, places: 2) } ?? "",
        sweep.lastRecorded, sweep.softwareVersions.joined(separator: ", "),
      ])
    }
    return table
  }
}
