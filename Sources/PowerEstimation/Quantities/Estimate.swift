/// An estimated number, with the bounds between which the truth is expected.
///
/// Bounds are kept together as if all of them were reached at once: those of a sum are the sums of the
/// bounds. Errors of the same tool go the same way more often than not, so this is not much too wide.
public struct Estimate: Hashable, Codable, Sendable {
  /// The most likely value.
  public var value: Double
  /// The lower bound.
  public var low: Double
  /// The upper bound.
  public var high: Double

  /// Creates an estimate.
  public init(_ value: Double, low: Double, high: Double) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// A number that is known.
  public init(exactly value: Double) { self.init(value, low: value, high: value) }

  /// Nothing.
  public static let zero = Estimate(exactly: 0)

  /// Half of the distance between the bounds as a part of the value; 0 for a value of 0.
  public var relativeUncertainty: Double { value == 0 ? 0 : (high - low) / 2 / abs(value) }

  /// Whether a number lies between the bounds, ends included.
  public func contains(_ number: Double) -> Bool { low <= number && number <= high }

  /// The sum of two estimates.
  public static func + (left: Estimate, right: Estimate) -> Estimate {
    Estimate(left.value + right.value, low: left.low + right.low, high: left.high + right.high)
  }

  /// Adds another estimate.
  public static func += (left: inout Estimate, right: Estimate) { left = left + right }

  /// The product with a known number that is not negative.
  public static func * (left: Estimate, factor: Double) -> Estimate {
    Estimate(left.value * factor, low: left.low * factor, high: left.high * factor)
  }

  /// The product of two estimates of what is never negative.
  public static func * (left: Estimate, right: Estimate) -> Estimate {
    Estimate(
      left.value * right.value, low: max(left.low, 0) * max(right.low, 0),
      high: left.high * right.high)
  }

  /// The quotient with a known positive number.
  public static func / (left: Estimate, divisor: Double) -> Estimate { left * (1 / divisor) }

  /// What a known number makes, divided by an estimate of something positive; infinite bounds where
  /// that may be nothing.
  public static func / (number: Double, right: Estimate) -> Estimate {
    Estimate(number / right.value, low: number / right.high, high: number / right.low)
  }
}
