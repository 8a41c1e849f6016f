import Foundation

/// The standard normal distribution.
public enum NormalDistribution {
  /// The part of all cases that lie below a value.
  public static func cumulative(_ value: Double) -> Double { erfc(-value / 2.squareRoot()) / 2 }

  /// The value below which a part of all cases lies, by bisection of ``cumulative(_:)``.
  ///
  /// - Parameter share: 0...1; the ends are infinitely far.
  /// - Returns: the value.
  public static func quantile(_ share: Double) -> Double {
    Quantile.of(share, cumulative: cumulative)
  }
}

/// Student's t distribution.
public struct StudentDistribution: Sendable {
  /// One less than the values that the scatter was estimated from, for a mean.
  public let degreesOfFreedom: Double

  /// Creates the distribution of some degrees of freedom, at least 1.
  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = max(degreesOfFreedom, 1) }

  /// The part of all cases that lie below a value: by the incomplete beta function, I_x(n/2, 1/2) with
  /// x = n / (n + t^2).
  public func cumulative(_ value: Double) -> Double {
    let x = degreesOfFreedom / (degreesOfFreedom + value * value)
    let outside = IncompleteBeta.regularized(x, degreesOfFreedom / 2, 0.5) / 2
    return value > 0 ? 1 - outside : outside
  }

  /// The value below which a part of all cases lies.
  ///
  /// - Parameter share: 0...1; the ends are infinitely far.
  /// - Returns: the value.
  public func quantile(_ share: Double) -> Double { Quantile.of(share, cumulative: cumulative) }
}

private enum Quantile {
  /// Bisects a distribution that is symmetric around 0; a hundred halvings leave no doubt in any digit.
  static func of(_ share: Double, cumulative: (Double) -> Double) -> Double {
    guard share > 0 else { return -.infinity }
    guard share < 1 else { return .infinity }
    if share < 0.5 { return -of(1 - share, cumulative: cumulative) }
    var (low, high) = (0.0, 1.0)
    while cumulative(high) < share, high < 1e300 { high *= 2 }
    for _ in 0..<200 where high - low > .ulpOfOne * high {
      let middle = (low + high) / 2
      if cumulative(middle) < share { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}

/// The regularized incomplete beta function.
private enum IncompleteBeta {
  /// I_x(a, b), by its continued fraction (Abramowitz and Stegun, 26.5.8) evaluated with Lentz's method.
  static func regularized(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on one side of the mode only.
    guard x <= (a + 1) / (a + b + 2) else { return 1 - regularized(1 - x, b, a) }
    let front =
      exp(
        lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    let smallest = 1e-300
    var (c, d) = (1.0, 1 - (a + b) * x / (a + 1))
    if abs(d) < smallest { d = smallest }
    d = 1 / d
    var fraction = d
    for m in stride(from: 1.0, through: 500, by: 1) {
      for numerator in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 + numerator * d
        if abs(d) < smallest { d = smallest }
        d = 1 / d
        c = 1 + numerator / c
        if abs(c) < smallest { c = smallest }
        fraction *= c * d
      }
      if abs(c * d - 1) < 1e-16 { break }
    }
    return front * fraction
  }
}
