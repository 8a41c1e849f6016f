import EventSimulation

/// One event controller: compression engine, spike engine and its group of processing elements.
struct EventController: BitwiseCopyable {
  var compression: BufferedCompressionEngine
  var spikes: BufferedSpikeEngine
  let elements: ConvolutionElements
}

/// A convolution layer whose lists wait in rings, with one event controller or several and a writer.
struct BufferedConvolutionLayer: BitwiseCopyable {
  let geometry: ConvolutionGeometry
  let controllers: UnsafeMutablePointer<EventController>
  let writer: SpikeWriter

  private static let enginesPerController = 3

  var controllerCount: Int { geometry.options.eventControllers }

  /// When the loaded pulse of the latest image was high.
  var loadedAt: Cycle { controllers[0].compression.loadedAt }

  func reset() {
    for index in 0..<controllerCount {
      controllers[index].compression.reset()
      controllers[index].spikes.reset()
    }
  }

  /// Puts the engine at a position of ``BufferedConvolutionWiring/processes`` into its first state.
  func start<Probe: KernelProbe>(
    _ process: ProcessIdentifier, at position: Int, _ kernel: inout EventKernel<Probe>
  ) {
    let (index, engine) = position.quotientAndRemainder(dividingBy: Self.enginesPerController)
    guard index < controllerCount else {
      kernel.start(process, waitingFor: writer.ready)
      return
    }
    let controller = controllers[index]
    switch engine {
    case 0: kernel.start(process, waitingFor: controller.compression.wiring.startPort)
    case 1: kernel.start(process, at: 0)
    default:
      let elements = controller.elements
      kernel.start(process, waitingFor: elements.accumulatePort.union(elements.activatePort))
    }
  }

  /// Resumes the engine at a position of ``BufferedConvolutionWiring/processes``.
  func resume<Probe: KernelProbe>(_ position: Int, in kernel: inout EventKernel<Probe>) -> Wake {
    let (index, engine) = position.quotientAndRemainder(dividingBy: Self.enginesPerController)
    guard index < controllerCount else { return writer.resume(in: &kernel) }
    switch engine {
    case 0: return controllers[index].compression.resume(in: &kernel)
    case 1: return controllers[index].spikes.resume(in: &kernel)
    default: return controllers[index].elements.resume(in: &kernel)
    }
  }
}

/// The engines and signals of a ``BufferedConvolutionLayer``.
struct BufferedConvolutionWiring {
  /// Compression, spikes and elements of every controller, then the writer.
  private(set) var processes: [ProcessIdentifier] = []
  let ready: SignalIdentifier
  let loaded: SignalIdentifier
  let layer: BufferedConvolutionLayer

  /// How many lists the first controller has finished.
  var lists: SignalIdentifier { layer.controllers[0].compression.wiring.lists }

  init(
    _ geometry: ConvolutionGeometry, _ behaviour: ConvolutionBehaviour, layer index: Int,
    start: SignalIdentifier, counts: FrameCounts, in topology: inout Topology, _ arena: Arena
  ) {
    let options = geometry.options
    let count = options.eventControllers
    let hasQueue = options.writerQueue > 0
    func name(_ part: String) -> String { "layer\(index).\(part)" }
    ready = topology.addSignal(name("ready"), kind: hasQueue ? .level : .pulse)
    loaded = topology.addSignal(name("loaded"), kind: .pulse)
    let activate = topology.addSignal(name("activate"), kind: .pulse)
    let writing = topology.addSignal(name("writing"), kind: .level)
    let swept = topology.addSignal(name("swept"), kind: .level)
    let completed =
      behaviour.isDoneEarly ? nil : topology.addSignal(name("completed"), kind: .level)
    let finished = hasQueue ? ready : nil

    // The engines of every controller, and the signals between them.
    var ports: [EventControllerPorts] = []
    for controller in 0..<count {
      func own(_ part: String) -> String {
        name(count == 1 ? part : "\(part)\(controller + 1)")
      }
      let compression = topology.addProcess(
        own("compression"), states: CompressionEngine.State.self)
      let spikes = topology.addProcess(own("spikes"), states: SpikeEngine.State.self)
      let elements = topology.addProcess(own("elements"), states: ConvolutionElements.State.self)
      processes += [compression, spikes, elements]
      let lists = topology.addSignal(own("lists"), kind: .level)
      let walked = topology.addSignal(own("walked"), kind: .level)
      let ended = topology.addSignal(own("ended"), kind: .level)
      let accumulate = topology.addSignal(own("accumulate"), kind: .level)
      let reported =
        controller == 0 ? swept : topology.addSignal(own("reported"), kind: .level)
      var idle = topology.connect(lists, to: spikes).union(topology.connect(ended, to: spikes))
      if controller > 0 {
        idle.formUnion(topology.connect(swept, to: spikes))
        ports[0].idlePorts.formUnion(topology.connect(reported, to: processes[1]))
      }
      ports.append(
        EventControllerPorts(
          startPort: topology.connect(start, to: compression), lists: lists, walked: walked,
          walkedPort: topology.connect(walked, to: compression), ended: ended, reported: reported,
          swept: swept, accumulate: accumulate,
          accumulatePort: topology.connect(accumulate, to: elements),
          activatePort: topology.connect(activate, to: elements), idlePorts: idle))
    }
    let writer = topology.addProcess(name("writer"), states: SpikeWriter.State.self)
    processes.append(writer)

    var rest: PortSet = []
    if let completed {
      rest = topology.connect(completed, to: processes[0])
        .union(topology.connect(writing, to: processes[0]))
    }
    let completion = CompletionPorts(
      loaded: loaded, swept: completed, writing: writing, finished: finished, ports: rest)
    let sweeps = SweepPorts(
      activate: activate, ready: ready, completed: completed,
      writing: behaviour.overrunsWriter ? nil : writing,
      writingPort: behaviour.overrunsWriter ? [] : topology.connect(writing, to: processes[1]),
      writerQueue: UInt64(options.writerQueue),
      reports: arena.store(ports.dropFirst().map(\.reported)), reportCount: count - 1)
    let controllers = ports.enumerated().map { controller, ports in
      let ring = ListRing(options.listBuffers, in: arena)
      return EventController(
        compression: BufferedCompressionEngine(
          geometry, behaviour, controller: controller, wiring: ports,
          completion: controller == 0 ? completion : nil, counts: counts, ring: ring),
        spikes: BufferedSpikeEngine(
          geometry, behaviour, wiring: ports, sweeps: controller == 0 ? sweeps : nil, ring: ring),
        elements: ConvolutionElements(
          geometry, accumulate: ports.accumulate, accumulatePort: ports.accumulatePort,
          activate: activate, activatePort: ports.activatePort))
    }
    layer = BufferedConvolutionLayer(
      geometry: geometry, controllers: arena.store(controllers),
      writer: SpikeWriter(
        elements: geometry.processingElements, writesPerElement: behaviour.writesTwice ? 2 : 1,
        ready: topology.connect(ready, to: writer), writing: writing, finished: finished))
  }
}
