import EventSimulation

/// The time unit of a file of waves, and the moment of a cycle in it.
struct WaveTime {
  /// The unit as the format writes it: `1 ns`.
  let unit: String
  private let unitsPerCycle: UInt64?
  private let femtosecondsPerCycle: Double

  /// Chooses the coarsest unit in which a cycle is a whole number.
  ///
  /// - Parameter clock: hertz. A clock whose period is no whole number of femtoseconds gets the unit
  ///   femtosecond, and its moments are rounded.
  init(clock: Double) {
    femtosecondsPerCycle = 1e15 / clock
    guard femtosecondsPerCycle < 0x1p62, femtosecondsPerCycle >= 1,
      femtosecondsPerCycle.rounded() == femtosecondsPerCycle
    else {
      unit = "1 fs"
      unitsPerCycle = nil
      return
    }
    var period = UInt64(femtosecondsPerCycle)
    var thousands = 0
    let names = ["fs", "ps", "ns", "us", "ms", "s"]
    while period.isMultiple(of: 1000), thousands + 1 < names.count {
      period /= 1000
      thousands += 1
    }
    unit = "1 \(names[thousands])"
    unitsPerCycle = period
  }

  /// When a cycle begins.
  func moment(_ cycle: Cycle) -> UInt64 {
    unitsPerCycle.map { cycle * $0 } ?? UInt64((Double(cycle) * femtosecondsPerCycle).rounded())
  }
}
