import EventSimulation

/// The event simulation of platform fc-2023.
///
/// A run allocates nothing.
final class FullyConnected2023Simulator<Probe: KernelProbe>: SampleSimulator {
  private let model: FullyConnected2023
  private var design: FullyConnected2023Design
  private var kernel: EventKernel<Probe>

  /// Builds the pipeline.
  ///
  /// - Parameters:
  ///   - model: the layers and quirks.
  ///   - makeProbe: makes the observer, given the netlist.
  ///   - order: see ``EventSimulation/EventKernel/init(_:probe:order:)``.
  /// - Throws: what ``FullyConnected2023/check()`` throws.
  init(
    _ model: FullyConnected2023, probe makeProbe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) {
    try model.check()
    self.model = model
    design = FullyConnected2023Design(model, countsAreOfTimeSteps: true)
    kernel = EventKernel(design.topology, probe: makeProbe(design.topology), order: order)
  }

  var topology: Topology { design.topology }

  var probe: Probe {
    get { kernel.probe }
    set { kernel.probe = newValue }
  }

  func processes(ofLayer layer: Int) -> [ProcessIdentifier] { [design.processes[layer]] }

  var eventCount: UInt64 { kernel.eventCount }

  func load(counts: [[UInt32]]) throws(ConfigurationError) {
    try model.geometry.check(counts)
    for (layer, list) in counts.enumerated() {
      _ = design.counts[layer].update(fromContentsOf: list)
    }
  }

  @discardableResult
  @_specialize(where Probe == NoProbe)
  @_specialize(where Probe == IntervalRecorder)
  func run() throws(ConfigurationError) -> Cycle {
    kernel.reset()
    design.start(&kernel)
    guard kernel.run(&design) else {
      throw ConfigurationError(
        parameter: "timeSteps",
        message: "the sample takes more than 2^44 cycles, two days at 100 MHz; use lower ratios or "
          + "fewer time steps")
    }
    guard let end = design.end(firstEnded: kernel.value(of: design.firstEnded)) else {
      let last = design.controller(model.geometry.layers - 1)
      throw model.deadlockError(
        lost: model.geometry.timeSteps - last.leftCount, of: model.geometry.timeSteps)
    }
    return end
  }

  func result() -> SampleReplay {
    let geometry = model.geometry
    let end = design.end(firstEnded: kernel.value(of: design.firstEnded)) ?? 0
    var window = end + 1
    for layer in 0..<geometry.layers { window = max(window, design.controller(layer).rest) }
    var layers: [LayerReplay] = []
    layers.reserveCapacity(geometry.layers)
    var completed: Cycle = 0
    for layer in 0..<geometry.layers {
      let controller = design.controller(layer)
      // A misnamed time step may end the sample while later ones are still under way.
      let completion = controller.isLast ? end : min(end, max(completed, controller.lastFill))
      let next = controller.isLast ? nil : design.controller(layer + 1)
      let lost = next.map { controller.handOvers - UInt64($0.enteredCount) } ?? 0
      layers.append(
        replay(
          controller, lost: lost, cycles: completion - completed, window: window))
      completed = completion
    }
    return SampleReplay(latency: end, window: window, layers: layers)
  }

  private func replay(
    _ controller: PipelineController, lost: UInt64, cycles: Cycle, window: Cycle
  ) -> LayerReplay {
    let layer = controller.layer
    let process = design.processes[layer]
    func spent(_ state: UInt8) -> Cycle {
      kernel.cycles(of: process, in: state, before: max(window, kernel.restBegins(process)))
    }
    let work =
      layer == 0
      ? FullyConnected2023.firstStates.map { spent($0.rawValue) }
      : FullyConnected2023.laterStates.map { spent($0.rawValue) }
    let start = layer == 0 ? 0 : controller.entered[0].cycle
    let idle = start + window - controller.rest
    // What is left is a rest between two time steps; the kernel counts a lost one's arrival to it.
    let waiting = window - idle - work.reduce(0, +)
    var counters = LayerCounters()
    let geometry = model.geometry
    let (spikes, neurons) = (work[1], UInt64(geometry.neurons[layer]))
    counters.inputSpikes = spikes
    counters.encodedSpikes = spikes
    counters.frames = work[0]
    counters.largestList = UInt64(controller.largestFrame)
    counters.inputReads = work[0]
    counters.spikeWrites = work[6]
    counters.weightReads = spikes * geometry.servedNeurons(of: layer, in: controller.waitCycles)
    counters.potentialReads = controller.activations * neurons
    counters.potentialWrites = controller.activations * neurons
    counters.accumulateCycles = work[2]
    counters.activateCycles = controller.activations
    counters.activations = controller.activations
    counters.droppedWrites = lost
    return LayerReplay(
      start: start, end: controller.rest, cycles: cycles,
      stateCycles: [(layer == 0 ? [idle] : [idle, waiting]) + work], counters: counters)
  }
}

extension PipelineGeometry {
  /// Neurons to which a spike's weight is added: each unit takes four cycles for one, as long as the
  /// wait lasts.
  ///
  /// - Parameters:
  ///   - layer: the layer.
  ///   - waitCycles: cycles of the wait.
  /// - Returns: the neurons.
  func servedNeurons(of layer: Int, in waitCycles: UInt64) -> UInt64 {
    let (whole, rest) = neurons[layer].quotientAndRemainder(
      dividingBy: logicalToHardwareRatios[layer])
    let turns = waitCycles / 4
    return UInt64(whole) * min(turns, UInt64(logicalToHardwareRatios[layer]))
      + min(turns, UInt64(rest))
  }

  /// Checks the counts of a sample.
  ///
  /// - Parameter counts: a count a time step, a list a layer.
  /// - Throws: ``ConfigurationError`` if they do not fit the layers.
  func check(_ counts: [[UInt32]]) throws(ConfigurationError) {
    guard counts.count == layers else {
      throw ConfigurationError(
        parameter: "counts",
        message: "there are counts for \(counts.count) layers, but \(layers) layers")
    }
    for (layer, list) in counts.enumerated() {
      guard list.count == timeSteps else {
        throw ConfigurationError(
          layer: layer, parameter: "counts",
          message: "there are \(list.count) counts; the layer reads \(timeSteps) time steps")
      }
      let largest = largestFrame(of: layer)
      for count in list where count > largest {
        throw ConfigurationError(
          layer: layer, parameter: "counts",
          message: "a time step has \(count) spikes; the layer has \(largest) inputs")
      }
    }
  }
}
