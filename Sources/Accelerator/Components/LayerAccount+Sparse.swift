import EventSimulation

extension LayerAccount {
  /// What a convolution layer did.
  ///
  /// - Parameters:
  ///   - layer: its engines, at rest.
  ///   - readsWhileIdle: whether the input's read enable is high in idle cycles.
  ///   - kernel: the simulation.
  /// - Returns: states as ``EngineDescription/convolution(_:sweepsShort:isDoneEarly:)`` lists them.
  func convolution<Probe: KernelProbe>(
    _ layer: ConvolutionLayer, readsWhileIdle: Bool, _ kernel: borrowing EventKernel<Probe>
  ) -> LayerReplay {
    let geometry = layer.geometry
    let compression = cycles(CompressionEngine.State.self, role: 0, kernel)
    let spikes = cycles(SpikeEngine.State.self, role: 1, kernel)
    let elements = cycles(ConvolutionElements.State.self, role: 2, kernel)
    let writer = cycles(SpikeWriter.State.self, role: 3, kernel)
    let burst = spikes[Int(SpikeEngine.State.burst.rawValue)]

    var counters = LayerCounters()
    let (pixels, cores) = (UInt64(geometry.outputPixels), UInt64(geometry.processingElements))
    counters.frames = layer.compression.frames
    counters.encodedSpikes = layer.compression.encodedSpikes
    counters.inputSpikes = layer.compression.encodedSpikes / UInt64(geometry.phases)
    counters.encoderChunks = layer.compression.frames * UInt64(geometry.chunks)
    counters.largestList = UInt64(layer.compression.largestList)
    counters.activations = layer.spikes.activations
    counters.accumulateCycles = burst
    counters.activateCycles = layer.spikes.activateEnables
    counters.inputReads =
      readsWhileIdle
      ? Self.inputReads(
        collecting: layer.compression.frames, starts: layer.compression.starts,
        idle: compression[0], restsInIdle: true)
      : layer.compression.frames
    counters.spikeWrites =
      layer.writer.writesPerElement * writer[Int(SpikeWriter.State.sample.rawValue)]
    let taps = burst / UInt64(geometry.options.accessCycles)
    counters.weightReads = taps * cores
    counters.potentialReads = (taps + layer.spikes.activations * pixels) * cores
    counters.potentialWrites = (taps + layer.spikes.activations * (pixels - 1)) * cores
    counters.droppedWrites = kernel.missedPulses(processes[3])
    return LayerReplay(
      start: start, end: end, cycles: layer.compression.loadedAt - start,
      stateCycles: [
        compression, splitRest(geometry.withoutDrain(spikes)),
        splitElements(elements, toldToAccumulate: burst), splitRest(writer),
      ],
      counters: counters)
  }

  /// What a fully connected layer did.
  ///
  /// - Parameters:
  ///   - layer: its engines, at rest.
  ///   - readsWhileIdle: whether the input's read enable is high in idle cycles.
  ///   - kernel: the simulation.
  /// - Returns: states as ``EngineDescription/fullyConnected`` lists them.
  func fullyConnected<Probe: KernelProbe>(
    _ layer: FullyConnectedLayer, readsWhileIdle: Bool, _ kernel: borrowing EventKernel<Probe>
  ) -> LayerReplay {
    let geometry = layer.geometry
    typealias State = RowCompressionEngine.State
    let compression = cycles(State.self, role: 0, kernel)
    let neurons = cycles(State.self, role: 1, kernel)
    let elements = cycles(FullyConnectedElements.State.self, role: 2, kernel)
    let writer = cycles(SpikeWriter.State.self, role: 3, kernel)
    func select(_ cycles: [Cycle], _ states: State...) -> [Cycle] {
      states.map { cycles[Int($0.rawValue)] }
    }
    var counters = LayerCounters()
    let rows = UInt64(geometry.timeSteps * (geometry.inputChannels + 1))
    counters.frames = layer.compression.frames
    counters.encodedSpikes = layer.compression.encodedSpikes
    counters.inputSpikes = layer.compression.encodedSpikes
    counters.encoderChunks = layer.compression.frames * UInt64(geometry.chunks)
    counters.largestList = UInt64(layer.compression.largestList)
    counters.activations = UInt64(layer.neurons.passes) * UInt64(geometry.timeSteps)
    counters.accumulateCycles = layer.neurons.accumulateEnables
    counters.activateCycles = layer.neurons.activateEnables
    counters.inputReads =
      readsWhileIdle
      ? Self.inputReads(collecting: rows, starts: 1, idle: compression[0], restsInIdle: false)
      : rows
    counters.spikeWrites = writer[Int(SpikeWriter.State.sample.rawValue)]
    counters.weightReads = elements[1] * UInt64(geometry.processingElements)
    counters.droppedWrites = kernel.missedPulses(processes[3])
    return LayerReplay(
      start: start, end: end, cycles: layer.neurons.loadedAt - start,
      stateCycles: [
        select(compression, .idle, .collect, .load, .encode, .clear, .timeStep, .done),
        splitRest(
          select(neurons, .idle, .spikeIteration, .activate, .timeStep, .neuron, .done),
          endsInDone: true),
        splitRest(elements),
        splitRest(Array(writer.dropLast())),
      ], counters: counters)
  }
}

/// The engines of one layer of any kind.
enum LayerEngines {
  case convolution(ConvolutionLayer)
  case buffered(BufferedConvolutionLayer)
  case fullyConnected(FullyConnectedLayer)
  case dense(DenseLayer)

  /// When the completion signal was raised.
  var loadedAt: Cycle {
    switch self {
    case .convolution(let layer): layer.compression.loadedAt
    case .buffered(let layer): layer.loadedAt
    case .fullyConnected(let layer): layer.neurons.loadedAt
    case .dense(let layer): layer.core.loadedAt
    }
  }
}

extension LayerAccount {
  /// What a layer did.
  func replay<Probe: KernelProbe>(
    _ engines: LayerEngines, readsWhileIdle: Bool, _ kernel: borrowing EventKernel<Probe>
  ) -> LayerReplay {
    switch engines {
    case .convolution(let layer): convolution(layer, readsWhileIdle: readsWhileIdle, kernel)
    case .buffered(let layer): buffered(layer, readsWhileIdle: readsWhileIdle, kernel)
    case .fullyConnected(let layer): fullyConnected(layer, readsWhileIdle: readsWhileIdle, kernel)
    case .dense(let layer): dense(layer, kernel)
    }
  }

  /// What a direct-coded layer did.
  private func dense<Probe: KernelProbe>(
    _ layer: DenseLayer, _ kernel: borrowing EventKernel<Probe>
  ) -> LayerReplay {
    let core = cycles(DenseCore.State.self, role: 0, kernel)
    let threshold = cycles(ThresholdUnit.State.self, role: 1, kernel)
    var counters = LayerCounters()
    counters.frames = UInt64(layer.core.slots)
    counters.accumulateCycles = core[Int(DenseCore.State.feed.rawValue)]
    counters.activations = UInt64(layer.core.slots)
    counters.spikeWrites = UInt64(layer.core.slots)
    return LayerReplay(
      start: start, end: end, cycles: layer.core.loadedAt - start,
      stateCycles: [core, splitRest(threshold)], counters: counters)
  }
}
