import SpikeTraces

extension ReplayReport {
  /// Turns the sums over all samples into a report.
  ///
  /// - Throws: ``ReplayError`` if the engines' cycles do not add up to the accounted time, which would be
  ///   a fault of the simulation.
  package init(
    _ sum: ReplayAggregate, trace: ReplayedTrace, hardware: BoundHardware,
    engine: ReplayEngine, engines: [[EngineDescription]], notes: [String]
  ) throws(ReplayError) {
    let file = hardware.file
    schemaVersion = Self.currentSchema
    softwareVersion = SoftwareVersion.current
    self.trace = trace
    self.engine = engine
    self.hardware = ReplayedHardware(
      path: file.path, name: file.name, platform: file.platform, quirks: file.quirks,
      clockHertz: file.clock,
      device: file.device, source: file.source)
    answers = AnswerStatistics(judged: sum.judged, correct: sum.correct)
    latencyCycles = CycleDistribution(sum.latencies)
    latencySeconds = TimeDistribution(latencyCycles, clock: file.clock)
    sampleLatencies = zip(sum.samples, sum.latencies).sorted { $0.0 < $1.0 }.map(\.1)
    framesPerSecond = latencyCycles.mean > 0 ? file.clock / latencyCycles.mean : 0
    windowCycles = sum.window
    layers = []
    for (index, layer) in hardware.layers.enumerated() {
      layers.append(
        try LayerReport(
          layer, at: index, of: sum,
          clock: file.layers[index].clock ?? file.clock,
          timeSteps: trace.timeSteps, engines: engines[index]))
    }
    let latency = layers.reduce(0) { $0 + $1.totalSeconds }
    for index in layers.indices where latency > 0 {
      layers[index].shareOfLatency = layers[index].totalSeconds / latency
    }
    warnings = notes
    for (index, layer) in hardware.layers.enumerated() {
      let sums = sum.layers[index]
      warnings += layer.warnings(sums, name: layer.name, samples: trace.samples)
    }
  }
}

extension LayerReport {
  fileprivate init(
    _ layer: BoundLayer, at index: Int, of sum: ReplayAggregate, clock: Double, timeSteps: Int,
    engines descriptions: [EngineDescription]
  ) throws(ReplayError) {
    let sums = sum.layers[index]
    name = layer.name
    kind = layer.kind
    processingElements = layer.processingElements
    passes = layer.passes
    encoderWidth = layer.encoderWidth
    listCapacity = layer.listCapacity
    cycles = CycleDistribution(sums.cycles)
    seconds = TimeDistribution(cycles, clock: clock)
    totalCycles = sums.cycles.reduce(0, +)
    totalSeconds = Double(totalCycles) / clock
    shareOfLatency = 0
    counters = sums.counters
    engines = []
    for (description, cycles) in zip(descriptions, sums.stateCycles) {
      guard cycles.count == description.states.count, cycles.reduce(0, +) == sum.window else {
        throw ReplayError(
          "the cycles of the \(description.name) of layer '\(layer.name)' do not add up to the "
            + "simulated time; this is a fault of the simulation, so please report it")
      }
      let states = zip(description.states, cycles).map { state, cycles in
        EngineReport.State(
          name: state.name, activity: state.activity, explanation: state.explanation,
          cycles: cycles)
      }
      engines.append(EngineReport(name: description.name, states: states))
    }
    activeCycles = sum.window - (engines.map { $0.cycles(.idle) }.min() ?? 0)
    // Event controllers accumulate at the same time, each with its own elements, and activate together.
    let work =
      counters.accumulateCycles / UInt64(layer.eventControllers) + counters.activateCycles
    processingElementUse = ProcessingElementUse(
      whileActive: ratio(work, activeCycles), overSample: ratio(work, sum.window))
    encoderUse = EncoderUse(
      spikesPerChunk: ratio(counters.encodedSpikes, counters.encoderChunks),
      occupancy: ratio(counters.encodedSpikes, counters.encoderChunks * UInt64(encoderWidth ?? 0)))
    listUse = ListUse(largestFrame: sums.largestFrame, capacity: listCapacity)
    let steps = UInt64(timeSteps) * UInt64(sum.latencies.count)
    let input = sum.boundarySpikes[index]
    let output = sum.boundarySpikes[index + 1]
    spikes = SpikeStatistics(
      input: input, output: output,
      inputRate: ratio(input, UInt64(layer.inputNeurons) * steps),
      outputRate: ratio(output, UInt64(layer.outputNeurons) * steps))
  }
}

/// A quotient, 0 where there is nothing to divide by.
private func ratio(_ part: UInt64, _ whole: UInt64) -> Double {
  whole == 0 ? 0 : Double(part) / Double(whole)
}
