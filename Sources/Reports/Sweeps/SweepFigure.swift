import Exploration
import SpikeTraces

/// A published figure, drawn from the results of a sweep.
public protocol SweepFigure: Sendable {
  /// The word that names the figure on the command line.
  static var name: String { get }
  /// Draws the figure of some results.
  ///
  /// - Parameter results: the points of one sweep; nothing may vary that the figure does not show.
  /// - Throws: `ExplorationError` that says what keeps the results from being this figure.
  init(_ results: SweepResults) throws(ExplorationError)
  /// What the figure shows in these results: sentences that are computed from them.
  var statements: [String] { get }
  /// The figure's marks: means over seeds.
  var rows: [ChartJSON] { get }
  /// The whole page.
  var page: Page { get }
}

extension SweepFigure {
  /// The figure's content for programs.
  public var content: ChartJSON {
    [
      "schemaVersion": 1, "figure": .text(Self.name),
      "softwareVersion": .text(SoftwareVersion.current),
      "statements": .list(statements.map { .text($0) }), "marks": .list(rows),
    ]
  }

  static var footer: String {
    "Lockstep \(SoftwareVersion.current). Latencies are simulated, exactly as the published "
      + "register-transfer code behaves (docs/Validation.md); power is estimated (docs/Power.md)."
  }
}
