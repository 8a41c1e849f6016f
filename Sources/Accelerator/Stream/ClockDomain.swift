import EventSimulation

/// The clock of a layer, and how a signal from another one gets into it.
///
/// Times are whole femtoseconds: 100 MHz is 10,000,000 fs exactly; where a period is no whole number
/// of them, it is rounded, by less than one part in 10^5 at 10 GHz and in 10^7 at 100 MHz.
public struct ClockDomain: Hashable, Sendable {
  /// The length of a cycle, fs.
  public let period: UInt64

  /// Cycles that a two-flip-flop synchroniser takes to bring a signal in from another clock.
  public static let synchroniserCycles: UInt64 = 2

  /// Creates a clock domain whose first edge is at time 0.
  ///
  /// - Parameter frequency: Hz, from 1 kHz to 10 GHz.
  public init(frequency: Double) { period = UInt64((1e15 / frequency).rounded()) }

  /// Creates a clock domain by the length of its cycle.
  ///
  /// - Parameter period: fs, at least 1.
  public init(period: UInt64) { self.period = max(period, 1) }

  /// When a signal is seen: at the next edge; from another clock, after the synchroniser.
  ///
  /// - Parameters:
  ///   - time: when the signal was raised, fs.
  ///   - source: the clock that it was raised with.
  /// - Returns: the time of the edge, fs.
  func arrival(of time: UInt64, from source: ClockDomain) -> UInt64 {
    let edge = ceilingDivision(time, period) * period
    return source == self ? edge : edge + Self.synchroniserCycles * period
  }

  private func ceilingDivision(_ dividend: UInt64, _ divisor: UInt64) -> UInt64 {
    (dividend + divisor - 1) / divisor
  }
}
