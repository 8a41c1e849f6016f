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

    /// Compression, accumulation, processing elements, writer.
    let processes: [ProcessIdentifier]

    init(
      layer: Int, start: SignalIdentifier, idleEngineHearsLastChannel: Bool = false,
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
      lastChannel = topology.addSignal(name("lastChannel"), kind: .pulse)
      accumulate = topology.addSignal(name("accumulate"), kind: .level)
      activate = topology.addSignal(name("activate"), kind: .pulse)
      ready = topology.addSignal(name("ready"), kind: .pulse)
      loaded = topology.addSignal(name("loaded"), kind: .pulse)
      startPort = topology.connect(start, to: compression)
      availablePort = topology.connect(available, to: compression)
      listPort = topology.connect(list, to: spikes)
      lastChannelPort =
        idleEngineHearsLastChannel ? topology.connect(lastChannel, to: spikes) : []
      accumulatePort = topology.connect(accumulate, to: elements)
      activatePort = topology.connect(activate, to: elements)
      readyPort = topology.connect(ready, to: writer)
    }
  }

  var compression: CompressionEngine
  var spikes: SpikeEngine
  let elements: ConvolutionElements
  let writer: SpikeWriter

  init(
    _ geometry: ConvolutionGeometry, wiring: Wiring, counts: FrameCounts,
    quirks: Set<Conv2023.Quirk>
  ) {
    compression = CompressionEngine(
      geometry, wiring: wiring, counts: counts, countWraps: quirks.contains(.countWrap))
    spikes = SpikeEngine(geometry, wiring: wiring)
    elements = ConvolutionElements(geometry, wiring: wiring)
    // Every row is written in two consecutive cycles.
    writer = SpikeWriter(
      elements: geometry.processingElements, writesPerElement: 2, ready: wiring.readyPort)
  }

  mutating func reset() {
    compression.reset()
    spikes.reset()
  }
}
