import EventSimulation

/// The processes of a whole accelerator of the platform conv-2023, and the memory their counts are
/// read from.
///
/// A stimulus process raises the start signal of the first layer; each further layer starts on the
/// loaded signal of the layer before it.
struct Conv2023Design: SimulatedDesign, ~Copyable {
  /// What the registers of one layer are.
  private enum Kind: UInt8 { case convolution, fullyConnected }

  private struct Slot: BitwiseCopyable {
    let kind: Kind
    let index: Int32
  }

  /// A layer's place in the topology.
  struct Place {
    let processes: [ProcessIdentifier]
    let start: SignalIdentifier
    let ready: SignalIdentifier
    let loaded: SignalIdentifier
    /// A convolution's spike list, or a fully connected layer's compression being done.
    let handover: SignalIdentifier
  }

  let geometries: [LayerGeometry]
  let places: [Place]
  let topology: Topology
  /// Spikes of every frame, a buffer a layer; written by the owner before each run.
  let counts: [UnsafeMutableBufferPointer<UInt32>]

  // Keeps the memory behind all pointers alive.
  private let arena: Arena
  private static let processesPerLayer = 4
  /// Four processes a layer, and the stimulus.
  static let largestLayerCount = (Topology.maximumProcesses - 1) / processesPerLayer
  private let slots: UnsafeMutablePointer<Slot>
  private let convolutions: UnsafeMutablePointer<ConvolutionLayer>
  private let fullyConnected: UnsafeMutablePointer<FullyConnectedLayer>
  private let convolutionCount: Int
  private let fullyConnectedCount: Int

  /// Cycles in which the start signal is high, in ascending order.
  private let starts: [Cycle]
  private var nextStart = 0
  private let stimulus: ProcessIdentifier
  private let startSignal: SignalIdentifier

  private enum StimulusState: UInt8, ProcessState { case waiting }

  /// - Parameters:
  ///   - model: checked layers, and the quirks.
  ///   - frameCounts: elements of each layer's counts buffer.
  ///   - everyPhaseReadsTheSame: see ``FrameCounts``.
  ///   - starts: cycles in which the start signal of the first layer is high, ascending.
  init(
    _ model: Conv2023, frameCounts: [Int], everyPhaseReadsTheSame: Bool, starts: [Cycle]
  ) {
    geometries = model.layers
    self.starts = starts
    let arena = Arena()
    self.arena = arena
    counts = frameCounts.map { size in
      UnsafeMutableBufferPointer(start: arena.allocate(size, repeating: UInt32(0)), count: size)
    }

    var topology = Topology()
    var places: [Place] = []
    startSignal = topology.addSignal("start", kind: .pulse)
    var start = startSignal
    var convolutions: [ConvolutionLayer] = []
    var fullyConnected: [FullyConnectedLayer] = []
    var slots: [Slot] = []
    let behaviour = ConvolutionBehaviour(model.quirks)
    for (index, layer) in geometries.enumerated() {
      let frames = FrameCounts(counts[index], everyPhaseReadsTheSame: everyPhaseReadsTheSame)
      switch layer {
      case .convolution(let geometry):
        let wiring = ConvolutionLayer.Wiring(
          layer: index, start: start, behaviour: behaviour, in: &topology)
        slots.append(Slot(kind: .convolution, index: Int32(convolutions.count)))
        convolutions.append(
          ConvolutionLayer(geometry, behaviour, wiring: wiring, counts: frames))
        places.append(
          Place(
            processes: wiring.processes, start: start, ready: wiring.ready, loaded: wiring.loaded,
            handover: wiring.list))
        start = wiring.loaded
      case .fullyConnected(let geometry):
        let isConnected = model.hasWriter(index)
        let wiring = FullyConnectedLayer.Wiring(
          layer: index, start: start, connectsElements: isConnected,
          connectsWriter: isConnected, in: &topology)
        slots.append(Slot(kind: .fullyConnected, index: Int32(fullyConnected.count)))
        fullyConnected.append(
          FullyConnectedLayer(
            geometry, FullyConnectedBehaviour(geometry, model.quirks), wiring: wiring,
            counts: frames))
        places.append(
          Place(
            processes: wiring.processes, start: start, ready: wiring.ready, loaded: wiring.loaded,
            handover: wiring.done))
        start = wiring.loaded
      }
    }
    stimulus = topology.addProcess("stimulus", states: StimulusState.self)
    self.places = places
    self.topology = topology
    self.slots = arena.store(slots)
    self.convolutions = arena.store(convolutions)
    self.fullyConnected = arena.store(fullyConnected)
    convolutionCount = convolutions.count
    fullyConnectedCount = fullyConnected.count
  }

  /// Puts every engine into its state after reset and connects the stimulus.
  mutating func start<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    for index in 0..<convolutionCount { convolutions[index].reset() }
    for index in 0..<fullyConnectedCount { fullyConnected[index].reset() }
    nextStart = 0
    for (index, place) in places.enumerated() {
      let slot = slots[index]
      switch slot.kind {
      case .convolution:
        let layer = convolutions + Int(slot.index)
        kernel.start(place.processes[0], waitingFor: layer.pointee.compression.start)
        kernel.start(place.processes[1], at: 0)
        kernel.start(
          place.processes[2],
          waitingFor: layer.pointee.elements.accumulatePort
            .union(layer.pointee.elements.activatePort))
        kernel.start(place.processes[3], waitingFor: layer.pointee.writer.ready)
      case .fullyConnected:
        let layer = fullyConnected + Int(slot.index)
        kernel.start(place.processes[0], waitingFor: layer.pointee.startPort)
        kernel.start(place.processes[1], waitingFor: layer.pointee.donePort)
        kernel.start(place.processes[2], waitingFor: layer.pointee.elements.accumulatePort)
        kernel.start(place.processes[3], waitingFor: layer.pointee.writer.ready)
      }
    }
    // A signal is written a cycle before it is seen; one that is high in cycle 0 was so after reset.
    if let first = starts.first, first == 0 {
      kernel.preset(startSignal, at: 0)
      nextStart = 1
    }
    if nextStart < starts.count { kernel.start(stimulus, at: starts[nextStart] - 1) }
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(
    _ process: ProcessIdentifier, in kernel: inout EventKernel<Probe>
  ) -> Wake {
    let index = process.index / Self.processesPerLayer
    guard process.index != stimulus.index else { return raiseStart(&kernel) }
    let role = process.index % Self.processesPerLayer
    let slot = slots[index]
    switch slot.kind {
    case .convolution:
      let layer = convolutions + Int(slot.index)
      switch role {
      case 0: return layer.pointee.compression.resume(in: &kernel)
      case 1: return layer.pointee.spikes.resume(in: &kernel)
      case 2: return layer.pointee.elements.resume(in: &kernel)
      default: return layer.pointee.writer.resume(in: &kernel)
      }
    case .fullyConnected:
      let layer = fullyConnected + Int(slot.index)
      switch role {
      case 0: return layer.pointee.compression.resume(in: &kernel)
      case 1: return layer.pointee.neurons.resume(in: &kernel)
      case 2: return layer.pointee.elements.resume(in: &kernel)
      default: return layer.pointee.writer.resume(in: &kernel)
      }
    }
  }

  private mutating func raiseStart<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    kernel.pulse(startSignal)
    nextStart += 1
    guard nextStart < starts.count else { return .forever(in: StimulusState.waiting) }
    kernel.stay(in: StimulusState.waiting, for: starts[nextStart] - 1 - kernel.now)
    return .afterStay
  }

  /// The engines of a layer, as they are now.
  func engines(ofLayer layer: Int) -> LayerEngines {
    let slot = slots[layer]
    return switch slot.kind {
    case .convolution: .convolution(convolutions[Int(slot.index)])
    case .fullyConnected: .fullyConnected(fullyConnected[Int(slot.index)])
    }
  }
}
