import EventSimulation

/// Under which time step and phase the spikes of a convolution layer are filed.
///
/// The compression engine latches both when it finishes a time step; the spike engine follows the
/// time step during its sweeps, and the writer reads both in every cycle in which it takes a row. So
/// rows can be filed under another time step than they belong to. Nothing in the layer's timing
/// depends on it.
struct FrameLabels {
  private let geometry: ConvolutionGeometry
  /// Cycles in which a time step is finished.
  private let latches: [Cycle]
  /// First and last cycles of the spike engine's sweeps.
  private let sweeps: [ClosedRange<Cycle>]

  init(_ geometry: ConvolutionGeometry, latches: [Cycle], sweeps: [ClosedRange<Cycle>]) {
    self.geometry = geometry
    self.latches = latches
    self.sweeps = sweeps
  }

  /// The rows that the writer takes.
  ///
  /// - Parameter firsts: the first busy cycle of each of its turns.
  /// - Returns: for each row the cycle, and the address in the spike RAM.
  func captures(firsts: [Cycle]) -> [(cycle: Cycle, address: UInt64)] {
    let rows = geometry.timeSteps * geometry.outputChannels
    let addresses = UInt64(1) << UInt64(ceilingLogarithm(rows))
    let elements = UInt64(geometry.processingElements)
    return firsts.flatMap { first in
      (0..<elements).map { element in
        let cycle = first + 3 * element
        let row =
          timeStep(at: cycle) * UInt64(geometry.outputChannels) + phase(at: cycle) * elements
          + element
        return (cycle, row % addresses)
      }
    }
  }

  /// The phase, through a transparent latch: it changes in the very cycle.
  func phase(at cycle: Cycle) -> UInt64 {
    let finished = count(in: latches.count) { latches[$0] <= cycle }
    guard finished > 0 else { return 0 }
    return UInt64((finished - 1) / geometry.timeSteps % geometry.phases)
  }

  /// The time step as the spike engine has it: what was latched in the last sweeping cycle before.
  func timeStep(at cycle: Cycle) -> UInt64 {
    let begun = count(in: sweeps.count) { sweeps[$0].lowerBound < cycle }
    guard begun > 0 else { return 0 }
    let sampled = min(cycle - 1, sweeps[begun - 1].upperBound)
    let finished = count(in: latches.count) { latches[$0] <= sampled }
    guard finished > 0 else { return 0 }
    return UInt64((finished - 1) % geometry.timeSteps)
  }

  /// How many of the first elements satisfy a condition that no later one does.
  private func count(in elements: Int, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, elements)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The counters of a fully connected layer, under which its spikes are filed: a row is stored when
/// they have moved on already, so it lands in the next time step's row.
struct PassCounters {
  private let geometry: FullyConnectedGeometry
  private let ready: [Cycle]
  private let passEnds: [Cycle]
  /// The counter returns to 0 behind the last pass, or wraps if it cannot hold that.
  private let passes: Int

  init(_ geometry: FullyConnectedGeometry, ready: [Cycle], passEnds: [Cycle]) {
    self.geometry = geometry
    self.ready = ready
    self.passEnds = passEnds
    passes = min(geometry.passesWithTheExtraOne, geometry.passCounterLimit)
  }

  /// Counts in the cycle of the ready pulse, and shows it in the next.
  func timeStep(at cycle: Cycle) -> UInt64 {
    UInt64(Self.count(ready, before: cycle) % geometry.timeSteps)
  }

  /// Counts in the cycle that ends a pass, and shows it in the next.
  func pass(at cycle: Cycle) -> UInt64 { UInt64(Self.count(passEnds, before: cycle) % passes) }

  private static func count(_ cycles: [Cycle], before limit: Cycle) -> Int {
    var (low, high) = (0, cycles.count)
    while low < high {
      let middle = (low + high) / 2
      if cycles[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
