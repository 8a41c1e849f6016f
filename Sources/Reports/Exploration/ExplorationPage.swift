import Exploration

/// A search of a space as a page: the front as charts, with the commands that build each design.
///
/// ```swift
/// let page = ExplorationPage(report).page
/// try page.html().write(toFile: "front.html", atomically: true, encoding: .utf8)
/// ```
public struct ExplorationPage: Sendable {
  /// Rows of the front's table where a reader scrolls through it.
  public static let mostRows = 200

  /// What is shown.
  public let report: ExplorationReport
  private let limit: Int

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - report: what is shown.
  ///   - limit: rows of the front's table; of more designs, that many evenly along the front.
  public init(_ report: ExplorationReport, limit: Int = mostRows) {
    self.report = report
    self.limit = limit
  }

  /// The page.
  public var page: Page {
    Page(
      title: report.front.isEmpty
        ? "No design of \(report.space) keeps all limits" : "\(report.title) of \(report.space)",
      subject: report.subject, verdict: report.statements, warnings: report.pageWarnings,
      sections: (report.front.isEmpty ? shortfallSections : frontSections)
        + [searchSection, spaceSection, provenanceSection],
      footer: "Lockstep \(report.softwareVersion). Latencies are computed exactly as the published "
        + "register-transfer code behaves (docs/Validation.md); resources and energy are estimates "
        + "(docs/Resources.md, docs/Power.md).")
  }

  private var frontSections: [Page.Section] {
    let rows = FrontRows(report)
    var sections: [Page.Section] = []
    let scatters = rows.scatterCharts
    if !scatters.isEmpty {
      sections.append(
        Page.Section(
          "The front", explanation: frontExplanation(rows), charts: scatters))
    } else if var chart = report.limitChart {
      chart.dataset = "limits"
      chart.choice = rows.choice
      sections.append(
        Page.Section(
          "The best design and its limits",
          explanation: "How much of each limit the best design takes.", charts: [chart]))
    }
    if let chart = rows.parallelChart {
      let some =
        rows.lines < report.front.count
        ? " \(NumberFormat.count(rows.lines)) of \(NumberFormat.count(report.front.count)) designs "
          + "are drawn, evenly along the front, and the chosen one."
        : ""
      sections.append(
        Page.Section(
          "Every design as a line",
          explanation:
            "Each axis has a scale of its own; what is the same for all designs is left out. "
            + "Point at a line to follow it, click it for its commands." + some,
          charts: [chart]))
    }
    sections.append(tableSection)
    if let table = report.sensitivityTable {
      var section = Page.Section(
        table.title, explanation: "", charts: [report.sensitivityChart].compactMap(\.self),
        tables: [table])
      section.explanation =
        section.charts.isEmpty
        ? "No bound changes an objective of the best design."
        : "The vertical line is design 1 with the most likely numbers; bars end where the best design is "
          + "with the bounds of one estimate."
      sections.append(section)
    }
    return sections
  }

  private func frontExplanation(_ rows: FrontRows) -> String {
    var text =
      report.objectives.count == 2
      ? "A point a design; down and to the left is better, and nothing lies below the line."
      : "A point a design; down and to the left is better. A point that another one beats in this pair "
        + "of objectives is better than it in the third."
    text +=
      " Point at a design for its numbers, click it for the commands that build and replay it."
    if rows.positions.count < report.front.count {
      text +=
        " \(NumberFormat.count(rows.positions.count)) of "
        + "\(NumberFormat.count(report.front.count)) designs are drawn, evenly along the front."
    }
    return text + report.confidenceText.map { " " + $0 }.joined()
  }

  private var tableSection: Page.Section {
    let positions = FrontRows.evenly(limit, of: report.front.count)
    let some =
      positions.count < report.front.count
      ? "\(NumberFormat.count(positions.count)) of \(NumberFormat.count(report.front.count)) designs, "
        + "evenly along the front; a page that ends in .csv or .md has all. " : ""
    return Page.Section(
      "The designs",
      explanation: some + report.explanation,
      tables: [
        report.table(
          of: positions.map { report.front[$0] }, numbers: positions.map { $0 + 1 }, title: "",
          explanation: "")
      ], foldsTables: positions.count > 12)
  }

  private var shortfallSections: [Page.Section] {
    guard let closest = report.closest else { return [] }
    var section = Page.Section(
      "What is missing",
      explanation:
        "Limits as 100 %. What is left of the dashed line could be kept if it were the only limit.",
      charts: [report.shortfallChart].compactMap(\.self),
      tables: [
        report.table(
          of: [closest], title: "The closest design",
          explanation: "It is no solution: no design exceeds its limits by less.")
      ])
    if section.charts.isEmpty { section.explanation = "" }
    return [section]
  }

  private var searchSection: Page.Section {
    let charts = report.convergenceCharts
    return Page.Section(
      "How the search went",
      explanation: report.certificate.method == .merging
        ? "Layer by layer, every allocation is joined with every way to build the next layer; what another "
          + "one is as good as, and what exceeds a limit whatever follows, is decided for all its "
          + "completions at once (docs/Exploration.md)."
        : "Whole designs are evaluated where no bound rules them out (docs/Exploration.md)."
          + (charts.isEmpty && report.certificate.steps.count > 1
            ? " The first design that was looked at is the best by the first objective." : ""),
      charts: charts, tables: [report.certificateTable])
  }

  private var spaceSection: Page.Section {
    Page.Section("The space", tables: report.spaceTables + [report.limitTable].compactMap(\.self))
  }

  private var provenanceSection: Page.Section {
    Page.Section("What the numbers rest on", tables: [report.provenance])
  }
}
