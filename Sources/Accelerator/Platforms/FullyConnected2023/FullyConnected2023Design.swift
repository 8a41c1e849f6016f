import EventSimulation

/// The event controllers of a whole pipeline, one process a layer, and the memory that their counts
/// are read from.
struct FullyConnected2023Design: SimulatedDesign, ~Copyable {
  /// The signals of one spike buffer.
  struct Buffer {
    /// When it was filled last.
    let filled: SignalIdentifier
    /// Which time step it was filled with.
    let step: SignalIdentifier
    /// When it was freed last: it is full while that was before it was filled.
    let freed: SignalIdentifier
    let filledPort: PortSet
    let freedPort: PortSet
  }

  /// The signals of the pipeline.
  struct Wiring {
    /// The buffer before each layer, and one behind the last; the first and the last of them do not
    /// exist in hardware.
    let buffers: [Buffer]
    /// The cycle in which the first controller ends.
    let firstEnded: SignalIdentifier
  }

  let geometry: PipelineGeometry
  let topology: Topology
  /// Spikes that enter each layer; written by the owner before each run.
  let counts: [UnsafeMutableBufferPointer<UInt32>]
  let firstEnded: SignalIdentifier

  // Keeps the memory behind all pointers alive.
  private let arena: Arena
  /// The controllers, a layer each.
  let processes: [ProcessIdentifier]
  private let controllers: UnsafeMutablePointer<PipelineController>

  /// - Parameters:
  ///   - model: a checked model.
  ///   - countsAreOfTimeSteps: whether the counts are those of the time steps; in order of arrival
  ///     otherwise.
  init(_ model: FullyConnected2023, countsAreOfTimeSteps: Bool) {
    let geometry = model.geometry
    self.geometry = geometry
    let arena = Arena()
    self.arena = arena
    var topology = Topology()
    let processes = (0..<geometry.layers).map { layer in
      layer == 0
        ? topology.addProcess("layer0", states: PipelineController.FirstState.self)
        : topology.addProcess("layer\(layer)", states: PipelineController.State.self)
    }
    let buffers = (0...geometry.layers).map { position in
      let filled = topology.addSignal("buffer\(position).filled", kind: .level)
      let step = topology.addSignal("buffer\(position).step", kind: .level)
      let freed = topology.addSignal("buffer\(position).freed", kind: .level)
      let hasReader = 1..<geometry.layers ~= position
      return Buffer(
        filled: filled, step: step, freed: freed,
        filledPort: hasReader ? topology.connect(filled, to: processes[position]) : [],
        freedPort: hasReader ? topology.connect(freed, to: processes[position - 1]) : [])
    }
    let wiring = Wiring(
      buffers: buffers, firstEnded: topology.addSignal("firstEnded", kind: .level))
    firstEnded = wiring.firstEnded
    let counts = (0..<geometry.layers).map { _ in
      UnsafeMutableBufferPointer(
        start: arena.allocate(geometry.timeSteps, repeating: UInt32(0)), count: geometry.timeSteps)
    }
    self.counts = counts
    controllers = arena.store(
      (0..<geometry.layers).map { layer in
        PipelineController(
          layer, of: model, wiring: wiring,
          counts: FrameCounts(counts[layer], everyPhaseReadsTheSame: true),
          countsAreOfTimeSteps: countsAreOfTimeSteps, in: arena)
      })
    self.processes = processes
    self.topology = topology
  }

  /// Puts every controller into its state after reset.
  func start<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    for layer in 0..<geometry.layers {
      controllers[layer].reset()
      if layer == 0 {
        kernel.start(processes[layer], at: 0)
      } else {
        kernel.start(processes[layer], waitingFor: controllers[layer].filledPort)
      }
    }
  }

  @inline(__always)
  func resume<Probe: KernelProbe>(
    _ process: ProcessIdentifier, in kernel: inout EventKernel<Probe>
  ) -> Wake {
    controllers[process.index].resume(in: &kernel)
  }

  /// The registers and statistics of a layer's controller.
  func controller(_ layer: Int) -> PipelineController { controllers[layer] }

  /// When the last time step left the last layer, as the published simulator sees it; nil if it never
  /// does.
  func end(firstEnded: Cycle) -> Cycle? {
    let last = controllers[geometry.layers - 1]
    let name = UInt64(geometry.timeSteps - 1)
    for position in 0..<last.leftCount {
      let passage = last.left[position]
      // The first controller says in its last cycle but one that the input is used up.
      if passage.step == name, passage.cycle &+ 1 >= firstEnded { return passage.cycle }
    }
    return nil
  }

  /// Every time step that entered a layer.
  func entered(_ layer: Int) -> [PipelineController.Passage] {
    let controller = controllers[layer]
    return (0..<controller.enteredCount).map { controller.entered[$0] }
  }

  /// Every time step that left the last layer.
  var left: [PipelineController.Passage] {
    let controller = controllers[geometry.layers - 1]
    return (0..<controller.leftCount).map { controller.left[$0] }
  }
}
