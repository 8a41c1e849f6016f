import Foundation

/// What the device that shows a text can do: its width, colours and characters.
public struct TextStyle: Hashable, Sendable {
  /// Columns, or `nil` where lines may be as long as they like.
  public var width: Int?
  /// Whether escape sequences for colour and weight are understood and wanted.
  public var usesColour: Bool
  /// Whether characters beyond ASCII are shown.
  public var usesUnicode: Bool

  /// Creates a style.
  public init(width: Int? = nil, usesColour: Bool = false, usesUnicode: Bool = true) {
    self.width = width
    self.usesColour = usesColour
    self.usesUnicode = usesUnicode
  }

  /// The style for a file descriptor, from the device behind it and the environment.
  ///
  /// Colour needs a terminal, and none of `NO_COLOR` (see no-color.org) and `TERM=dumb`;
  /// `CLICOLOR_FORCE` (`--color always`) stands in for the terminal. The width
  /// is the terminal's; `COLUMNS` overrides it. Characters beyond ASCII are avoided where the
  /// locale names another character set, or `TERM` is `dumb`.
  ///
  /// - Parameters:
  ///   - descriptor: where the text goes.
  ///   - environment: the process's environment variables.
  /// - Returns: the style.
  public static func detected(
    descriptor: Int32,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> TextStyle {
    let isTerminal = Terminal.isTerminal(descriptor)
    let isDumb = environment["TERM"] == "dumb"
    let forbidsColour = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let forcesColour = environment["CLICOLOR_FORCE"].map { !["", "0"].contains($0) } ?? false
    let columns = environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
    return TextStyle(
      width: columns ?? (isTerminal ? Terminal.width(descriptor) : nil),
      usesColour: (isTerminal && !isDumb || forcesColour) && !forbidsColour,
      usesUnicode: !isDumb && !namesOtherCharacterSet(environment))
  }

  private static func namesOtherCharacterSet(_ environment: [String: String]) -> Bool {
    let variables = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }
    guard let locale = variables.first(where: { !$0.isEmpty })?.uppercased() else { return false }
    return !locale.contains("UTF-8") && !locale.contains("UTF8")
  }

  /// The text with what the device cannot show replaced by something it can.
  public func adapted(_ text: String) -> String {
    guard !usesUnicode else { return text }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          if scalar.isASCII { return scalar }
          return Self.replacements[scalar] ?? "?"
        }))
  }

  private static let replacements: [Unicode.Scalar: Unicode.Scalar] = [
    "µ": "u", "×": "x", "─": "-", "│": "|", "…": "~", "·": "-", "–": "-", "—": "-",
    "█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "#", "▍": " ", "▎": " ", "▏": " ", "░": ".",
  ]

  /// The weights and colours we use, few and with a meaning each.
  public enum Emphasis: String, Sendable {
    /// Titles.
    case title = "1"
    /// What the reader should look at first.
    case highlight = "1;33"
    /// Explanations, rules and other things of second rank.
    case faint = "2"
    /// Bars.
    case bar = "36"
  }

  /// The text with its emphasis, where the device can show it.
  public func emphasised(_ text: String, _ emphasis: Emphasis) -> String {
    usesColour && !text.isEmpty ? "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// A horizontal bar, in eighths of a character where Unicode allows.
  ///
  /// - Parameters:
  ///   - share: the part that is filled, 0...1; other values are clamped.
  ///   - width: the bar's columns.
  /// - Returns: that many columns.
  public func bar(_ share: Double, width: Int) -> String {
    guard width > 0 else { return "" }
    let clamped = share.isNaN ? 0 : min(max(share, 0), 1)
    guard usesUnicode else {
      let filled = Int((clamped * Double(width)).rounded())
      return String(repeating: "#", count: filled) + String(repeating: " ", count: width - filled)
    }
    let eighths = Int((clamped * Double(width) * 8).rounded())
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    let bar = String(repeating: "█", count: eighths / 8) + partial
    return bar + String(repeating: " ", count: width - bar.count)
  }

  /// The text broken into lines between words so that it fits the device.
  ///
  /// - Parameters:
  ///   - text: one paragraph.
  ///   - indent: spaces before each line.
  ///   - fallback: the width where the device has none.
  /// - Returns: the lines, with their indentation.
  public func wrapped(_ text: String, indent: Int = 0, fallback: Int = 100) -> [String] {
    let available = max((width ?? fallback) - indent, 20)
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > available {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    if !line.isEmpty { lines.append(margin + line) }
    return lines
  }
}
