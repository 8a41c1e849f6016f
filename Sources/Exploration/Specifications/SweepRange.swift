import Foundation

/// The values of an option between two numbers.
///
/// As text they have six significant digits, so that they are the same on every machine, whatever the last
/// bits of its logarithm.
public struct SweepRange: Hashable, Sendable {
  /// The smallest value.
  public let from: Double
  /// The largest value.
  public let to: Double
  /// The distance of values; nil if all between are meant.
  public let step: Double?
  /// Whether the logarithm of the value is what varies evenly.
  public let isLogarithmic: Bool

  /// Creates a range; nil if it has no two values, a step is not positive, or a logarithm impossible.
  ///
  /// - Parameters:
  ///   - from: the smallest value.
  ///   - to: the largest value, or more than it.
  ///   - step: the distance of values.
  ///   - isLogarithmic: whether the logarithm varies evenly.
  public init?(from: Double, to: Double, step: Double? = nil, isLogarithmic: Bool = false) {
    guard from.isFinite, to.isFinite, from < to, (to - from).isFinite else { return nil }
    guard !isLogarithmic || (from > 0 && step == nil) else { return nil }
    if let step {
      guard step > 0, step <= to - from, (to - from) / step < 1e6 else { return nil }
    }
    self.from = from
    self.to = to
    self.step = step
    self.isLogarithmic = isLogarithmic
  }

  /// All values, if they have a distance.
  public var steps: [String]? {
    guard let step else { return nil }
    return (0..<stepCount(step)).map { Self.text(from + Double($0) * step, digits: 12) }
  }

  /// The value at a part of the way.
  ///
  /// - Parameter part: 0 for the first value; less than 1.
  /// - Returns: the value.
  func value(at part: Double) -> String {
    if let step {
      let position = (part * Double(stepCount(step))).rounded(.down)
      return Self.text(from + position * step, digits: 12)
    }
    let value =
      isLogarithmic ? exp(log(from) + part * (log(to) - log(from))) : from + part * (to - from)
    return Self.text(min(max(value, from), to), digits: 6)
  }

  // What lacks a billionth of a step is a step: 0.1 + 0.1 + 0.1 reaches 0.3.
  private func stepCount(_ step: Double) -> Int { Int((to - from) / step + 1e-9) + 1 }

  private static func text(_ value: Double, digits: Int) -> String {
    let rounded = Double(String(format: "%.\(digits)g", value)) ?? value
    let isWhole = rounded == rounded.rounded() && abs(rounded) < 1e15
    return isWhole ? "\(Int(rounded))" : "\(rounded)"
  }
}
