/// A table in plain text: a title, one explanatory line, aligned columns.
///
///     var table = TextTable(
///       title: "Cycles by layer", explanation: "Mean over all samples.",
///       columns: [.text("layer"), .number("cycles"), .bar("share")])
///     table.append(["conv1", "12,345", .share(0.61)])
///     print(table.rendered(.detected(descriptor: 1)))
///
/// Numbers are right-aligned, so write those of one column with the same decimals and put the unit
/// into the header. A table that is wider than the device first gives up the length of its bars, then
/// shortens its texts; numbers are never cut.
public struct TextTable: Sendable {
  /// One column: its header and how its cells are set.
  public struct Column: Sendable {
    /// How the cells of a column are set.
    public enum Kind: Sendable {
      /// Left-aligned; may be shortened to fit the device.
      case text
      /// Right-aligned, never shortened.
      case number
      /// A share of one as a bar beside its percentage.
      case bar
    }
    /// The header, with its unit: `time [µs]`.
    public var title: String
    /// How the cells are set.
    public var kind: Kind

    /// A column of words.
    public static func text(_ title: String) -> Column { Column(title: title, kind: .text) }
    /// A column of numbers.
    public static func number(_ title: String) -> Column { Column(title: title, kind: .number) }
    /// A column of shares.
    public static func bar(_ title: String) -> Column { Column(title: title, kind: .bar) }
  }

  /// The content of one cell.
  public enum Cell: Sendable, ExpressibleByStringLiteral {
    /// Text or a formatted number.
    case text(String)
    /// A share of one, and how to write it.
    case share(Double, text: String)

    /// A share of one with its percentage.
    public static func share(_ value: Double) -> Cell {
      .share(value, text: NumberFormat.percent(value))
    }

    /// A cell of text.
    public init(stringLiteral value: String) { self = .text(value) }
  }

  /// One line of the table.
  enum Row: Sendable {
    case cells([Cell], isHighlighted: Bool)
    case rule
  }

  /// The title, in bold where possible.
  public let title: String
  /// One line that says what the reader sees.
  public let explanation: String
  /// The columns, left to right.
  public let columns: [Column]
  var rows: [Row] = []

  /// Creates a table without rows.
  public init(title: String = "", explanation: String = "", columns: [Column]) {
    self.title = title
    self.explanation = explanation
    self.columns = columns
  }

  /// Adds a row; missing cells stay empty, cells beyond the last column are ignored.
  public mutating func append(_ cells: [Cell], isHighlighted: Bool = false) {
    rows.append(.cells(cells, isHighlighted: isHighlighted))
  }

  /// Adds a row of formatted texts.
  public mutating func append(_ cells: [String], isHighlighted: Bool = false) {
    append(cells.map(Cell.text), isHighlighted: isHighlighted)
  }

  /// Adds a horizontal rule, before a total.
  public mutating func appendRule() { rows.append(.rule) }
}
