import Foundation
import SeededRandom

/// When samples arrive at an accelerator.
public enum ArrivalProcess: Hashable, Sendable, CustomStringConvertible {
  /// The next one is always there.
  case saturated
  /// At equal distances.
  case periodic(hertz: Double)
  /// Independently of each other, at a mean rate.
  case poisson(hertz: Double)

  /// Reads `saturated`, `periodic 2 kHz` or `poisson 500 Hz`.
  ///
  /// - Parameter text: the words.
  public init?(_ text: String) {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    switch (words.first, words.count) {
    case ("saturated", 1): self = .saturated
    case ("periodic", 2):
      guard let rate = Self.frequency(words[1]) else { return nil }
      self = .periodic(hertz: rate)
    case ("poisson", 2):
      guard let rate = Self.frequency(words[1]) else { return nil }
      self = .poisson(hertz: rate)
    default: return nil
    }
  }

  private static func frequency(_ text: String) -> Double? {
    Frequency.hertz(text).flatMap { 1e-3...1e9 ~= $0 ? $0 : nil }
  }

  /// The words that ``init(_:)`` reads.
  public var description: String {
    switch self {
    case .saturated: "saturated"
    case .periodic(let hertz): "periodic \(hertz) Hz"
    case .poisson(let hertz): "poisson \(hertz) Hz"
    }
  }

  /// Arrival times in ascending order, fs.
  ///
  /// - Parameters:
  ///   - count: how many samples arrive.
  ///   - seed: of the random numbers.
  /// - Returns: the times, the first at 0.
  /// - Throws: ``ReplayError`` if the last sample arrives later than ``StreamReport/longest``.
  public func times(_ count: Int, seed: UInt64) throws(ReplayError) -> [UInt64] {
    let times = instants(count, seed: seed)
    guard times.last ?? 0 <= StreamReport.longest else {
      throw ReplayError(
        "the last of \(count) samples that arrive '\(self)' does so after more than 4 hours; let them"
          + " arrive faster, or replay fewer")
    }
    return times.map { UInt64($0) }
  }

  private func instants(_ count: Int, seed: UInt64) -> [Double] {
    switch self {
    case .saturated: return Array(repeating: 0, count: count)
    case .periodic(let hertz): return (0..<count).map { Double($0) * 1e15 / hertz }
    case .poisson(let hertz):
      var random = RandomStream(seed: seed, path: RandomPurpose.arrivals.rawValue)
      var time = 0.0
      return (0..<count).map { index in
        // Inverse of the exponential distribution; 1 - u is never 0.
        let unit = Double(random.next() >> 11) * 0x1p-53
        if index > 0 { time += -log(1 - unit) * 1e15 / hertz }
        return time
      }
    }
  }
}
