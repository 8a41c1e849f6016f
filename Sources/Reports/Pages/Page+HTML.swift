import Foundation
import Mustache

extension Page {
  /// The page as one HTML file that needs nothing else: no network, no other file.
  ///
  /// - Returns: the text.
  /// - Throws: what a broken installation throws: the template or the chart library is missing.
  public func html() throws -> String {
    let template = try Self.template.get()
    return template.render(
      HTMLPage(
        title: title, subject: subject, verdict: verdict, warnings: warnings,
        datasets: try datasets,
        sections: try sections.enumerated().map(HTMLSection.init), footer: footer,
        style: try Self.resource("page", "css"), script: try Self.resource("page", "js"),
        library: try Self.resource("vega-bundle", "js"),
        hasCharts: sections.contains { !$0.charts.isEmpty }))
  }

  /// The rows that several charts draw, once.
  private var datasets: [HTMLDataset] {
    get throws {
      var known: Set<String> = []
      return try sections.flatMap(\.charts).compactMap { chart in
        guard let name = chart.dataset, known.insert(name).inserted else { return nil }
        return HTMLDataset(name: name, json: try embeddedJSON(.list(chart.rows)))
      }
    }
  }

  private static let template = Result {
    try MustacheTemplate(string: resource("page", "mustache"))
  }

  private static func resource(_ name: String, _ type: String) throws -> String {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: type, subdirectory: "charts")
    else {
      throw PageError(
        "the resource charts/\(name).\(type) of the reports is missing; install again")
    }
    return try String(contentsOf: url, encoding: .utf8)
  }
}

/// What is wrong with the making of a page.
struct PageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// A page as its template reads it.
private struct HTMLPage {
  let title: String
  let subject: String
  let verdict: [String]
  let warnings: [String]
  let datasets: [HTMLDataset]
  let sections: [HTMLSection]
  let footer: String
  let style: String
  let script: String
  let library: String
  let hasCharts: Bool
}

private struct HTMLSection {
  let anchor: String
  let entry: String?
  let title: String
  let explanation: String
  let charts: [HTMLChart]
  let tables: [HTMLTable]
  let foldsTables: Bool

  init(_ position: Int, _ section: Page.Section) throws {
    anchor = "section-\(position + 1)"
    entry = section.entry
    title = section.title
    explanation = section.explanation
    charts = try section.charts.map(HTMLChart.init)
    tables = section.tables.map(HTMLTable.init)
    foldsTables = section.foldsTables
  }
}

private struct HTMLChart {
  let name: String
  let description: String
  let json: String

  init(_ chart: Chart) throws {
    name = chart.name
    description = chart.description
    json = try embeddedJSON(chart.content)
  }
}

private struct HTMLDataset {
  let name: String
  let json: String
}

/// JSON that may stand in an element of a page.
private func embeddedJSON(_ content: ChartJSON) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  let text = String(decoding: try encoder.encode(content), as: UTF8.self)
  // "</script" and "<!--" would end or change the element that the text stands in.
  return text.replacingOccurrences(of: "<", with: "\\u003c")
}

private struct HTMLTable {
  struct Cell {
    let text: String
    let isNumber: Bool
    /// The length of a bar in percent, if there is one.
    let bar: String?
  }

  struct Row {
    let cells: [Cell]
    let isHighlighted: Bool
    let isTotal: Bool
  }

  let title: String
  let explanation: String
  let columns: [Cell]
  let rows: [Row]

  init(_ table: TextTable) {
    title = table.title
    explanation = table.explanation
    columns = table.columns.map { Cell(text: $0.title, isNumber: $0.kind != .text, bar: nil) }
    var rows: [Row] = []
    var isTotal = false
    for row in table.rows {
      switch row {
      case .rule: isTotal = true
      case .cells(let cells, let isHighlighted):
        rows.append(
          Row(
            cells: table.columns.indices.map { index in
              let isNumber = table.columns[index].kind != .text
              guard index < cells.count else { return Cell(text: "", isNumber: isNumber, bar: nil) }
              switch cells[index] {
              case .text(let text): return Cell(text: text, isNumber: isNumber, bar: nil)
              case .share(let share, let text):
                let length = NumberFormat.decimal(max(0, min(1, share)) * 100, places: 1)
                return Cell(text: text, isNumber: isNumber, bar: length)
              }
            }, isHighlighted: isHighlighted, isTotal: isTotal))
      }
    }
    self.rows = rows
  }
}
