import EventSimulation

/// The event simulation of platform fc-2023-rtl.
///
/// A run allocates nothing.
final class FullyConnected2023RTLSimulator<Probe: KernelProbe>: SampleSimulator {
  private let model: FullyConnected2023RTL
  private var design: FullyConnected2023RTLDesign
  private var kernel: EventKernel<Probe>

  /// Builds the layer.
  ///
  /// - Parameters:
  ///   - model: the layer and quirks.
  ///   - makeProbe: makes the observer, given the netlist.
  ///   - order: see ``EventSimulation/EventKernel/init(_:probe:order:)``.
  /// - Throws: what ``FullyConnected2023RTL/check()`` throws.
  init(
    _ model: FullyConnected2023RTL, probe makeProbe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) {
    try model.check()
    self.model = model
    design = FullyConnected2023RTLDesign(
      model, counts: Array(repeating: 0, count: model.timeSteps))
    kernel = EventKernel(design.topology, probe: makeProbe(design.topology), order: order)
  }

  var topology: Topology { design.topology }

  var probe: Probe {
    get { kernel.probe }
    set { kernel.probe = newValue }
  }

  func processes(ofLayer layer: Int) -> [ProcessIdentifier] {
    [design.controllerProcess, design.unitsProcess]
  }

  var eventCount: UInt64 { kernel.eventCount }

  func load(counts: [[UInt32]]) throws(ConfigurationError) {
    try model.check(counts)
    _ = design.counts.update(fromContentsOf: counts[0])
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
        message: "the sample takes more than 2^44 cycles, two days at 100 MHz; use more processing "
          + "elements or fewer time steps")
    }
    guard !design.controller.hangs else {
      let train = design.controller.trains - 1
      throw model.hangError(train: train, spikes: design.counts[train])
    }
    return design.controller.availableAt
  }

  func result() -> SampleReplay {
    let (controller, units) = (design.controller, design.units)
    // The layer says in a cycle of its own that it is available.
    let end = max(controller.availableAt + 1, units.idleFrom)
    let control = cycles(of: design.controllerProcess, SpikeTrainController.State.self, end)
    let work = cycles(of: design.unitsProcess, SpikeTrainUnits.State.self, end)
    let elements = UInt64(model.geometry.processingElements)
    let spikes = control[Int(SpikeTrainController.State.clear.rawValue)]
    var counters = LayerCounters()
    counters.inputSpikes = spikes
    counters.encodedSpikes = spikes
    counters.frames = UInt64(controller.trains)
    counters.largestList = UInt64(
      min(controller.largestTrain, UInt32(model.geometry.listCapacity)))
    counters.inputReads = UInt64(controller.trains)
    counters.spikeWrites = units.activations
    // The weight RAMs are enabled while an address is given and while it is read.
    counters.weightReads = 2 * units.additions * elements
    counters.potentialReads = work[Int(SpikeTrainUnits.State.leak.rawValue)] * elements
    counters.potentialWrites = work[Int(SpikeTrainUnits.State.store.rawValue)] * elements
    counters.accumulateCycles = controller.accumulateEnables
    counters.activateCycles = controller.activateEnables
    counters.activations = units.activations
    counters.droppedWrites = UInt64(controller.trains) - units.activations
    return SampleReplay(
      latency: controller.availableAt, window: end,
      layers: [
        LayerReplay(
          start: 0, end: end, cycles: controller.availableAt, stateCycles: [control, work],
          counters: counters)
      ])
  }

  /// Cycles in every state up to the end, of an engine that rests in its state 0.
  ///
  /// An enable that falls wakes idle units, which is no activity: the kernel's account of their rest
  /// may reach beyond the end.
  private func cycles<State: ProcessState>(
    of process: ProcessIdentifier, _: State.Type, _ end: Cycle
  ) -> [Cycle] {
    let accounted = max(end, kernel.restBegins(process))
    var cycles = State.allCases.map {
      kernel.cycles(of: process, in: $0.rawValue, before: accounted)
    }
    cycles[0] -= accounted - end
    return cycles
  }
}
