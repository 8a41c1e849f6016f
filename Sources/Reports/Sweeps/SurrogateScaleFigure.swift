import Exploration

/// Figure 1 of arXiv 2402.06211: accuracy and efficiency against the scale of the surrogate's derivative.
public struct SurrogateScaleFigure: SweepFigure {
  /// `fig1`.
  public static let name = "fig1"

  /// A surrogate and its means by scale.
  struct Series: Sendable {
    let surrogate: String
    /// One group a scale, smallest scale first.
    let groups: [SweepGroup]

    /// The most accurate scale; of equally accurate ones the sparsest.
    var best: SweepGroup {
      groups.max { ($0.accuracy, -$0.firingRate) < ($1.accuracy, -$1.firingRate) } ?? groups[0]
    }

    /// The setting that fires least among those of at least some accuracy.
    func sparsest(accuracy: Double) -> SweepGroup? {
      groups.filter { $0.accuracy >= accuracy }.min { $0.firingRate < $1.firingRate }
    }
  }

  let points: FigurePoints
  let series: [Series]

  /// Draws the figure of results in which surrogate and scale vary.
  ///
  /// - Throws: `ExplorationError` if other constants vary, or no scale does.
  public init(_ results: SweepResults) throws(ExplorationError) {
    points = try FigurePoints(results, shown: ["surrogate", "scale"], figure: "figure 1")
    let groups = SweepGroup.groups(of: points.points.filter { $0.hyperparameters.scale != nil }) {
      [$0.surrogate, "\($0.scale ?? 0)"]
    }
    series = Set(groups.map(\.hyperparameters.surrogate)).sorted().map { surrogate in
      Series(
        surrogate: surrogate,
        groups: groups.filter { $0.hyperparameters.surrogate == surrogate }
          .sorted { ($0.hyperparameters.scale ?? 0) < ($1.hyperparameters.scale ?? 0) })
    }
    guard series.contains(where: { $0.groups.count > 1 }) else {
      throw ExplorationError(
        message:
          "figure 1 needs results of several scales of a surrogate; 'lockstep sweep fig1' makes "
          + "them")
    }
  }

  /// The figure's marks: one for each surrogate and scale.
  public var rows: [ChartJSON] { series.flatMap(\.groups).map { .object($0.row) } }

  /// The page.
  public var page: Page {
    Page(
      title: "Accuracy and efficiency against the surrogate's scale",
      subject: "Figure 1 of arXiv 2402.06211, drawn from results of "
        + (points.points.first?.provenance.dataSet ?? "") + " on "
        + (points.points.lazy.compactMap(\.measurement).first?.platform.name ?? "") + ".",
      verdict: statements, warnings: points.warnings(series.flatMap(\.groups)),
      sections: [
        Page.Section(
          "Accuracy",
          explanation: "Test accuracy; the line is the mean over seeds, the band reaches "
            + "from the worst to the best seed.",
          charts: [chart("accuracy", field: "accuracy", title: "test accuracy", format: "%")]),
        Page.Section(
          "Images a second and watt",
          explanation:
            "Vectorless power, as the papers report it: on one accelerator it goes with the "
            + "latency, and the latency with the spikes.",
          charts: [chart("efficiency", field: "efficiency", title: "FPS/W", format: "~s")]),
        Page.Section(
          "Spikes at equal accuracy",
          explanation:
            "Below and to the right is better: fewer spikes, more accuracy. A line goes through "
            + "the scales of a surrogate in their order.",
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
