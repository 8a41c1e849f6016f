import EventSimulation

extension ConvolutionGeometry {
  /// The states of a spike engine that exist: without a drain if there is nothing to drain.
  func withoutDrain(_ cycles: [Cycle]) -> [Cycle] {
    options.drainCycles == 0 ? Array(cycles.dropLast()) : cycles
  }
}

extension LayerAccount {
  /// What a convolution layer did whose lists wait in rings.
  ///
  /// - Parameters:
  ///   - layer: its engines, at rest.
  ///   - readsWhileIdle: whether the input's read enable is high in idle cycles.
  ///   - kernel: the simulation.
  /// - Returns: states as ``EngineDescription/convolution(_:sweepsShort:isDoneEarly:)`` lists them.
  func buffered<Probe: KernelProbe>(
    _ layer: BufferedConvolutionLayer, readsWhileIdle: Bool,
    _ kernel: borrowing EventKernel<Probe>
  ) -> LayerReplay {
    let geometry = layer.geometry
    let cores = UInt64(geometry.processingElements)
    var counters = LayerCounters()
    var stateCycles: [[Cycle]] = []
    for index in 0..<layer.controllerCount {
      let controller = layer.controllers[index]
      let role = stateCycles.count
      let compression = cycles(CompressionEngine.State.self, role: role, kernel)
      let spikes = cycles(SpikeEngine.State.self, role: role + 1, kernel)
      let elements = cycles(ConvolutionElements.State.self, role: role + 2, kernel)
      let burst = spikes[Int(SpikeEngine.State.burst.rawValue)]
      stateCycles += [
        compression, splitRest(geometry.withoutDrain(spikes)),
        splitElements(elements, toldToAccumulate: burst),
      ]
      let engine = controller.compression
      counters.frames += engine.frames
      counters.encodedSpikes += engine.encodedSpikes
      counters.largestList = max(counters.largestList, UInt64(engine.largestList))
      counters.accumulateCycles += burst
      counters.inputReads +=
        readsWhileIdle
        ? Self.inputReads(
          collecting: engine.frames, starts: engine.starts, idle: compression[0],
          restsInIdle: true)
        : engine.frames
    }
    let role = stateCycles.count
    let writer = cycles(SpikeWriter.State.self, role: role, kernel)
    stateCycles.append(splitRest(writer))

    counters.inputSpikes = counters.encodedSpikes / UInt64(geometry.phases)
    counters.encoderChunks = counters.frames * UInt64(geometry.chunks)
    counters.activations = layer.controllers[0].spikes.activations
    counters.activateCycles = layer.controllers[0].spikes.activateEnables
    counters.spikeWrites =
      layer.writer.writesPerElement * writer[Int(SpikeWriter.State.sample.rawValue)]
    let taps = counters.accumulateCycles / UInt64(geometry.options.accessCycles)
    let groups = UInt64(layer.controllerCount)
    let (pixels, sweeps) = (UInt64(geometry.outputPixels), counters.activations * groups)
    counters.weightReads = taps * cores
    counters.potentialReads = (taps + sweeps * pixels) * cores
    counters.potentialWrites = (taps + sweeps * (pixels - 1)) * cores
    counters.droppedWrites = kernel.missedPulses(processes[role])
    return LayerReplay(
      start: start, end: end, cycles: layer.loadedAt - start, stateCycles: stateCycles,
      counters: counters)
  }

  /// The states of processing elements, which remain in their accumulating state between bursts.
  ///
  /// - Parameters:
  ///   - cycles: cycles in each state.
  ///   - told: cycles in which they are told to accumulate.
  /// - Returns: the same, with the time between bursts as waiting.
  func splitElements(_ cycles: [Cycle], toldToAccumulate told: Cycle) -> [Cycle] {
    // In the first cycle of a burst after a rest the elements are still at rest.
    let accumulating = min(cycles[1], told)
    var states = splitRest(cycles)
    states[1] += cycles[1] - accumulating
    states[2] = accumulating
    return states
  }
}
