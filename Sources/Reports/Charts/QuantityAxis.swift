import Exploration
import Foundation

/// How a quantity is drawn along an axis: in which unit, and whether on a logarithmic scale.
///
/// The unit fits the smallest value, as in tables. The scale is logarithmic if values differ by more
/// than ``logarithmicFrom``.
struct QuantityAxis: Sendable {
  /// Values that differ by more than this factor share no linear axis: the small ones would be on top of
  /// each other.
  static let logarithmicFrom = 20.0

  /// The key of the rows.
  let field: String
  /// What is drawn: `latency`.
  let label: String
  /// The unit of the rows' numbers: `µs`; empty for plain numbers and shares.
  let unit: String
  /// The smallest and the largest value, in ``unit``.
  let range: ClosedRange<Double>
  /// Whether the scale is logarithmic.
  let isLogarithmic: Bool
  /// Whether values are parts of a whole, written in percent.
  let isShare: Bool
  /// What is inside the axis beside ``range``, in ``unit``.
  private var reach: ClosedRange<Double>
  /// One of ``unit``, in the unit of the values.
  private let size: Double

  /// Creates an axis for values.
  ///
  /// - Parameters:
  ///   - field: the key of the rows.
  ///   - label: what is drawn.
  ///   - unit: the unit of the values without a prefix: `s`, `J`.
  ///   - isShare: whether they are parts of a whole.
  ///   - values: the values.
  init(
    _ field: String, _ label: String, unit: String = "", isShare: Bool = false, values: [Double]
  ) {
    self.field = field
    self.label = label
    self.isShare = isShare
    let finite = values.filter(\.isFinite)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let prefix = unit.isEmpty ? (size: 1, name: "") : QuantityFormat.prefix(of: low)
    size = prefix.size
    self.unit = prefix.name + unit
    range = low / size...high / size
    reach = range
    isLogarithmic = low > 0 && high / low > Self.logarithmicFrom
  }

  /// The axis' title: `latency [µs]`.
  var title: String { title(nil) }

  /// The title with another name of the quantity.
  func title(_ name: String?) -> String { (name ?? label) + (unit.isEmpty ? "" : " [\(unit)]") }

  /// A value of the rows.
  func number(_ value: Double) -> ChartJSON { .rounded(value / size) }

  /// Where a value lies between the smallest and the largest, 0...1.
  func position(_ value: Double) -> Double {
    let (low, high) = (range.lowerBound, range.upperBound)
    guard high > low else { return 0.5 }
    return isLogarithmic
      ? log(value / size / low) / log(high / low) : (value / size - low) / (high - low)
  }

  /// The value at a place between the smallest and the largest, as it is written along an axis.
  func text(at position: Double) -> String {
    let (low, high) = (range.lowerBound, range.upperBound)
    let value =
      isLogarithmic ? low * pow(high / low, position) : low + position * (high - low)
    return isShare ? NumberFormat.percent(value) : NumberFormat.significant(value)
  }

  /// An interval with its unit: `1.02 to 1.13 ms`.
  func text(_ interval: ConfidenceInterval) -> String {
    func word(_ value: Double) -> String {
      isShare ? NumberFormat.percent(value) : NumberFormat.significant(value / size)
    }
    return "\(word(interval.low)) to \(word(interval.high))" + (unit.isEmpty ? "" : " \(unit)")
  }

  /// Makes room for a value if it is near enough that the others can still be told apart.
  ///
  /// - Returns: whether the value is on the axis now.
  @discardableResult
  mutating func include(_ value: Double) -> Bool {
    let (low, high) = (range.lowerBound, range.upperBound)
    let value = value / size
    let most = isLogarithmic ? high * 1.5 : high + max(0.3 * (high - low), 0.02 * abs(high))
    guard value.isFinite, value >= low, value <= most else { return false }
    reach = reach.lowerBound...max(reach.upperBound, value)
    return true
  }

  /// How numbers are written, a d3 format.
  private var format: String { isShare ? ".1~%" : ",.4~f" }

  /// The channel of a chart.
  ///
  /// - Parameter field: another key of the rows, such as the end of an interval; its scale is that of
  ///   the values, however far it is from them.
  /// - Returns: the channel.
  func channel(field: String? = nil) -> ChartJSON {
    let (low, high) = (reach.lowerBound, reach.upperBound)
    // Some room at both ends.
    let room = 0.06
    var scale: [String: ChartJSON] = [:]
    if isLogarithmic {
      let factor = pow(high / low, room)
      scale = ["type": "log", "domain": [.rounded(low / factor), .rounded(high * factor)]]
    } else {
      let margin = high > low ? room * (high - low) : max(abs(high) * room, isShare ? 0.01 : 0.5)
      scale["domain"] = [.rounded(low - margin), .rounded(high + margin)]
    }
    scale["nice"] = false
    scale["zero"] = isLogarithmic ? nil : false
    return .quantity(
      field ?? self.field, title + (isLogarithmic ? ", logarithmic" : ""),
      format: isShare ? ".1~%" : ",~f", scale: .object(scale))
  }

  /// The line of a tooltip.
  var tip: ChartJSON { .tip(field, title, format) }
}

extension ChartJSON {
  /// A number with six significant digits: as exact as anybody reads a chart, and half as long.
  static func rounded(_ value: Double) -> ChartJSON {
    guard value.isFinite, value != 0 else { return .number(value) }
    let scale = pow(10, 5 - floor(log10(abs(value))))
    let number = (value * scale).rounded() / scale
    return .number(number.isFinite ? number : value)
  }
}
