/// Curves over the epochs of a training, a few lines of text each, for a terminal.
///
/// ```text
/// accuracy     │   ▃▅▆▇█       │ 97.7 %
///       97.7 % │▁▅▇█████       │ 61.3 %
/// ```
///
/// Left the curve's name and its last value, right its largest and smallest one; an epoch is a column,
/// or several epochs share one where the device is too narrow, which then shows the last of them.
public struct EpochPlot: Hashable, Sendable {
  /// One curve.
  public struct Series: Hashable, Sendable {
    /// What it shows.
    public var title: String
    /// A value an epoch, from the first; those that are not finite leave a gap.
    public var values: [Double]
    /// How its values are written.
    public var form: Form

    /// Creates a curve.
    public init(title: String, values: [Double], form: Form) {
      self.title = title
      self.values = values
      self.form = form
    }
  }

  /// How values are written.
  public enum Form: Hashable, Sendable {
    /// A part of 1, as per cent.
    case share
    /// Three digits.
    case number
    /// A whole number with separators.
    case count

    func text(_ value: Double) -> String {
      guard value.isFinite else { return "–" }
      switch self {
      case .share: return NumberFormat.percent(value)
      case .number: return NumberFormat.significant(value)
      case .count:
        return abs(value) < 1e15 ? NumberFormat.count(Int(value.rounded())) : "\(value)"
      }
    }
  }

  /// The curves, from top to bottom.
  public var series: [Series]
  /// Epochs that the training will have.
  public var epochs: Int

  /// Lines of a curve.
  private static let rows = 2
  private static let narrowestChart = 8
  private static let widestChart = 60

  /// Creates a plot.
  public init(_ series: [Series], epochs: Int) {
    self.series = series
    self.epochs = epochs
  }

  /// The plot as lines that fit a device.
  ///
  /// - Parameter style: the device; 80 columns if it has no width.
  /// - Returns: two lines a curve, none longer than the device less one column; no lines if the
  ///   device is too narrow for a chart.
  public func lines(_ style: TextStyle) -> [String] {
    let labels = series.map { curve -> (left: [String], right: [String]) in
      let known = curve.values.filter(\.isFinite)
      guard let last = curve.values.last, let high = known.max(), let low = known.min() else {
        return ([curve.title, ""], ["", ""])
      }
      return (
        [curve.title, curve.form.text(last)], [curve.form.text(high), curve.form.text(low)]
      )
    }
    let left = labels.flatMap(\.left).map(\.count).max() ?? 0
    let right = labels.flatMap(\.right).map(\.count).max() ?? 0
    let room = (style.width ?? 80) - 1 - left - right - 4
    guard room >= Self.narrowestChart else { return [] }
    let columns = min(room, Self.widestChart, max(epochs, Self.narrowestChart))
    return zip(series, labels).flatMap { curve, label in
      let chart = Self.chart(curve.values, epochs: epochs, columns: columns, style)
      return (0..<Self.rows).map { row in
        let name =
          row == 0
          ? Self.padded(label.left[row], left)
          : String(repeating: " ", count: left - label.left[row].count) + label.left[row]
        let line = "\(name) │\(style.emphasised(chart[row], .bar))│ \(label.right[row])"
        return style.adapted(line)
      }
    }
  }

  /// A curve's rows, the upper one first.
  private static func chart(
    _ values: [Double], epochs: Int, columns: Int, _ style: TextStyle
  ) -> [String] {
    let cells = style.usesUnicode ? Array(" ▁▂▃▄▅▆▇█") : Array(" ..::||##")
    let known = values.filter(\.isFinite)
    let (low, high) = (known.min() ?? 0, known.max() ?? 0)
    let total = max(epochs, values.count, 1)
    let levels: [Int] = (0..<columns).map { column in
      let end = total <= columns ? column + 1 : (column + 1) * total / columns
      let begin = total <= columns ? column : column * total / columns
      guard begin < values.count else { return 0 }
      let value = values[min(end, values.count) - 1]
      guard value.isFinite else { return 0 }
      let share = high > low ? (value - low) / (high - low) : 0.5
      // The smallest value is still visible.
      return 1 + Int((share * Double(rows * 8 - 1)).rounded())
    }
    return (0..<rows).map { row in
      let base = (rows - 1 - row) * 8
      return String(levels.map { cells[min(max($0 - base, 0), 8)] })
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
