import EventSimulation

extension Hybrid2024Recording {
  /// Everything that is measured of a convolution layer.
  static func convolution(
    _ layer: ConvolutionLayer, _ events: LayerEvents,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> JSONValue {
    let geometry = layer.geometry
    typealias Encoder = CompressionEngine.State
    let processes = events.place.processes
    let (encoder, spikes, core, writer) = (
      processes[0], processes[1], processes[2], processes[3]
    )
    let labels = FrameLabels(geometry, events)
    let captures = labels.captures(
      firsts: events.firsts(of: writer, in: SpikeWriter.State.sample))
    let taps = UInt64(geometry.kernel * geometry.kernel)
    let bursts = events.intervals(of: spikes, in: SpikeEngine.State.burst).map {
      JSONValue.numbers([$0.from, $0.from + $0.length - 1, $0.length / taps])
    }
    let idle = events.cycles(of: encoder, in: Encoder.idle, kernel)
    return .object([
      "frames": frames(events),
      "timeStepIterations": .numbers(events.firsts(of: encoder, in: Encoder.timeStep)),
      "phaseIterations": .numbers(events.firsts(of: encoder, in: Encoder.phase)),
      "done": .oneOrMore(events.firsts(of: encoder, in: Encoder.done)),
      "loaded": .oneOrMore(events.pulses(of: events.place.loaded)),
      "bursts": .array(bursts),
      "activations": events.spans(of: spikes, in: SpikeEngine.State.activate),
      "ready": .array(
        events.pulses(of: events.place.ready).map {
          .numbers([$0, labels.timeStep(at: $0), labels.phase(at: $0)])
        }),
      "coreActivations": events.spans(of: core, in: ConvolutionElements.State.activate),
      "writerCaptures": .array(captures.map { .numbers([$0.cycle, $0.address]) }),
      "encoderStates": events.states(
        of: encoder,
        named: [
          ("idle", Encoder.idle), ("wait_spk", .wait), ("chunk_load", .load),
          ("chunk_iter", .encode), ("addr_reset", .clear), ("transit", .transit),
          ("ic_iter", .channel), ("time_step_iter", .timeStep), ("oc_iter", .phase),
          ("done", .done),
        ], kernel),
      "spikeStates": events.states(
        of: spikes,
        named: [("idle", SpikeEngine.State.idle), ("spk_iter", .burst), ("activate", .activate)],
        kernel),
      "coreStates": events.states(
        of: core,
        named: [
          ("s0", ConvolutionElements.State.rest), ("s1", .accumulate), ("s3", .activate),
          ("s7", .exit),
        ], kernel),
      "writerStates": events.states(
        of: writer,
        named: [
          ("s0", SpikeWriter.State.idle), ("s1", .sample), ("s2", .write), ("s3", .secondWrite),
        ], kernel),
      "inputReads": .optional(
        idle.map {
          LayerAccount.inputReads(
            collecting: layer.compression.frames, starts: layer.compression.starts, idle: $0,
            restsInIdle: true)
        }),
      "spikeWrites": .number(2 * UInt64(captures.count)),
      "end": .optional(events.end),
      "neverFinishes": .boolean(geometry.chunkCounterOverflows),
    ])
  }

  private static func frames(_ events: LayerEvents) -> JSONValue {
    let offers = events.changes(of: events.place.handover).filter { $0.value > 0 }
    let lists = Dictionary(offers.map { ($0.from, $0.value) }, uniquingKeysWith: { $1 })
    var frames: [JSONValue] = []
    var wait: Cycle = 0
    var encoded: Cycle = 0
    for interval in events.intervals(of: events.place.processes[0]) {
      switch CompressionEngine.State(rawValue: interval.state) {
      case .wait: wait = interval.from
      case .load, .encode, .clear: encoded = interval.from + interval.length - 1
      case .channel:
        frames.append(.numbers([wait, encoded, interval.from, lists[encoded + 1] ?? 0]))
      default: break
      }
    }
    return .array(frames)
  }
}

/// Under which time step and phase the spikes of a convolution layer are filed.
///
/// The compression engine latches both when it finishes a time step; the spike engine follows the
/// time step during its sweeps, and the writer reads both in every cycle in which it takes a row. So
/// rows can be filed under another time step than they belong to. Nothing in the layer's timing
/// depends on it.
private struct FrameLabels {
  private let geometry: ConvolutionGeometry
  /// Cycles in which a time step is finished.
  private let latches: [Cycle]
  private let sweeps: [IntervalRecorder.Interval]

  init(_ geometry: ConvolutionGeometry, _ events: LayerEvents) {
    self.geometry = geometry
    latches = events.firsts(
      of: events.place.processes[0], in: CompressionEngine.State.timeStep)
    sweeps = events.intervals(
      of: events.place.processes[1], in: SpikeEngine.State.activate)
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
    let begun = count(in: sweeps.count) { sweeps[$0].from < cycle }
    guard begun > 0 else { return 0 }
    let sweep = sweeps[begun - 1]
    let sampled = min(cycle - 1, sweep.from + sweep.length - 1)
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
