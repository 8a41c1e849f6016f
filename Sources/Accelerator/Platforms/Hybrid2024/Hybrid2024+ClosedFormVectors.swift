import EventSimulation

/// Everything that recordings of platform hybrid-2024 measure, stated by the closed form.
extension Hybrid2024 {
  /// What a layer did when, as the closed form derives it.
  enum History {
    case convolution(ConvolutionGeometry, ConvolutionHistory)
    case fullyConnected(FullyConnectedGeometry, FullyConnectedHistory)
    case dense(DenseGeometry, start: Cycle)
    /// The layer before never finishes, or this one not even its first frame.
    case nothing(neverFinishes: Bool)
  }

  static func closedForm(of vector: VectorCase) throws(VectorProblem) -> [JSONValue] {
    let starts = try startCycles(vector.start)
    let layers = try recordedLayers(vector)
    let window = try recordedWindow(vector.layers, layers)
    let histories = histories(of: layers, starts: Array(starts), before: window ?? .max)
    // All counters of a recording run until the whole accelerator is quiet.
    let end = window == nil ? histories.map(\.end).max() : nil
    return histories.map { $0.measured(before: end, cutAt: window ?? .max) }
  }

  private static func histories(
    of layers: [Hybrid2024RecordedLayer], starts: [Cycle], before limit: Cycle
  ) -> [History] {
    var starts = starts
    return layers.map { recorded in
      let history: History
      let isEndless = recorded.layer.neverFinishes
      switch recorded.layer {
      case .convolution(let geometry) where !starts.isEmpty && !isEndless:
        let reading = ClosedFormReading(
          starts: starts, everyPhaseReadsTheSame: false, keepsHistory: true)
        history = .convolution(
          geometry,
          Hybrid2024ClosedForm.convolution(geometry, recorded.counts, .published, reading).history
            ?? ConvolutionHistory())
      case .fullyConnected(let geometry) where !starts.isEmpty:
        var sums = Hybrid2024ClosedForm.fullyConnected(geometry, .published)
        if isEndless { sums.passes = .max }
        history = .fullyConnected(
          geometry,
          sums.history(of: geometry, counts: recorded.counts, start: starts[0], before: limit))
      case .dense(let geometry) where !starts.isEmpty:
        history = .dense(geometry, start: starts[0])
      default: history = .nothing(neverFinishes: isEndless)
      }
      starts = isEndless ? [] : history.loaded
      return history
    }
  }
}

extension Hybrid2024.History {
  /// Cycles of the completion signal, or the first one of a level.
  var loaded: [Cycle] {
    switch self {
    case .convolution(_, let history): history.loaded
    case .fullyConnected(_, let history): [history.loaded]
    case .dense(let geometry, let start): [start + geometry.slots * geometry.slotCycles + 1]
    case .nothing: []
    }
  }

  /// The first cycle in which the layer is quiet.
  var end: Cycle {
    switch self {
    case .convolution(_, let history): history.end
    case .fullyConnected(_, let history): history.end
    case .dense: loaded[0] + 1
    case .nothing: 0
    }
  }

  /// What recordings measure of it.
  ///
  /// - Parameters:
  ///   - end: the first cycle in which the whole accelerator is quiet; nil if it never is.
  ///   - limit: the first cycle that is not recorded.
  /// - Returns: every member that the vector format has for the layer.
  func measured(before end: Cycle?, cutAt limit: Cycle) -> JSONValue {
    switch self {
    case .convolution(let geometry, let history): history.measured(of: geometry, before: end)
    case .fullyConnected(let geometry, let history):
      history.measured(of: geometry, before: end, cutAt: limit)
    case .dense(let geometry, let start): geometry.measured(from: start, before: end)
    case .nothing(let neverFinishes):
      .object([
        "loaded": .null, "end": .null, "frames": .array([]),
        "neverFinishes": .boolean(neverFinishes),
      ])
    }
  }
}

extension ConvolutionHistory {
  fileprivate func measured(of layer: ConvolutionGeometry, before end: Cycle?) -> JSONValue {
    // The time-step register is latched after each last channel.
    let channels = layer.inputChannels
    let latches = stride(from: channels - 1, to: frames.count, by: channels).map {
      frames[$0].iteration + 1
    }
    let phaseEnds = stride(from: layer.timeSteps - 1, to: latches.count, by: layer.timeSteps).map {
      latches[$0] + 1
    }
    let labels = FrameLabels(layer, latches: latches, sweeps: sweeps)
    let captures = labels.captures(firsts: writerTurns)
    let rows = Cycle(captures.count)
    let taps = Cycle(layer.kernel * layer.kernel)
    var members: [String: JSONValue] = [
      "frames": .array(frames.map(\.measured)),
      "timeStepIterations": .numbers(latches),
      "phaseIterations": .numbers(phaseEnds),
      "done": .oneOrMore(loaded.map { $0 - 1 }),
      "loaded": .oneOrMore(loaded),
      "bursts": .array(bursts.map { $0.measured(taps: taps) }),
      "activations": .array(sweeps.map(\.measured)),
      "ready": .array(
        ready.map { .numbers([$0, labels.timeStep(at: $0), labels.phase(at: $0)]) }),
      "coreActivations": .array(elementSweeps.map(\.measured)),
      "writerCaptures": .array(captures.map { .numbers([$0.cycle, $0.address]) }),
      "spikeWrites": .number(2 * rows),
      "neverFinishes": .boolean(layer.chunkCounterOverflows),
    ]
    let totals = end.map { self.totals(of: layer, rows: rows, before: $0) }
    members.merge(totals?.object ?? [:]) { $1 }
    return .object(members)
  }

  private func totals(
    of layer: ConvolutionGeometry, rows: Cycle, before end: Cycle
  ) -> JSONValue {
    let compression = compression(of: layer)
    let idle = end - compression.reduce(0, +)
    let (burst, sweep) = (Self.cycles(bursts), Self.cycles(sweeps))
    let core = elements(before: end)
    return .object([
      "encoderStates": .states(
        [
          "idle", "wait_spk", "chunk_load", "chunk_iter", "addr_reset", "transit", "ic_iter",
          "time_step_iter", "oc_iter", "done",
        ], [idle] + compression),
      "spikeStates": .states(
        ["idle", "spk_iter", "activate"], [end - burst - sweep, burst, sweep]),
      "coreStates": .states(["s0", "s1", "s3", "s7"], [end - core.reduce(0, +)] + core),
      "writerStates": .states(["s0", "s1", "s2", "s3"], [end - 3 * rows, rows, rows, rows]),
      "inputReads": .number(inputReads(idle: idle)),
      "end": .number(end),
    ])
  }
}

extension FullyConnectedHistory {
  fileprivate func measured(
    of layer: FullyConnectedGeometry, before end: Cycle?, cutAt limit: Cycle
  ) -> JSONValue {
    func recorded(_ cycles: [Cycle]) -> [Cycle] { cycles.filter { $0 < limit } }
    let ready = recorded(walks.map(\.ready))
    let passEnds = recorded(passEnds)
    let counters = PassCounters(layer, ready: ready, passEnds: passEnds)
    let elements = Cycle(layer.processingElements)
    let stores = writerTurns.flatMap { first in (0..<elements).map { first + 2 * $0 } }
    func labelled(_ cycle: Cycle) -> JSONValue {
      .numbers([cycle, counters.timeStep(at: cycle), counters.pass(at: cycle)])
    }
    var members: [String: JSONValue] = [
      "collects": .numbers(recorded(steps.map(\.collect))),
      "timeSteps": .array(
        steps.filter { $0.end < limit }.map { .numbers([$0.end, $0.spikes]) }),
      "compressionDone": .number(compressed),
      "spikeIterations": .numbers(recorded(walks.map(\.first))),
      "activations": .numbers(recorded(walks.map { $0.ready - 1 })),
      "neuronIterations": .numbers(passEnds),
      "ready": .array(ready.map(labelled)),
      "writerStores": .array(recorded(stores).map(labelled)),
      "neverFinishes": .boolean(layer.passCounterWraps),
    ]
    let unending = ["iterationDone", "loaded", "end", "weightReads", "inputReads"]
    let states = ["encoderStates", "spikeStates", "coreStates", "writerStates"]
    guard let end else {
      for name in unending + states { members[name] = .null }
      return .object(members)
    }
    let rows = elements * Cycle(writerTurns.count)
    let compression = compression(of: layer, before: end)
    members.merge([
      "iterationDone": .number(loaded - 1),
      "loaded": .number(loaded),
      "encoderStates": .states(
        [
          "idle", "concat", "chunk_load", "chunk_iter", "addr_reset", "time_step_iter", "done",
        ], compression),
      "spikeStates": .states(
        ["idle", "spk_iter", "activate", "time_step_iter", "neur_iter", "done"],
        neurons(before: end)),
      "coreStates": .states(
        ["s0", "s1", "s2"], [end - self.elements.reduce(0, +)] + self.elements),
      "writerStates": .states(["s0", "s1", "s2"], [end - 2 * rows, rows, rows]),
      "weightReads": .number(self.elements[0]),
      "inputReads": .number(
        Cycle(layer.timeSteps * (layer.inputChannels + 1)) + compression[0] - 1),
      "end": .number(end),
    ]) { $1 }
    return .object(members)
  }
}

extension DenseGeometry {
  fileprivate var slots: Cycle { Cycle(outputChannels) * Cycle(timeSteps) }
  fileprivate var slotCycles: Cycle { Cycle(pixels) + 29 }

  fileprivate func measured(from start: Cycle, before end: Cycle?) -> JSONValue {
    let firsts = (0..<slots).map { start + 1 + $0 * slotCycles }
    let feed = Cycle(pixels) + 1
    let end = end ?? 0
    let busy = slots * feed
    return .object([
      "feed": .numbers(firsts),
      "drain": .numbers(firsts.map { $0 + feed }),
      "ready": .array(
        firsts.enumerated().map { slot, first in
          .numbers([
            first + slotCycles, Cycle(slot % timeSteps), Cycle(slot / timeSteps),
          ])
        }),
      "threshold": .array(firsts.map { .numbers([$0 + 29, $0 + 28 + feed]) }),
      "loaded": .number(start + slots * slotCycles + 1),
      "counters": .object([
        "core": .states(["s0", "s1", "s2"], [end - busy - slots * 28, busy, slots * 28]),
        "thr": .states(["s0", "s1"], [end - busy, busy]),
        "end": .number(end - 1),
      ]),
    ])
  }
}
