import EventSimulation

/// Runs a vector case on the simulated platform hybrid-2024 and states everything that the vectors
/// measure, in their form.
struct Hybrid2024Recording {
  let layers: [JSONValue]

  /// - Parameters:
  ///   - recorded: the layers.
  ///   - starts: cycles in which the start signal was high.
  ///   - window: the number of cycles that are simulated of hardware that never finishes; nil if it
  ///     does.
  ///   - order: see ``EventKernel/init(_:probe:order:)``.
  init(
    replaying recorded: [Hybrid2024RecordedLayer], starts: Range<Cycle>, window: Cycle?,
    order: ((Int) -> [Int])?
  ) {
    var design = LockStepDesign(
      Hybrid2024(layers: recorded.map(\.layer)).lockStepLayers,
      frameCounts: recorded.map(\.counts.count),
      everyPhaseReadsTheSame: false, starts: Array(starts))
    for (layer, buffer) in zip(recorded, design.counts) {
      _ = buffer.update(fromContentsOf: layer.counts)
    }
    var kernel = EventKernel(
      design.topology, probe: IntervalRecorder(for: design.topology),
      order: order?(design.topology.processes.count))
    design.start(&kernel)
    kernel.run(&design, until: window ?? .max)

    // All counters of a recording run until the whole accelerator is quiet.
    var end: Cycle = 0
    for process in design.topology.processes.indices.dropLast() {
      end = max(end, kernel.restBegins(ProcessIdentifier(process)))
    }
    for place in design.places {
      let record = kernel.probe
      let loaded =
        record.pulses[place.loaded.index].last ?? record.changes[place.loaded.index].last?.from
      end = max(end, loaded.map { $0 + 1 } ?? 0)
    }
    var layers: [JSONValue] = []
    for (index, layer) in recorded.enumerated() {
      let events = LayerEvents(
        kernel.probe, at: design.places[index], end: window == nil ? end : nil,
        before: window ?? .max)
      switch design.engines(ofLayer: index) {
      case .convolution(let engines): layers.append(Self.convolution(engines, events, kernel))
      case .fullyConnected(let engines):
        layers.append(Self.fullyConnected(engines.geometry, layer.counts, events, kernel))
      case .buffered: continue
      case .dense(let engines): layers.append(Self.dense(engines.geometry, events, kernel))
      }
    }
    self.layers = layers
  }

  private static func dense(
    _ geometry: DenseGeometry, _ events: LayerEvents,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> JSONValue {
    let (core, unit) = (events.place.processes[0], events.place.processes[1])
    let slots = events.pulses(of: events.place.ready).enumerated().map { slot, cycle in
      let (channel, timeStep) = (slot % (geometry.timeSteps * geometry.outputChannels))
        .quotientAndRemainder(dividingBy: geometry.timeSteps)
      return JSONValue.numbers([cycle, UInt64(timeStep), UInt64(channel)])
    }
    return .object([
      "feed": .numbers(events.firsts(of: core, in: DenseCore.State.feed)),
      "drain": .numbers(events.firsts(of: core, in: DenseCore.State.drain)),
      "ready": .array(slots),
      "threshold": events.spans(of: unit, in: ThresholdUnit.State.active),
      "loaded": .oneOrMore(events.pulses(of: events.place.loaded)),
      "counters": .object([
        "core": events.states(
          of: core,
          named: [("s0", DenseCore.State.idle), ("s1", .feed), ("s2", .drain)], kernel),
        "thr": events.states(
          of: unit, named: [("s0", ThresholdUnit.State.rest), ("s1", .active)], kernel),
        // Here the last counted cycle is named, elsewhere the first that is not counted.
        "end": events.end.map { .number($0 - 1) } ?? .null,
      ]),
    ])
  }
}

/// What the processes and signals of one layer did.
struct LayerEvents {
  let place: LockStepDesign.Place
  /// The first cycle that is not counted; nil if the hardware never finishes.
  let end: Cycle?
  private let record: IntervalRecorder
  /// What happened in this cycle or later is not part of the recording.
  let limit: Cycle

  init(
    _ record: IntervalRecorder, at place: LockStepDesign.Place, end: Cycle?, before limit: Cycle
  ) {
    self.record = record
    self.place = place
    self.end = end
    self.limit = limit
  }

  /// Intervals of a process, in order.
  func intervals(of process: ProcessIdentifier) -> [IntervalRecorder.Interval] {
    record.intervals[process.index].filter { $0.from < limit }
  }

  /// Intervals of a process in one state, in order.
  func intervals<State: ProcessState>(
    of process: ProcessIdentifier, in state: State
  ) -> [IntervalRecorder.Interval] {
    intervals(of: process).filter { $0.state == state.rawValue }
  }

  /// First cycles of a process in one state.
  func firsts<State: ProcessState>(
    of process: ProcessIdentifier, in state: State
  ) -> [Cycle] {
    intervals(of: process, in: state).map(\.from)
  }

  /// First and last cycles of a process in one state.
  func spans<State: ProcessState>(
    of process: ProcessIdentifier, in state: State
  ) -> JSONValue {
    .array(
      intervals(of: process, in: state).map { .numbers([$0.from, $0.from + $0.length - 1]) })
  }

  /// Cycles in which a pulse was high.
  func pulses(of signal: SignalIdentifier) -> [Cycle] {
    record.pulses[signal.index].filter { $0 < limit }
  }

  /// Changes of a level.
  func changes(of signal: SignalIdentifier?) -> [IntervalRecorder.Change] {
    guard let signal else { return [] }
    return record.changes[signal.index].filter { $0.from < limit }
  }

  /// Cycles of a process in a state in the counting window; nil if that has no end.
  func cycles<State: ProcessState>(
    of process: ProcessIdentifier, in state: State,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> Cycle? {
    end.map { kernel.cycles(of: process, in: state.rawValue, before: $0) }
  }

  /// Cycles of a process in each of its states, under the names of the recordings.
  func states<State: ProcessState>(
    of process: ProcessIdentifier, named names: [(String, State)],
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> JSONValue {
    guard end != nil else { return .null }
    var members: [String: JSONValue] = [:]
    for (name, state) in names {
      members[name] = .optional(cycles(of: process, in: state, kernel))
    }
    return .object(members)
  }
}

extension JSONValue {
  /// A number, or null.
  static func optional(_ value: UInt64?) -> JSONValue { value.map(number) ?? .null }

  /// One number as such, none as null, several as a list.
  static func oneOrMore(_ values: [UInt64]) -> JSONValue {
    values.count > 1 ? .numbers(values) : .optional(values.first)
  }
}
