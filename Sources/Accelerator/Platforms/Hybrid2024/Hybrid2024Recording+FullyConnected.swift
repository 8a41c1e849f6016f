import EventSimulation

extension Hybrid2024Recording {
  /// Everything that is measured of a fully connected layer.
  static func fullyConnected(
    _ geometry: FullyConnectedGeometry, _ counts: [UInt32], _ events: LayerEvents,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> JSONValue {
    typealias State = RowCompressionEngine.State
    let processes = events.place.processes
    let (encoder, neurons, core, writer) = (
      processes[0], processes[1], processes[2], processes[3]
    )
    let ready = events.pulses(of: events.place.ready)
    let neuronIterations = events.firsts(of: neurons, in: State.neuron)
    let loaded = events.changes(of: events.place.loaded).first?.from
    let counters = PassCounters(geometry, ready: ready, passEnds: neuronIterations)
    let stores = events.firsts(of: writer, in: SpikeWriter.State.sample)
      .flatMap { first in (0..<UInt64(geometry.processingElements)).map { first + 2 * $0 } }
    let idle = events.cycles(of: encoder, in: State.idle, kernel)
    let compressed = events.firsts(of: encoder, in: State.timeStep)
    return .object([
      "collects": .numbers(events.firsts(of: encoder, in: State.collect)),
      "timeSteps": .array(
        compressed.enumerated().map { index, cycle in
          .numbers([cycle, index < counts.count ? UInt64(counts[index]) : 0])
        }),
      "compressionDone": .optional(
        compressed.count == geometry.timeSteps ? compressed.last.map { $0 + 1 } : nil),
      "spikeIterations": .numbers(events.firsts(of: neurons, in: State.spikeIteration)),
      "activations": .numbers(events.firsts(of: neurons, in: State.activate)),
      "neuronIterations": .numbers(neuronIterations),
      "iterationDone": .optional(loaded.map { $0 - 1 }),
      "loaded": .optional(loaded),
      "ready": .array(
        ready.map { .numbers([$0, counters.timeStep(at: $0), counters.pass(at: $0)]) }),
      "writerStores": .array(
        stores.filter { $0 < events.limit }.map {
          .numbers([$0, counters.timeStep(at: $0), counters.pass(at: $0)])
        }),
      "encoderStates": events.states(
        of: encoder,
        named: [
          ("idle", State.idle), ("concat", .collect), ("chunk_load", .load),
          ("chunk_iter", .encode), ("addr_reset", .clear), ("time_step_iter", .timeStep),
          ("done", .done),
        ], kernel),
      "spikeStates": events.states(
        of: neurons,
        named: [
          ("idle", State.idle), ("spk_iter", .spikeIteration), ("activate", .activate),
          ("time_step_iter", .timeStep), ("neur_iter", .neuron), ("done", .done),
        ], kernel),
      "coreStates": events.states(
        of: core,
        named: [
          ("s0", FullyConnectedElements.State.rest), ("s1", .accumulate), ("s2", .activate),
        ], kernel),
      "writerStates": events.states(
        of: writer,
        named: [("s0", SpikeWriter.State.idle), ("s1", .sample), ("s2", .write)], kernel),
      "weightReads": .optional(
        events.cycles(of: core, in: FullyConnectedElements.State.accumulate, kernel)),
      "inputReads": .optional(
        idle.map {
          LayerAccount.inputReads(
            collecting: UInt64(geometry.timeSteps * (geometry.inputChannels + 1)), starts: 1,
            idle: $0, restsInIdle: false)
        }),
      "end": .optional(events.end),
      "neverFinishes": .boolean(geometry.passCounterWraps),
    ])
  }
}
