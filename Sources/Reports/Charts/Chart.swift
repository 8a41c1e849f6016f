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
  /// The name under which the page holds the rows once for several charts; nil if they are this chart's.
  public var dataset: String?
  /// What a reader may do with a row that was clicked; only with a ``dataset``, whose rows have a number
  /// `nr` each.
  public var choice: Choice?

  /// Commands of a chosen row.
  ///
  /// Words in braces stand for fields of the row: `design-{nr}.yaml`. All charts of a data set share what is chosen. A specification may have a parameter `chosen`: the
  /// number of the chosen row.
  public struct Choice: Sendable {
    /// What is chosen: `Design {nr}: {allocation}`.
    public var caption: String
    /// What to type, a command a line.
    public var commands: String

    /// The number of the row that is chosen at first.
    public var first: Int

    /// Creates a choice.
    public init(first: Int, caption: String, commands: String) {
      self.first = first
      self.caption = caption
      self.commands = commands
    }
  }

  /// Creates a chart.
  public init(
    name: String, description: String, rows: [ChartJSON], dataset: String? = nil,
    choice: Choice? = nil, specification: [String: ChartJSON]
  ) {
    self.name = name
    self.description = description
    self.rows = rows
    self.dataset = dataset
    self.choice = choice
    self.specification = specification
  }

  /// The whole specification.
  var content: ChartJSON {
    var content = specification
    content["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json"
    content["description"] = .text(description)
    content["data"] = dataset.map { ["name": .text($0)] } ?? ["values": .list(rows)]
    if let choice {
      content["usermeta"] = [
        "caption": .text(choice.caption), "commands": .text(choice.commands),
        "first": .number(Double(choice.first)),
      ]
    }
    if content["width"] == nil { content["width"] = "container" }
    return .object(content)
  }

  /// The height of a bar chart with so many bars.
  static func height(bars: Int) -> ChartJSON { .number(Double(max(60, min(900, 26 * bars)))) }
}
