import EventSimulation

/// The event simulation of platforms whose layers work in lock-step.
///
/// A run allocates nothing.
final class LockStepSimulator<Probe: KernelProbe>: SampleSimulator {
  private var design: LockStepDesign
  private var kernel: EventKernel<Probe>
  private let readsWhileIdle: Bool
  private let largestFrames: [Int?]

  /// Builds the accelerator.
  ///
  /// - Parameters:
  ///   - model: the accelerator.
  ///   - makeProbe: makes the observer, given the netlist.
  ///   - order: see ``EventSimulation/EventKernel/init(_:probe:order:)``.
  /// - Throws: what ``AcceleratorModel/check()`` throws.
  init(
    _ model: some LockStepModel, probe makeProbe: (Topology) -> Probe, order: [Int]?
  ) throws(ConfigurationError) {
    try model.check()
    largestFrames = model.largestFrames
    readsWhileIdle = model.readsWhileIdle
    design = LockStepDesign(
      model.lockStepLayers, frameCounts: model.frameCounts, everyPhaseReadsTheSame: true,
      starts: [0])
    kernel = EventKernel(design.topology, probe: makeProbe(design.topology), order: order)
  }

  var topology: Topology { design.topology }

  var probe: Probe {
    get { kernel.probe }
    set { kernel.probe = newValue }
  }

  func processes(ofLayer layer: Int) -> [ProcessIdentifier] { design.places[layer].processes }

  var eventCount: UInt64 { kernel.eventCount }

  func load(counts: [[UInt32]]) throws(ConfigurationError) {
    try Accelerator.load(counts, into: design.counts, largestFrames: largestFrames)
  }

  // Called through an existential, which the compiler does not look through: without this, every
  // event of every replay runs unspecialised, at a sixth to a third of the speed.
  @_specialize(where Probe == NoProbe)
  @_specialize(where Probe == IntervalRecorder)
  @discardableResult
  func run() throws(ConfigurationError) -> Cycle {
    kernel.reset()
    design.start(&kernel)
    guard kernel.run(&design) else { throw .endlessSample }
    return design.engines(ofLayer: design.places.count - 1).loadedAt
  }

  func result() -> SampleReplay {
    let engines = design.places.indices.map { design.engines(ofLayer: $0) }
    let accounts = LayerAccount.chain(
      design.places.map(\.processes), loaded: engines.map(\.loadedAt), kernel)
    var layers: [LayerReplay] = []
    for (account, engines) in zip(accounts, engines) {
      layers.append(account.replay(engines, readsWhileIdle: readsWhileIdle, kernel))
    }
    return SampleReplay(
      latency: engines.last?.loadedAt ?? 0, window: accounts.last?.window ?? 0, layers: layers)
  }
}
