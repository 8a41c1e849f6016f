import EventSimulation

/// The processes of a whole accelerator whose layers work in lock-step, and the memory their counts
/// are read from.
///
/// A stimulus process raises the start signal of the first layer; each further layer starts on the
/// loaded signal of the layer before it.
struct LockStepDesign: SimulatedDesign, ~Copyable {
  /// What a process does.
  private enum Role: UInt8 {
    case compression, spikes, elements, writer
    case rowCompression, neurons, neuronElements, rowWriter
    case denseCore, threshold
    /// Any engine of a convolution whose lists wait in rings.
    case buffered
    case stimulus
  }

  /// A process: what it does, in which layer of its kind.
  private struct Duty: BitwiseCopyable {
    let role: Role
    /// The position of an engine among those of a buffered layer.
    var engine: UInt8 = 0
    let layer: Int32
  }

  /// A layer's place in the topology.
  struct Place {
    let processes: [ProcessIdentifier]
    let ready: SignalIdentifier
    let loaded: SignalIdentifier
    /// A convolution's spike list, or a fully connected layer's compression being done.
    let handover: SignalIdentifier?
  }

  let places: [Place]
  let topology: Topology
  /// Spikes of every frame, a buffer a layer; written by the owner before each run.
  let counts: [UnsafeMutableBufferPointer<UInt32>]

  // Keeps the memory behind all pointers alive.
  private let arena: Arena
  /// Processes for all layers: all but the stimulus.
  static let largestProcessCount = Topology.maximumProcesses - 1
  /// Layers of a recording: four processes each.
  static let largestLayerCount = largestProcessCount / 4
  private let duties: UnsafeMutablePointer<Duty>
  private let convolutions: UnsafeMutablePointer<ConvolutionLayer>
  private let buffered: UnsafeMutablePointer<BufferedConvolutionLayer>
  private let fullyConnected: UnsafeMutablePointer<FullyConnectedLayer>
  private let dense: UnsafeMutablePointer<DenseLayer>

  /// Cycles in which the start signal is high, in ascending order.
  private let starts: [Cycle]
  private var nextStart = 0
  private let stimulus: ProcessIdentifier
  private let startSignal: SignalIdentifier

  private enum StimulusState: UInt8, ProcessState { case waiting }

  /// - Parameters:
  ///   - layers: checked layers, from the input to the output.
  ///   - frameCounts: elements of each layer's counts buffer.
  ///   - everyPhaseReadsTheSame: see ``FrameCounts``.
  ///   - starts: cycles in which the start signal of the first layer is high, ascending.
  init(
    _ layers: [LockStepLayer], frameCounts: [Int], everyPhaseReadsTheSame: Bool, starts: [Cycle]
  ) {
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
    var buffered: [BufferedConvolutionLayer] = []
    var fullyConnected: [FullyConnectedLayer] = []
    var dense: [DenseLayer] = []
    var duties: [Duty] = []
    for (index, layer) in layers.enumerated() {
      let frames = FrameCounts(counts[index], everyPhaseReadsTheSame: everyPhaseReadsTheSame)
      switch layer {
      case .convolution(let geometry, let behaviour) where geometry.options.usesRings:
        let wiring = BufferedConvolutionWiring(
          geometry, behaviour, layer: index, start: start, counts: frames,
          in: &topology, arena)
        duties += wiring.processes.indices.map {
          Duty(role: .buffered, engine: UInt8($0), layer: Int32(buffered.count))
        }
        buffered.append(wiring.layer)
        places.append(
          Place(
            processes: wiring.processes, ready: wiring.ready, loaded: wiring.loaded,
            handover: wiring.lists))
      case .convolution(let geometry, let behaviour):
        let wiring = ConvolutionLayer.Wiring(
          layer: index, start: start, behaviour: behaviour,
          hasQueue: geometry.options.writerQueue > 0, in: &topology)
        duties += [.compression, .spikes, .elements, .writer].map {
          Duty(role: $0, layer: Int32(convolutions.count))
        }
        convolutions.append(
          ConvolutionLayer(geometry, behaviour, wiring: wiring, counts: frames))
        places.append(
          Place(
            processes: wiring.processes, ready: wiring.ready, loaded: wiring.loaded,
            handover: wiring.list))
      case .fullyConnected(let geometry, let behaviour, let connectsElements, let connectsWriter):
        let wiring = FullyConnectedLayer.Wiring(
          layer: index, start: start, connectsElements: connectsElements,
          connectsWriter: connectsWriter, in: &topology)
        duties += [.rowCompression, .neurons, .neuronElements, .rowWriter].map {
          Duty(role: $0, layer: Int32(fullyConnected.count))
        }
        fullyConnected.append(
          FullyConnectedLayer(geometry, behaviour, wiring: wiring, counts: frames))
        places.append(
          Place(
            processes: wiring.processes, ready: wiring.ready, loaded: wiring.loaded,
            handover: wiring.done))
      case .dense(let geometry):
        let wiring = DenseLayer.Wiring(layer: index, start: start, in: &topology)
        duties += [.denseCore, .threshold].map { Duty(role: $0, layer: Int32(dense.count)) }
        dense.append(DenseLayer(geometry, wiring: wiring))
        places.append(
          Place(
            processes: wiring.processes, ready: wiring.ready, loaded: wiring.loaded,
            handover: nil))
      }
      start = places.last?.loaded ?? start
    }
    stimulus = topology.addProcess("stimulus", states: StimulusState.self)
    duties.append(Duty(role: .stimulus, layer: 0))
    self.places = places
    self.topology = topology
    self.duties = arena.store(duties)
    self.convolutions = arena.store(convolutions)
    self.buffered = arena.store(buffered)
    self.fullyConnected = arena.store(fullyConnected)
    self.dense = arena.store(dense)
  }

  /// Puts every engine into its state after reset and connects the stimulus.
  mutating func start<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    nextStart = 0
    for index in topology.processes.indices {
      let process = ProcessIdentifier(index)
      let duty = duties[index]
      let convolution = convolutions + Int(duty.layer)
      let rows = fullyConnected + Int(duty.layer)
      let frames = dense + Int(duty.layer)
      switch duty.role {
      case .compression:
        convolution.pointee.reset()
        kernel.start(process, waitingFor: convolution.pointee.compression.start)
      case .spikes: kernel.start(process, at: 0)
      case .elements:
        let elements = convolution.pointee.elements
        kernel.start(
          process, waitingFor: elements.accumulatePort.union(elements.activatePort))
      case .writer: kernel.start(process, waitingFor: convolution.pointee.writer.ready)
      case .rowCompression:
        rows.pointee.reset()
        kernel.start(process, waitingFor: rows.pointee.startPort)
      case .neurons: kernel.start(process, waitingFor: rows.pointee.donePort)
      case .neuronElements:
        kernel.start(process, waitingFor: rows.pointee.elements.accumulatePort)
      case .rowWriter: kernel.start(process, waitingFor: rows.pointee.writer.ready)
      case .denseCore:
        frames.pointee.reset()
        kernel.start(process, waitingFor: frames.pointee.core.start)
      case .threshold: kernel.start(process, waitingFor: frames.pointee.threshold.threshold)
      case .buffered:
        let layer = buffered[Int(duty.layer)]
        if duty.engine == 0 { layer.reset() }
        layer.start(process, at: Int(duty.engine), &kernel)
      case .stimulus: break
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
    let duty = duties[process.index]
    let layer = Int(duty.layer)
    switch duty.role {
    case .compression: return convolutions[layer].compression.resume(in: &kernel)
    case .spikes: return convolutions[layer].spikes.resume(in: &kernel)
    case .elements: return convolutions[layer].elements.resume(in: &kernel)
    case .writer: return convolutions[layer].writer.resume(in: &kernel)
    case .rowCompression: return fullyConnected[layer].compression.resume(in: &kernel)
    case .neurons: return fullyConnected[layer].neurons.resume(in: &kernel)
    case .neuronElements: return fullyConnected[layer].elements.resume(in: &kernel)
    case .rowWriter: return fullyConnected[layer].writer.resume(in: &kernel)
    case .denseCore: return dense[layer].core.resume(in: &kernel)
    case .threshold: return dense[layer].threshold.resume(in: &kernel)
    case .buffered: return buffered[layer].resume(Int(duty.engine), in: &kernel)
    case .stimulus: return raiseStart(&kernel)
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
    let duty = duties[places[layer].processes[0].index]
    return switch duty.role {
    case .buffered: .buffered(buffered[Int(duty.layer)])
    case .rowCompression: .fullyConnected(fullyConnected[Int(duty.layer)])
    case .denseCore: .dense(dense[Int(duty.layer)])
    default: .convolution(convolutions[Int(duty.layer)])
    }
  }
}
