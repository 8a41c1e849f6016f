import EventSimulation

/// One convolution layer: compression engine, spike engine, processing elements and writer.
struct ConvolutionLayer: BitwiseCopyable {
  /// The signals between the engines of one layer.
  struct Wiring {
    let start: SignalIdentifier
    let available: SignalIdentifier
    let list: SignalIdentifier
    let lastChannel: SignalIdentifier
    let accumulate: SignalIdentifier
    let activate: SignalIdentifier
    let ready: SignalIdentifier
    let loaded: SignalIdentifier
    let startPort: PortSet
    let availablePort: PortSet
    let listPort: PortSet
    /// Empty unless the spike engine listens to the end of a time step while it is idle.
    let lastChannelPort: PortSet
    let accumulatePort: PortSet
    let activatePort: PortSet
    let readyPort: PortSet
    /// Whether the spike engine has work; nil if nobody asks.
    let working: SignalIdentifier?
    /// Whether the writer is busy, or how many frames it wrote if there is a queue; nil if nobody
    /// asks.
    let writing: SignalIdentifier?
    /// How many frames are finished; nil if they do not queue.
    let finished: SignalIdentifier?
    /// Where the spike engine hears of the writer.
    let writingPort: PortSet
    /// Where the compression engine hears of both.
    let restPorts: PortSet

    /// Compression, accumulation, processing elements, writer.
    let processes: [ProcessIdentifier]

    init(
      layer: Int, start: SignalIdentifier, behaviour: ConvolutionBehaviour, hasQueue: Bool,
      in topology: inout Topology
    ) {
      func name(_ part: String) -> String { "layer\(layer).\(part)" }
      self.start = start
      let compression = topology.addProcess(
        name("compression"), states: CompressionEngine.State.self)
      let spikes = topology.addProcess(name("spikes"), states: SpikeEngine.State.self)
      let elements = topology.addProcess(name("elements"), states: ConvolutionElements.State.self)
      let writer = topology.addProcess(name("writer"), states: SpikeWriter.State.self)
      processes = [compression, spikes, elements, writer]
      available = topology.addSignal(name("available"), kind: .level)
      list = topology.addSignal(name("list"), kind: .level)
      lastChannel = topology.addSignal(
        name("lastChannel"), kind: behaviour.stepEnds == .counted ? .level : .pulse)
      accumulate = topology.addSignal(name("accumulate"), kind: .level)
      activate = topology.addSignal(name("activate"), kind: .pulse)
      ready = topology.addSignal(name("ready"), kind: hasQueue ? .level : .pulse)
      finished = hasQueue ? ready : nil
      loaded = topology.addSignal(name("loaded"), kind: .pulse)
      startPort = topology.connect(start, to: compression)
      availablePort = topology.connect(available, to: compression)
      listPort = topology.connect(list, to: spikes)
      lastChannelPort =
        behaviour.stepEnds == .heardDuringBursts ? [] : topology.connect(lastChannel, to: spikes)
      accumulatePort = topology.connect(accumulate, to: elements)
      activatePort = topology.connect(activate, to: elements)
      readyPort = topology.connect(ready, to: writer)
      var working: SignalIdentifier?
      var writing: SignalIdentifier?
      var (writingPort, restPorts): (PortSet, PortSet) = ([], [])
      if !behaviour.isDoneEarly || !behaviour.overrunsWriter {
        let signal = topology.addSignal(name("writing"), kind: .level)
        if !behaviour.overrunsWriter { writingPort = topology.connect(signal, to: spikes) }
        if !behaviour.isDoneEarly { restPorts = topology.connect(signal, to: compression) }
        writing = signal
      }
      if !behaviour.isDoneEarly {
        let signal = topology.addSignal(name("working"), kind: .level)
        restPorts.formUnion(topology.connect(signal, to: compression))
        working = signal
      }
      self.working = working
      self.writing = writing
      self.writingPort = writingPort
      self.restPorts = restPorts
    }
  }

  let geometry: ConvolutionGeometry
  var compression: CompressionEngine
  var spikes: SpikeEngine
  let elements: ConvolutionElements
  let writer: SpikeWriter

  init(
    _ geometry: ConvolutionGeometry, _ behaviour: ConvolutionBehaviour, wiring: Wiring,
    counts: FrameCounts
  ) {
    self.geometry = geometry
    compression = CompressionEngine(geometry, behaviour, wiring: wiring, counts: counts)
    spikes = SpikeEngine(geometry, behaviour, wiring: wiring)
    elements = ConvolutionElements(
      geometry, accumulate: wiring.accumulate, accumulatePort: wiring.accumulatePort,
      activate: wiring.activate, activatePort: wiring.activatePort)
    writer = SpikeWriter(
      elements: geometry.processingElements, writesPerElement: behaviour.writesTwice ? 2 : 1,
      ready: wiring.readyPort, writing: wiring.writing, finished: wiring.finished)
  }

  mutating func reset() {
    compression.reset()
    spikes.reset()
  }
}
