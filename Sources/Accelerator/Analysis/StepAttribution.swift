import EventSimulation

/// Where the cycles of a layer went, time step by time step.
///
/// A layer's time is cut where its engines step on to the next time step; over several passes, the
/// windows of a time step add up. What comes after the last cut (late accumulation, activation and
/// writing) is the tail. All cells of an engine add up to the accounted time.
public struct StepAttribution: Hashable, Sendable {
  /// Time steps; the tail and the time outside the layer's activity follow them.
  public let timeSteps: Int
  /// Cycles: `[engine][slot][state]`, slots being the time steps, the tail, and outside; states as
  /// in ``EngineDescription/states``.
  public private(set) var cycles: [[[UInt64]]]
  /// Length of each slot, summed over passes.
  public private(set) var slotCycles: [UInt64]

  /// The slot of the tail.
  public var tail: Int { timeSteps }
  /// The slot of the time in which the layer is not active.
  public var outside: Int { timeSteps + 1 }

  /// An empty account.
  ///
  /// - Parameters:
  ///   - timeSteps: time steps of a sample.
  ///   - engines: the layer's engines.
  public init(timeSteps: Int, engines: [EngineDescription]) {
    self.timeSteps = timeSteps
    slotCycles = Array(repeating: 0, count: timeSteps + 2)
    cycles = engines.map { engine in
      Array(
        repeating: Array(repeating: 0, count: engine.states.count), count: timeSteps + 2)
    }
  }

  /// Adds one layer of one sample.
  ///
  /// - Parameters:
  ///   - recording: the sample.
  ///   - layer: the layer's position.
  public mutating func add(_ recording: SampleRecording, layer: Int) {
    let engines = recording.engines.filter { $0.layer == layer }
    let account = recording.replay.layers[layer]
    let windows = StepWindows(engines, timeSteps: timeSteps, start: account.start, end: account.end)
    for window in windows.slots(until: recording.replay.window) {
      slotCycles[window.slot] += window.end - window.from
    }
    for (index, engine) in engines.enumerated() {
      let states = EngineStates(engine)
      var cursor = windows.cursor(until: recording.replay.window)
      var end: Cycle = 0
      for interval in engine.intervals {
        end = interval.from + interval.length
        cursor.spread(from: interval.from, to: end) { slot, length in
          let state = states.position(of: interval.state, isActive: slot != outside)
          cycles[index][slot][state] += length
        }
      }
      // After its last interval an engine rests in the state that it waits in.
      cursor.spread(from: end, to: max(end, recording.replay.window)) { slot, length in
        let state = states.position(of: states.resting, isActive: slot != outside)
        cycles[index][slot][state] += length
      }
    }
  }

  /// Elements that remain in their accumulating state between bursts are busy only as long as they
  /// are told to accumulate.
  ///
  /// The bursts of a convolution layer's spike engine tell them.
  ///
  /// - Parameter engines: the layer's engines.
  public mutating func countGapsAsWaiting(_ engines: [EngineDescription]) {
    for teller in engines.indices { countGapsAsWaiting(engines, toldBy: teller) }
  }

  /// The elements are those of the same event controller: the next behind the spike engine.
  private mutating func countGapsAsWaiting(_ engines: [EngineDescription], toldBy teller: Int) {
    guard let burst = engines[teller].states.firstIndex(where: { $0.name == "burst" }),
      let elements = engines.indices.dropFirst(teller).first(where: { index in
        ["accumulate", "waiting"].allSatisfy { name in
          engines[index].states.contains { $0.name == name }
        }
      }),
      let busy = engines[elements].states.firstIndex(where: { $0.name == "accumulate" }),
      let waiting = engines[elements].states.firstIndex(where: { $0.name == "waiting" })
    else { return }
    for slot in slotCycles.indices {
      let told = cycles[teller][slot][burst]
      let gaps = cycles[elements][slot][busy] - min(cycles[elements][slot][busy], told)
      cycles[elements][slot][busy] -= gaps
      cycles[elements][slot][waiting] += gaps
    }
  }

  /// Adds the account of other samples.
  public mutating func add(_ other: StepAttribution) {
    for slot in slotCycles.indices { slotCycles[slot] += other.slotCycles[slot] }
    for engine in cycles.indices {
      for slot in cycles[engine].indices {
        for state in cycles[engine][slot].indices {
          cycles[engine][slot][state] += other.cycles[engine][slot][state]
        }
      }
    }
  }
}

/// Translates the states of a state machine into those that reports show.
private struct EngineStates {
  private let active: [Int]
  private let inactive: [Int]
  /// The number of the state in which the engine rests at the end.
  let resting: UInt8

  init(_ engine: SampleRecording.Engine) {
    let shown = engine.description.states
    let idle = shown.firstIndex { $0.name == "idle" }
    let waiting = shown.firstIndex { $0.name == "waiting" }
    inactive = engine.states.map { name in
      let same = shown.firstIndex { $0.name == name && $0.activity != .idle }
      return same ?? shown.firstIndex { $0.name == name } ?? idle ?? 0
    }
    active = engine.states.indices.map { state in
      let position = (Self.rests.contains(engine.states[state]) ? waiting : nil)
      return position ?? shown.firstIndex { $0.name == engine.states[state] } ?? waiting ?? idle
        ?? 0
    }
    resting = UInt8(engine.restState)
  }

  /// What state machines call having nothing to do.
  private static let rests: Set<String> = ["idle", "rest"]

  func position(of state: UInt8, isActive: Bool) -> Int {
    isActive ? active[Int(state)] : inactive[Int(state)]
  }
}

/// The time of one layer, cut at the ends of its time steps.
private struct StepWindows {
  struct Window {
    let slot: Int
    let from: Cycle
    let end: Cycle
  }

  private var windows: [Window] = []
  private let outside: Int

  init(_ engines: [SampleRecording.Engine], timeSteps: Int, start: Cycle, end: Cycle) {
    outside = timeSteps + 1
    var cuts: [Cycle] = []
    for engine in engines {
      let ending = Set(engine.description.states.filter(\.endsTimeStep).map(\.name))
      let numbers = engine.states.indices.filter { ending.contains(engine.states[$0]) }.map(
        UInt8.init)
      guard !numbers.isEmpty else { continue }
      for interval in engine.intervals where numbers.contains(interval.state) {
        cuts.append(interval.from + interval.length)
      }
    }
    cuts.sort()
    if start > 0 { windows.append(Window(slot: outside, from: 0, end: start)) }
    var from = start
    for (index, cut) in cuts.enumerated() where cut > from {
      windows.append(Window(slot: index % max(timeSteps, 1), from: from, end: cut))
      from = cut
    }
    if end > from { windows.append(Window(slot: timeSteps, from: from, end: end)) }
  }

  /// All windows from cycle 0 to the end of the accounted time.
  func slots(until limit: Cycle) -> [Window] {
    let last = windows.last?.end ?? 0
    let rest = limit > last ? [Window(slot: outside, from: last, end: limit)] : []
    return windows + rest
  }

  func cursor(until limit: Cycle) -> Cursor { Cursor(slots(until: limit)) }

  /// Spreads ascending intervals over the windows.
  struct Cursor {
    private let windows: [Window]
    private var position = 0

    init(_ windows: [Window]) { self.windows = windows }

    mutating func spread(from: Cycle, to end: Cycle, _ take: (Int, UInt64) -> Void) {
      var from = from
      while from < end, position < windows.count {
        let window = windows[position]
        if window.end <= from {
          position += 1
          continue
        }
        let part = min(end, window.end)
        take(window.slot, part - from)
        from = part
      }
    }
  }
}
