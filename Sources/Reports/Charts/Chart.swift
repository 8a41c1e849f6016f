/// A picture of numbers: a Vega-Lite specification, drawn by the page that it is part of.
///
/// The specification says what is drawn; Vega-Lite (https://vega.github.io/vega-lite) draws axes,
/// legends and tooltips. Colours, fonts and the dark theme are the page's.
public struct Chart: Sendable {
  /// The chart's name in the page, unique there: letters, digits and hyphens.
  public var name: String
  /// What is seen, for those who do not see it.
  public var description: String
  /// The specification without size, theme and data.
  public var specification: [String: ChartJSON]
  /// The rows that are drawn.
  public var rows: [ChartJSON]

  /// Creates a chart.
  public init(
    name: String, description: String, rows: [ChartJSON], specification: [String: ChartJSON]
  ) {
    self.name = name
    self.description = description
    self.rows = rows
    self.specification = specification
  }

  /// The whole specification.
  var content: ChartJSON {
    var content = specification
    content["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json"
    content["description"] = .text(description)
    content["data"] = .object(["values": .list(rows)])
    if content["width"] == nil { content["width"] = "container" }
    return .object(content)
  }

  /// The height of a bar chart with so many bars.
  static func height(bars: Int) -> ChartJSON { .number(Double(max(60, min(900, 26 * bars)))) }
}
