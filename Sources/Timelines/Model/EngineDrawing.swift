import Accelerator
import EventSimulation

/// Turns the states of a state machine, as the simulation recorded them, into slices under the names
/// of reports.
///
/// Three things differ. A rest is `idle` while the layer is not active and `waiting` while it is, in
/// engines that know both. The processing elements of a convolution remain in their accumulating
/// state between bursts; there they are `waiting`. And a stay that passes through several states
/// again and again is recorded with the cycles of each added up: see ``CompoundStay``.
struct EngineDrawing {
  private let engine: SampleRecording.Engine
  private let layer: LayerReplay
  private let window: Cycle
  private let chunks: ChunkCounts?
  private var orders: AccumulateOrders?
  /// The compound stays that begin in each state.
  private let compounds: [Compound?]
  private let positions: [Int?]
  private let idle: Int
  private let waiting: Int?

  /// A compound stay in terms of one engine.
  private struct Compound {
    let stay: CompoundStay
    /// Its states as the state machine numbers them, and as reports do.
    let raw: [UInt8]
    let positions: [Int]
  }

  private(set) var states: [EngineDescription.State]
  private(set) var slices: [EngineTrack.Slice] = []
  private(set) var compositions: [Int: [(state: String, cycles: Cycle)]] = [:]
  /// Stays of compression so far: which frame is next.
  private var frame = 0

  init(_ engine: SampleRecording.Engine, in recording: SampleRecording, chunks: ChunkCounts?) {
    self.engine = engine
    self.chunks = chunks
    layer = recording.replay.layers[engine.layer]
    window = recording.replay.window
    let states = engine.description.states
    self.states = states
    positions = engine.states.map { name in states.firstIndex { $0.name == name } }
    idle = states.firstIndex { $0.activity == .idle } ?? 0
    waiting = states.firstIndex { $0.name == "waiting" }
    compounds = engine.states.map { name in
      guard
        let stay = CompoundStay.all.first(where: {
          $0.states[0] == name && Set($0.states).isSubset(of: engine.states)
        })
      else { return nil }
      return Compound(
        stay: stay,
        raw: stay.states.compactMap { engine.states.firstIndex(of: $0).map(UInt8.init) },
        positions: stay.states.map { name in states.firstIndex { $0.name == name } ?? 0 })
    }
    orders = AccumulateOrders(of: engine, in: recording)
    slices.reserveCapacity(engine.intervals.count + 1)
  }

  mutating func draw() {
    let intervals = engine.intervals
    var index = 0
    while index < intervals.count {
      let interval = intervals[index]
      if let compound = compounds[Int(interval.state)] {
        index += draw(compound, from: index)
      } else {
        draw(Int(interval.state), from: interval.from, to: interval.from + interval.length)
        index += 1
      }
    }
    let covered = intervals.last.map { $0.from + $0.length } ?? 0
    if covered < window { draw(engine.restState, from: covered, to: window) }
  }

  // MARK: Plain states

  private mutating func draw(_ raw: Int, from: Cycle, to end: Cycle) {
    if raw == 0, let waiting {
      // The rest of the layer's engines outside its activity, and inside.
      add(idle, from: from, to: min(end, layer.start))
      add(waiting, from: max(from, layer.start), to: min(end, layer.end))
      add(idle, from: max(from, layer.start, layer.end), to: end)
    } else if let position = positions[raw], let waiting, engine.states[raw] == "accumulate",
      orders != nil
    {
      var cursor = from
      while let work = orders?.next(from: cursor, before: end) {
        add(waiting, from: cursor, to: work.lowerBound)
        add(position, from: work.lowerBound, to: work.upperBound)
        cursor = work.upperBound
      }
      add(waiting, from: cursor, to: end)
    } else {
      // A state without a name of its own is one in which nothing happens.
      add(positions[raw] ?? idle, from: from, to: end)
    }
  }

  private mutating func add(_ state: Int, from: Cycle, to end: Cycle) {
    guard from < end else { return }
    if let last = slices.last, last.state == state, states[state].activity != .busy {
      slices[slices.count - 1] = EngineTrack.Slice(
        state: state, from: last.from, length: end - last.from)
    } else {
      slices.append(EngineTrack.Slice(state: state, from: from, length: end - from))
    }
  }

  // MARK: Compound stays

  /// Draws a compound stay, and says how many intervals it was.
  private mutating func draw(_ compound: Compound, from index: Int) -> Int {
    let intervals = engine.intervals
    let start = intervals[index].from
    var lengths: [Cycle] = []
    var next = index
    for state in compound.raw {
      if next < intervals.count, intervals[next].state == state {
        lengths.append(intervals[next].length)
        next += 1
      } else {
        lengths.append(0)
      }
    }
    let readsChunks = compound.stay.pattern == .chunks
    let frameChunks = readsChunks ? chunks?.frame(frame) : nil
    if readsChunks { frame += 1 }
    var cursor = start
    if let steps = compound.stay.steps(lengths, chunks: frameChunks) {
      for step in steps {
        slices.append(
          EngineTrack.Slice(
            state: compound.positions[step.state], from: cursor, length: step.cycles))
        cursor += step.cycles
      }
    } else {
      compositions[slices.count] = zip(compound.stay.states, lengths).map {
        (state: $0, cycles: $1)
      }
      slices.append(
        EngineTrack.Slice(
          state: position(of: compound.stay), from: start, length: lengths.reduce(0, +)))
    }
    return next - index
  }

  private mutating func position(of compound: CompoundStay) -> Int {
    if let known = states.firstIndex(where: { $0.name == compound.name }) { return known }
    states.append(EngineDescription.State(compound.name, .busy, compound.explanation))
    return states.count - 1
  }
}
