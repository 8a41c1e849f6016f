import EventSimulation

/// Which engine the latency of a sample hung on, cycle by cycle.
///
/// Followed backwards from the completion of the last layer: as long as an engine is busy, the
/// cycles are its own; where it was woken by a signal it had waited for, the path goes on with the
/// engine that raised the signal. So the segments follow each other without a gap, and add up to the
/// latency. Shortening work that is not on the path saves nothing.
public struct CriticalPath: Hashable, Sendable {
  /// Consecutive cycles that hung on one engine.
  public struct Segment: Hashable, Sendable {
    /// The engine, as position in ``SampleRecording/engines``.
    public let engine: Int
    /// The number of the state that it was in.
    public let state: UInt8
    /// Whether these are cycles of a hand-shake: the engine was woken, or its signal was under way.
    public let isHandshake: Bool
    /// The first cycle.
    public let from: Cycle
    /// How many cycles.
    public let length: Cycle
  }

  /// The segments in order of time; they cover every cycle from 0 to the latency.
  public let segments: [Segment]

  /// Follows the path.
  ///
  /// - Parameter recording: a sample.
  /// - Complexity: O(n log n) for n intervals.
  public init(of recording: SampleRecording) {
    var walk = Walk(recording)
    segments = walk.segments()
  }
}

/// The walk from the end of a sample to its start.
private struct Walk {
  private let recording: SampleRecording
  /// Signals that each engine listens to.
  private let incoming: [[Int]]
  private var found: [CriticalPath.Segment] = []
  private var engine: Int
  /// The path is known from this cycle on.
  private var end: Cycle

  init(_ recording: SampleRecording) {
    self.recording = recording
    var incoming: [[Int]] = Array(repeating: [], count: recording.engines.count)
    for (index, signal) in recording.signals.enumerated() {
      for listener in signal.listeners { incoming[listener].append(index) }
    }
    self.incoming = incoming
    end = recording.replay.latency
    engine = Self.finisher(of: recording)
  }

  /// The engine of the last layer whose work ended last before the layer's completion.
  private static func finisher(of recording: SampleRecording) -> Int {
    let last = recording.engines.last?.layer ?? 0
    var best: (engine: Int, end: Cycle) = (max(recording.engines.count - 1, 0), 0)
    for (index, engine) in recording.engines.enumerated() where engine.layer == last {
      let work = engine.intervals.last {
        !$0.isWait && $0.from + $0.length <= recording.replay.latency
      }
      if let work, work.from + work.length > best.end {
        best = (index, work.from + work.length)
      }
    }
    return best.engine
  }

  mutating func segments() -> [CriticalPath.Segment] {
    while end > 0, recording.engines.indices.contains(engine) { step() }
    return found.reversed()
  }

  private mutating func step() {
    let intervals = recording.engines[engine].intervals
    let next = intervals.partition { $0.from < end }
    guard next > 0 else {
      take(from: 0, state: 0, isHandshake: true)
      return
    }
    let interval = intervals[next - 1]
    let after = interval.from + interval.length
    if after < end {
      // The engine rests; its signal is still under way.
      take(from: after, state: interval.state, isHandshake: true)
    } else if interval.isWait, after == end, let driver = waker(of: interval)?.driver {
      take(from: end - 1, state: interval.state, isHandshake: true)
      engine = driver
    } else {
      // Busy, or waiting for something from outside.
      take(from: interval.from, state: interval.state, isHandshake: interval.isWait)
    }
  }

  /// The signal that came in the last cycle of a wait, if the engine had been waiting before.
  private func waker(of interval: IntervalRecorder.Interval) -> SampleRecording.Signal? {
    let cycle = interval.from + interval.length - 1
    guard cycle > interval.from || cycle == 0 else { return nil }
    let came = incoming[engine].map { recording.signals[$0] }.filter { $0.came(in: cycle) }
    return came.first { $0.driver != nil } ?? came.first
  }

  private mutating func take(from: Cycle, state: UInt8, isHandshake: Bool) {
    found.append(
      CriticalPath.Segment(
        engine: engine, state: state, isHandshake: isHandshake, from: from, length: end - from))
    end = from
  }
}

extension SampleRecording.Signal {
  /// Whether it was raised, or changed, in a cycle.
  fileprivate func came(in cycle: Cycle) -> Bool {
    switch kind {
    case .pulse:
      let next = pulses.partition { $0 < cycle }
      return next < pulses.count && pulses[next] == cycle
    case .level:
      let next = changes.partition { $0.from < cycle }
      return next < changes.count && changes[next].from == cycle
    }
  }
}

extension Array {
  /// The number of leading elements for which a predicate holds that holds for no later one.
  func partition(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
