import EventSimulation

/// The event simulation of platform conv-2023.
///
/// A run allocates nothing.
final class Conv2023Simulator<Probe: KernelProbe>: SampleSimulator {
  private var design: Conv2023Design
  private var kernel: EventKernel<Probe>

  /// Builds the accelerator.
  ///
  /// - Parameters:
  ///   - model: the layers and quirks.
  ///   - makeProbe: makes the observer, given the netlist.
  ///   - order: see ``EventSimulation/EventKernel/init(_:probe:order:)``.
  /// - Throws: what ``Conv2023/check()`` throws.
  init(
    _ model: Conv2023, probe makeProbe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) {
    try model.check()
    design = Conv2023Design(
      model, frameCounts: model.frameCounts, everyPhaseReadsTheSame: true, starts: [0])
    kernel = EventKernel(design.topology, probe: makeProbe(design.topology), order: order)
  }

  var topology: Topology { design.topology }

  var probe: Probe {
    get { kernel.probe }
    set { kernel.probe = newValue }
  }

  func processes(ofLayer layer: Int) -> [ProcessIdentifier] { design.places[layer].processes }

  var eventCount: UInt64 { kernel.eventCount }

  func restingState(of process: ProcessIdentifier) -> UInt8 { kernel.restingState(process) }

  func load(counts: [[UInt32]]) throws(ConfigurationError) {
    guard counts.count == design.geometries.count else {
      throw ConfigurationError(
        parameter: "counts",
        message: "there are counts for \(counts.count) layers, but \(design.geometries.count) "
          + "layers")
    }
    for (index, layer) in counts.enumerated() {
      guard layer.count == design.counts[index].count else {
        throw ConfigurationError(
          layer: index, parameter: "counts",
          message: "there are \(layer.count) frame counts; the layer reads "
            + "\(design.counts[index].count)")
      }
      let largest = design.geometries[index].largestFrame
      if let wrong = layer.first(where: { $0 > largest }) {
        throw ConfigurationError(
          layer: index, parameter: "counts",
          message: "a frame has \(wrong) spikes; the layer's frames have at most \(largest)")
      }
      _ = design.counts[index].update(fromContentsOf: layer)
    }
  }

  @discardableResult
  func run() throws(ConfigurationError) -> Cycle {
    kernel.reset()
    design.start(&kernel)
    guard kernel.run(&design) else {
      throw ConfigurationError(
        parameter: "timeSteps",
        message: "the sample takes more than 2^44 cycles, two days at 100 MHz; use more processing "
          + "elements or fewer time steps")
    }
    return design.loadedAt(design.geometries.count - 1)
  }

  func result() -> SampleReplay {
    var window: Cycle = 0
    var ends: [Cycle] = []
    for (index, place) in design.places.enumerated() {
      var end = design.loadedAt(index) + 1
      for process in place.processes { end = max(end, kernel.restBegins(process)) }
      ends.append(end)
      window = max(window, end)
    }
    var layers: [LayerReplay] = []
    var start: Cycle = 0
    for index in design.geometries.indices {
      let account = LayerAccount(
        place: design.places[index], start: start, end: ends[index], window: window)
      if let engines = design.convolution(index),
        case .convolution(let geometry) = design.geometries[index]
      {
        layers.append(convolution(geometry, engines, account, start: start))
      } else if let engines = design.fullyConnected(index),
        case .fullyConnected(let geometry) = design.geometries[index]
      {
        layers.append(fullyConnected(geometry, engines, account, layer: index, start: start))
      }
      start = design.loadedAt(index)
    }
    return SampleReplay(latency: start, window: window, layers: layers)
  }

  private func convolution(
    _ geometry: ConvolutionGeometry, _ engines: ConvolutionLayer, _ account: LayerAccount,
    start: Cycle
  ) -> LayerReplay {
    let compression = account.cycles(CompressionEngine.State.self, role: 0, kernel)
    let spikes = account.cycles(SpikeEngine.State.self, role: 1, kernel)
    let elements = account.cycles(ConvolutionElements.State.self, role: 2, kernel)
    let writer = account.cycles(SpikeWriter.State.self, role: 3, kernel)
    let burst = spikes[Int(SpikeEngine.State.burst.rawValue)]
    // In the first cycle of a burst after a rest the elements are still at rest.
    let accumulating = min(elements[1], burst)
    var elementStates = account.splitRest(elements)
    elementStates[1] += elements[1] - accumulating
    elementStates[2] = accumulating

    var counters = LayerCounters()
    let (pixels, cores) = (UInt64(geometry.outputPixels), UInt64(geometry.processingElements))
    counters.frames = engines.compression.frames
    counters.encodedSpikes = engines.compression.encodedSpikes
    counters.inputSpikes = engines.compression.encodedSpikes / UInt64(geometry.phases)
    counters.encoderChunks = engines.compression.frames * UInt64(geometry.chunks)
    counters.largestList = UInt64(engines.compression.largestList)
    counters.activations = engines.spikes.activations
    counters.accumulateCycles = burst
    counters.activateCycles = engines.spikes.activateEnables
    counters.inputReads = Conv2023Counting.inputReads(
      collecting: engines.compression.frames, starts: engines.compression.starts,
      idle: compression[0], restsInIdle: true)
    counters.spikeWrites = 2 * writer[Int(SpikeWriter.State.sample.rawValue)]
    counters.weightReads = burst * cores
    counters.potentialReads = (burst + engines.spikes.activations * pixels) * cores
    counters.potentialWrites = (burst + engines.spikes.activations * (pixels - 1)) * cores
    counters.droppedWrites = kernel.missedPulses(account.place.processes[3])
    return LayerReplay(
      start: start, end: account.end, cycles: engines.compression.loadedAt - start,
      stateCycles: [
        compression, account.splitRest(spikes), elementStates, account.splitRest(writer),
      ], counters: counters)
  }

  private func fullyConnected(
    _ geometry: FullyConnectedGeometry, _ engines: FullyConnectedLayer, _ account: LayerAccount,
    layer: Int, start: Cycle
  ) -> LayerReplay {
    typealias State = RowCompressionEngine.State
    let compression = account.cycles(State.self, role: 0, kernel)
    let neurons = account.cycles(State.self, role: 1, kernel)
    let elements = account.cycles(FullyConnectedElements.State.self, role: 2, kernel)
    let writer = account.cycles(SpikeWriter.State.self, role: 3, kernel)
    func select(_ cycles: [Cycle], _ states: State...) -> [Cycle] {
      states.map { cycles[Int($0.rawValue)] }
    }
    var counters = LayerCounters()
    let cores = UInt64(geometry.processingElements)
    counters.frames = engines.compression.frames
    counters.encodedSpikes = engines.compression.encodedSpikes
    counters.inputSpikes = engines.compression.encodedSpikes
    counters.encoderChunks = engines.compression.frames * UInt64(geometry.chunks)
    counters.largestList = UInt64(engines.compression.largestList)
    counters.activations = UInt64(geometry.passes) * UInt64(geometry.timeSteps)
    counters.accumulateCycles = engines.neurons.accumulateEnables
    counters.activateCycles = engines.neurons.activateEnables
    counters.inputReads = Conv2023Counting.inputReads(
      collecting: UInt64(geometry.timeSteps * (geometry.inputChannels + 1)), starts: 1,
      idle: compression[0], restsInIdle: false)
    counters.spikeWrites = writer[Int(SpikeWriter.State.sample.rawValue)]
    counters.weightReads = elements[1] * cores
    counters.droppedWrites = kernel.missedPulses(account.place.processes[3])
    return LayerReplay(
      start: start, end: account.end, cycles: engines.neurons.loadedAt - start,
      stateCycles: [
        select(compression, .idle, .collect, .load, .encode, .clear, .timeStep, .done),
        account.splitRest(
          select(neurons, .idle, .spikeIteration, .activate, .timeStep, .neuron, .done),
          endsInDone: true),
        account.splitRest(elements),
        account.splitRest(Array(writer.dropLast())),
      ], counters: counters)
  }
}

/// The state times of one layer, and how much of a rest falls outside the layer's activity.
private struct LayerAccount {
  let place: Conv2023Design.Place
  /// The layer's start signal.
  let start: Cycle
  /// The first cycle after the layer's last activity.
  let end: Cycle
  /// Cycles accounted in all.
  let window: Cycle

  func cycles<State: ProcessState, Probe: KernelProbe>(
    _: State.Type, role: Int, _ kernel: borrowing EventKernel<Probe>
  ) -> [Cycle] {
    State.allCases.map {
      kernel.cycles(of: place.processes[role], in: $0.rawValue, before: window)
    }
  }

  /// Splits the time of an engine's state 0 into `idle` (its layer is not active) and `waiting`.
  ///
  /// - Parameters:
  ///   - cycles: cycles in each state.
  ///   - endsInDone: whether the engine never returns to state 0 after its work.
  /// - Returns: the same with state 0 in two parts.
  func splitRest(_ cycles: [Cycle], endsInDone: Bool = false) -> [Cycle] {
    let inactive = endsInDone ? start : start + (window - end)
    let idle = min(cycles[0], inactive)
    return [idle, cycles[0] - idle] + cycles.dropFirst()
  }
}
