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
    let labels = FrameLabels(
      geometry, latches: events.firsts(of: encoder, in: Encoder.timeStep),
      sweeps: events.intervals(of: spikes, in: SpikeEngine.State.activate).map {
        $0.from...$0.from + $0.length - 1
      })
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
