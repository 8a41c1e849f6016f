import EventSimulation

/// The processes of one layer of the register-transfer design, and the source that offers it spike
/// trains.
struct FullyConnected2023RTLDesign: SimulatedDesign, ~Copyable {
  /// The signals of the layer.
  struct Wiring {
    /// High for the one cycle in which a spike train is offered.
    let train: SignalIdentifier
    /// High for the first cycle in which the layer is available again.
    let available: SignalIdentifier
    /// While it is high, the first cycle in which it will be low again.
    let accumulate: SignalIdentifier
    let activate: SignalIdentifier
    /// High for one cycle when the units have begun to activate; the published controller does not
    /// listen to it.
    let taken: SignalIdentifier
    let trainPort: PortSet
    let availablePort: PortSet
    let enablePorts: PortSet
    let takenPort: PortSet
  }

  private enum SourceState: UInt8, ProcessState { case waiting }

  let topology: Topology
  let wiring: Wiring
  let controllerProcess: ProcessIdentifier
  let unitsProcess: ProcessIdentifier
  private let sourceProcess: ProcessIdentifier

  /// The control unit.
  private(set) var controller: SpikeTrainController
  /// The units.
  private(set) var units: SpikeTrainUnits
  /// Spikes of each train; may be written between two runs.
  let counts: UnsafeMutableBufferPointer<UInt32>
  // Keeps the memory behind the counts alive.
  private let arena: Arena
  /// Cycles from availability to the next train, less one.
  private let gap: Cycle
  private let trains: Int
  private var offered = 0

  /// - Parameters:
  ///   - model: a checked model.
  ///   - counts: spikes of each train.
  init(_ model: FullyConnected2023RTL, counts: [UInt32]) {
    let arena = Arena()
    var topology = Topology()
    let controllerProcess = topology.addProcess(
      "controller", states: SpikeTrainController.State.self)
    let unitsProcess = topology.addProcess("units", states: SpikeTrainUnits.State.self)
    let sourceProcess = topology.addProcess("source", states: SourceState.self)
    let train = topology.addSignal("train", kind: .pulse)
    let available = topology.addSignal("available", kind: .pulse)
    let accumulate = topology.addSignal("accumulate", kind: .level)
    let activate = topology.addSignal("activate", kind: .level)
    let taken = topology.addSignal("taken", kind: .pulse)
    let wiring = Wiring(
      train: train, available: available, accumulate: accumulate, activate: activate,
      taken: taken,
      trainPort: topology.connect(train, to: controllerProcess),
      availablePort: topology.connect(available, to: sourceProcess),
      enablePorts: topology.connect(accumulate, to: unitsProcess)
        .union(topology.connect(activate, to: unitsProcess)),
      takenPort: topology.connect(taken, to: controllerProcess))
    let buffer = UnsafeMutableBufferPointer(start: arena.store(counts), count: counts.count)
    controller = SpikeTrainController(
      model, wiring: wiring, counts: FrameCounts(buffer, everyPhaseReadsTheSame: true))
    units = SpikeTrainUnits(model.geometry, wiring: wiring)
    self.controllerProcess = controllerProcess
    self.unitsProcess = unitsProcess
    self.sourceProcess = sourceProcess
    self.topology = topology
    self.wiring = wiring
    self.arena = arena
    self.counts = buffer
    gap = Cycle(model.gap)
    trains = counts.count
  }

  /// Puts every process into its state after reset; the layer is available at once.
  mutating func start<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    controller.reset()
    units.reset()
    offered = 0
    kernel.start(controllerProcess, waitingFor: wiring.trainPort)
    kernel.start(unitsProcess, waitingFor: wiring.enablePorts)
    kernel.start(sourceProcess, at: 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(
    _ process: ProcessIdentifier, in kernel: inout EventKernel<Probe>
  ) -> Wake {
    switch process {
    case controllerProcess: return controller.resume(in: &kernel)
    case unitsProcess: return units.resume(in: &kernel)
    default: return offer(&kernel)
    }
  }

  @inline(__always)
  private mutating func offer<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    guard offered < trains else { return .forever(in: SourceState.waiting) }
    offered &+= 1
    kernel.pulse(wiring.train, after: gap &+ 1)
    return .waiting(for: wiring.availablePort, in: SourceState.waiting)
  }
}
