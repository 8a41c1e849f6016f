import Exploration

/// The results of any sweep: accuracy against latency and energy, whatever varies.
public struct SweepFrontFigure: SweepFigure {
  /// `pareto`.
  public static let name = "pareto"

  let results: SweepResults
  let front: SweepFront

  /// Draws the results of a sweep; of several experiments together, too.
  ///
  /// - Throws: `ExplorationError` if no point was measured.
  public init(_ results: SweepResults) throws(ExplorationError) {
    front = SweepFront(results.points)
    guard !front.settings.isEmpty else {
      throw ExplorationError(
        message: "none of the \(results.points.count) points could be measured; change the sweep")
    }
    self.results = results
  }

  /// The page.
  public var page: Page {
    let charts = SweepFrontCharts(front)
    var sections = [
      Page.Section(
        "Accuracy against latency",
        explanation:
          "A point a setting; up and to the left is better. The line is the front: no setting "
          + "above it was found. \(Self.intervals) \(Self.instruction)" + charts.omission,
        charts: [charts.latencyChart]),
      Page.Section(
        "Accuracy against energy",
        explanation:
          "Energy of an image by the vectorless estimate; its own bounds, in the tooltips, are "
          + "the same for all points of an accelerator.", charts: [charts.energyChart]),
    ]
    if let chart = charts.parallelChart {
      sections.append(
        Page.Section(
          "Every setting as a line",
          explanation: "What varies, and what came of it; each axis has a scale of its own."
            + charts.lineOmission, charts: [chart]))
    }
    if let chart = convergenceChart {
      sections.append(
        Page.Section(
          "How the sweep went",
          explanation: "The best accuracy after each point, in the order in which points ended.",
          charts: [chart]))
    }
    sections += [
      Page.Section("The front", tables: [frontTable]),
      Page.Section(
        "The numbers", tables: [SweepTable(results.points).table], foldsTables: true),
      Page.Section("What the numbers rest on", tables: [provenance]),
    ]
    return Page(
      title: "Accuracy against latency and energy of "
        + Set(results.points.map(\.sweep)).sorted().joined(separator: ", "),
      subject: subject, verdict: statements, warnings: warnings, sections: sections,
      footer: Self.footer)
  }

  /// The figure's marks: one for each setting.
  public var rows: [ChartJSON] { SweepFrontCharts(front).rows }

  private static let intervals =
    "Vertical bars, at the front and at the chosen setting, are what other test samples would give "
    + "(95 %, Wilson's interval), horizontal ones what other seeds would (95 %, Student's); two seeds say little."

  private static let instruction =
    "Point at a setting for its numbers, click it for the command that trains it."

  private var subject: String {
    let measured = results.points.filter { $0.measurement != nil }
    let platforms = Set(measured.compactMap(\.measurement?.platform.name)).sorted()
    let data = Set(measured.map(\.provenance.dataSet)).sorted()
    return "\(NumberFormat.amount(front.settings.count, of: "setting")), "
      + "\(NumberFormat.amount(measured.count, of: "point")), of \(data.joined(separator: ", ")) on "
      + "\(platforms.joined(separator: ", "))"
      + (front.names.isEmpty ? "." : "; what varies: \(front.names.joined(separator: ", ")).")
  }

  private var warnings: [String] {
    var warnings = results.notices.map { "\($0)." }
    let failed = results.points.count { $0.measurement == nil }
    if failed > 0 {
      warnings.append(
        "\(NumberFormat.amount(failed, of: "point")) failed and cannot be drawn; the results file says why."
      )
    }
    let data = Set(results.points.map(\.provenance.dataFingerprint))
    let platforms = Set(
      results.points.compactMap(\.measurement?.platform).map {
        "\($0.name) at \(NumberFormat.frequency($0.clockHertz))"
      })
    if data.count > 1 {
      warnings.append("The points are of \(data.count) data sets: their accuracies do not compare.")
    }
    if platforms.count > 1 {
      warnings.append(
        "The points are of \(platforms.count) accelerators: \(platforms.sorted().joined(separator: ", "))."
      )
    }
    return warnings
  }

  /// The best accuracy so far; nil for one point.
  private var convergenceChart: Chart? {
    let measured = results.points.filter { $0.measurement != nil }
    guard measured.count > 1 else { return nil }
    var best = 0.0
    let rows = measured.enumerated().map { index, point -> ChartJSON in
      let accuracy = point.measurement?.accuracy.share ?? 0
      best = max(best, accuracy)
      let words = front.names.compactMap { name in point.named[name].map { "\(name) \($0)" } }
      return [
        "point": .number(Double(index + 1)), "accuracy": .rounded(accuracy), "best": .rounded(best),
        "setting": .text((words + ["seed \(point.seed)"]).joined(separator: ", ")),
      ]
    }
    let x = ChartJSON.quantity("point", "points", format: ",~f", scale: ["zero": false])
    func y(_ field: String) -> ChartJSON {
      .quantity(field, "test accuracy", format: "%", scale: ["zero": false])
    }
    return Chart(
      name: "best",
      description:
        "The best test accuracy after each of \(NumberFormat.amount(rows.count, of: "point")): "
        + "in the end \(NumberFormat.percent(best)).",
      rows: rows,
      specification: [
        "height": 220,
        "layer": [
          [
            "mark": ["type": "line", "interpolate": "step-after", "strokeWidth": 2],
            "encoding": ["x": x, "y": y("best")],
          ],
          [
            "mark": ["type": "point", "filled": true, "size": 30, "color": .text(Chart.quiet)],
            "encoding": [
              "x": x, "y": y("accuracy"),
              "tooltip": [
                .tip("point"), .tip("setting"), .tip("accuracy", nil, ".2%"),
                .tip("best", "best so far", ".2%"),
              ],
            ],
          ],
        ],
      ])
  }
}
