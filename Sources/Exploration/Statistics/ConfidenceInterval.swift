import Foundation

/// Between which two numbers an unknown one lies, but for a small part of all cases.
public struct ConfidenceInterval: Hashable, Codable, Sendable {
  /// The lower end.
  public var low: Double
  /// The upper end.
  public var high: Double
  /// The part of all cases in which it lies between them: 0.99.
  public var confidence: Double

  /// Creates an interval.
  ///
  /// - Parameters:
  ///   - low: the lower end.
  ///   - high: the upper end.
  ///   - confidence: the part of all cases in which the number lies between them, 0..<1.
  public init(low: Double, high: Double, confidence: Double) {
    self.low = low
    self.high = high
    self.confidence = confidence
  }

  /// The interval of a mean, from values that were drawn independently.
  ///
  /// Mean plus or minus t s / sqrt(n), with Student's t of n - 1 degrees of freedom.
  ///
  /// - Parameters:
  ///   - values: the values; fewer than two give nil.
  ///   - confidence: 0..<1.
  public init?(ofMean values: [Double], confidence: Double) {
    guard values.count > 1 else { return nil }
    let moments = SampleMoments(values)
    let half =
      StudentDistribution(degreesOfFreedom: Double(values.count - 1))
      .quantile((1 + confidence) / 2) * moments.standardError
    self.init(low: moments.mean - half, high: moments.mean + half, confidence: confidence)
  }

  /// The interval of a share, from independent trials, by Wilson's score.
  ///
  /// (p + z^2/2n +- z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n), Wilson 1927; it holds for few trials and
  /// for shares near 0 and 1.
  ///
  /// - Parameters:
  ///   - successes: trials that succeeded.
  ///   - trials: all trials; none gives nil.
  ///   - confidence: 0..<1.
  public init?(ofShare successes: Int, of trials: Int, confidence: Double) {
    guard trials > 0, (0...trials).contains(successes) else { return nil }
    let n = Double(trials)
    let share = Double(successes) / n
    let z = NormalDistribution.quantile((1 + confidence) / 2)
    let centre = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    self.init(
      low: max(0, (centre - half) / scale), high: min(1, (centre + half) / scale),
      confidence: confidence)
  }

  /// Half of the distance between the ends.
  public var halfWidth: Double { (high - low) / 2 }

  /// The middle.
  public var centre: Double { (high + low) / 2 }

  /// How many values would make the interval of a mean so narrow, if they scatter like the ones that it
  /// was made from: the width falls with the square root of their number.
  ///
  /// - Parameters:
  ///   - relativeHalfWidth: what is wanted, as a part of the mean: 0.01.
  ///   - values: how many values this interval was made from.
  /// - Returns: at least 2; nil if no number is enough, because the mean is 0.
  public func valuesNeeded(forRelativeHalfWidth relativeHalfWidth: Double, from values: Int) -> Int?
  {
    guard centre != 0, relativeHalfWidth > 0 else { return nil }
    let ratio = halfWidth / abs(centre) / relativeHalfWidth
    let needed = (Double(values) * ratio * ratio).rounded(.up)
    return needed < 1e15 ? max(2, Int(needed)) : nil
  }
}

/// Number, mean and scatter of values, in one pass without cancellation.
///
/// The recurrence is that of Welford, 1962.
public struct SampleMoments: Hashable, Sendable {
  /// How many values there are.
  public private(set) var count = 0
  /// Their mean; 0 if there are none.
  public private(set) var mean = 0.0
  private var squares = 0.0

  /// No values yet.
  public init() {}

  /// The moments of values.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Adds a value.
  public mutating func add(_ value: Double) {
    count += 1
    let difference = value - mean
    mean += difference / Double(count)
    squares += difference * (value - mean)
  }

  /// The unbiased estimate of the variance; 0 for fewer than two values.
  public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

  /// The standard deviation of the mean.
  public var standardError: Double { count > 0 ? (variance / Double(count)).squareRoot() : 0 }
}
