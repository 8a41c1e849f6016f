/// How many cycles something took, over the samples of a replay.
public struct CycleDistribution: Hashable, Codable, Sendable {
  /// The arithmetic mean.
  public let mean: Double
  /// The fastest sample.
  public let minimum: UInt64
  /// The median: half of the samples took this long or less.
  public let p50: UInt64
  /// 99 % of the samples took this long or less.
  public let p99: UInt64
  /// The slowest sample.
  public let maximum: UInt64

  /// Summarises the cycles of all samples, in any order; all zero if there are none.
  ///
  /// Percentiles are by nearest rank: the p-th percentile of n values is the ceil(p / 100 * n)-th
  /// smallest one, so it is always a value that occurred.
  public init(_ values: [UInt64]) {
    let sorted = values.sorted()
    let count = UInt64(sorted.count)
    func percentile(_ percent: UInt64) -> UInt64 {
      let rank = (percent * count + 99) / 100
      return sorted.isEmpty ? 0 : sorted[Int(max(rank, 1)) - 1]
    }
    let sum = sorted.reduce(0, +)
    mean = count == 0 ? 0 : Double(sum) / Double(count)
    minimum = sorted.first ?? 0
    p50 = percentile(50)
    p99 = percentile(99)
    maximum = sorted.last ?? 0
  }
}

/// The time of a ``CycleDistribution`` at a clock, in seconds.
public struct TimeDistribution: Hashable, Codable, Sendable {
  /// The arithmetic mean, s.
  public let mean: Double
  /// The fastest sample, s.
  public let minimum: Double
  /// The median, s.
  public let p50: Double
  /// The 99th percentile, s.
  public let p99: Double
  /// The slowest sample, s.
  public let maximum: Double

  /// Converts cycles to time.
  ///
  /// - Parameters:
  ///   - cycles: the cycles.
  ///   - clock: the frequency in hertz.
  public init(_ cycles: CycleDistribution, clock: Double) {
    mean = cycles.mean / clock
    minimum = Double(cycles.minimum) / clock
    p50 = Double(cycles.p50) / clock
    p99 = Double(cycles.p99) / clock
    maximum = Double(cycles.maximum) / clock
  }
}
