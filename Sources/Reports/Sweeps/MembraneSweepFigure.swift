import Exploration

/// Figure 2 of arXiv 2402.06211: accuracy and latency over decay (beta) and threshold (theta).
public struct MembraneSweepFigure: SweepFigure {
  /// `fig2`.
  public static let name = "fig2"

  /// The most accuracy that the recommended setting may cost: the paper's trade is 2.88 points.
  static let acceptedLoss = 0.03

  /// ``acceptedLoss`` in words.
  static var acceptedPoints: String {
    NumberFormat.decimal(acceptedLoss * 100, places: 0) + " points"
  }

  let points: FigurePoints
  /// One group a setting.
  let cells: [SweepGroup]
  /// The most accurate setting; of equally accurate ones the fastest.
  let best: SweepGroup
  /// The fastest setting that costs at most ``acceptedLoss``.
  let recommended: SweepGroup

  /// Draws the figure of results in which beta and theta vary.
  ///
  /// - Throws: `ExplorationError` if other constants vary, or beta and theta do not.
  public init(_ results: SweepResults) throws(ExplorationError) {
    points = try FigurePoints(results, shown: ["beta", "theta"], figure: "figure 2")
    cells = SweepGroup.groups(of: points.points) { [$0.beta, $0.theta] }
    guard let best = cells.max(by: { ($0.accuracy, -$0.seconds) < ($1.accuracy, -$1.seconds) }),
      Set(cells.map(\.hyperparameters.beta)).count > 1
        || Set(cells.map(\.hyperparameters.theta)).count > 1
    else {
      throw ExplorationError(
        message: "figure 2 needs results of several beta or theta; 'lockstep sweep fig2' makes them"
      )
    }
    self.best = best
    recommended =
      cells.filter { $0.accuracy >= best.accuracy - Self.acceptedLoss }
      .min { $0.seconds < $1.seconds } ?? best
  }

  /// The cell of a setting, if it was measured.
  func cell(beta: Double, theta: Double) -> SweepGroup? {
    cells.first { $0.hyperparameters.beta == beta && $0.hyperparameters.theta == theta }
  }

  /// The figure's marks: one for each setting.
  public var rows: [ChartJSON] {
    cells.map { cell in
      var row = cell.row
      row["mark"] = .text(mark(cell))
      return .object(row)
    }
  }

  private func mark(_ cell: SweepGroup) -> String {
    let setting = Self.setting(cell)
    let (isBest, isRecommended) = (
      setting == Self.setting(best), setting == Self.setting(recommended)
    )
    if isBest, isRecommended { return "most accurate and recommended" }
    return isBest ? "most accurate" : isRecommended ? "recommended" : ""
  }

  /// `beta 0.5, theta 1.5`.
  static func setting(_ cell: SweepGroup) -> String {
    "beta \(cell.hyperparameters.beta), theta \(cell.hyperparameters.theta)"
  }

  /// The page.
  public var page: Page {
    Page(
      title: "Accuracy and latency over beta and theta",
      subject: "Figure 2 of arXiv 2402.06211, drawn from results of "
        + (points.points.first?.provenance.dataSet ?? "") + " on "
        + (points.points.lazy.compactMap(\.measurement).first?.platform.name ?? "") + ".",
      verdict: statements, warnings: points.warnings(cells),
      sections: [
        Page.Section(
          "Accuracy",
          explanation: "Test accuracy, the mean over seeds; point at a cell for all its "
            + "numbers.", charts: [accuracyChart]),
        Page.Section(
          "Latency",
          explanation:
            "Mean latency of a sample, simulated cycle by cycle: fewer spikes are less work.",
          charts: [latencyChart]),
        Page.Section(
          "The trade",
          explanation:
            "A point a setting: up and to the left is better. Recommended is the fastest "
            + "setting above the dashed line, which costs at most \(Self.acceptedPoints) of accuracy.",
          charts: [tradeChart]),
        Page.Section(
          "Published, and here", explanation: PublishedFinding.explanation,
          tables: [PublishedFinding.table(findings)]),
        Page.Section(
          "The numbers", tables: [SweepTable(points.points).table], foldsTables: true),
        Page.Section("What the numbers rest on", tables: [points.provenance]),
      ], footer: Self.footer)
  }
}
