import EventSimulation

/// One fully connected layer: row compression engine, neuron engine, processing elements, writer.
struct FullyConnectedLayer: BitwiseCopyable {
  /// The signals between the engines of one layer.
  struct Wiring {
    let start: SignalIdentifier
    let done: SignalIdentifier
    let accumulate: SignalIdentifier
    let ready: SignalIdentifier
    let loaded: SignalIdentifier
    let startPort: PortSet
    let donePort: PortSet
    let accumulatePort: PortSet
    let readyPort: PortSet

    /// Compression, accumulation, processing elements, writer.
    let processes: [ProcessIdentifier]

    // Whether the enables reach the processing elements, and the pulses the writer.
    init(
      layer: Int, start: SignalIdentifier, connectsElements: Bool, connectsWriter: Bool,
      in topology: inout Topology
    ) {
      func name(_ part: String) -> String { "layer\(layer).\(part)" }
      self.start = start
      let compression = topology.addProcess(
        name("compression"), states: RowCompressionEngine.State.self)
      let neurons = topology.addProcess(name("neurons"), states: NeuronEngine.State.self)
      let elements = topology.addProcess(
        name("elements"), states: FullyConnectedElements.State.self)
      let writer = topology.addProcess(name("writer"), states: SpikeWriter.State.self)
      processes = [compression, neurons, elements, writer]
      done = topology.addSignal(name("done"), kind: .level)
      accumulate = topology.addSignal(name("accumulate"), kind: .level)
      ready = topology.addSignal(name("ready"), kind: .pulse)
      loaded = topology.addSignal(name("loaded"), kind: .level)
      startPort = topology.connect(start, to: compression)
      donePort = topology.connect(done, to: neurons)
      accumulatePort = connectsElements ? topology.connect(accumulate, to: elements) : []
      readyPort = connectsWriter ? topology.connect(ready, to: writer) : []
    }
  }

  let geometry: FullyConnectedGeometry
  var compression: RowCompressionEngine
  var neurons: NeuronEngine
  let elements: FullyConnectedElements
  let writer: SpikeWriter
  let startPort: PortSet
  let donePort: PortSet

  init(
    _ geometry: FullyConnectedGeometry, _ behaviour: FullyConnectedBehaviour, wiring: Wiring,
    counts: FrameCounts
  ) {
    self.geometry = geometry
    startPort = wiring.startPort
    donePort = wiring.donePort
    compression = RowCompressionEngine(
      rows: geometry.inputChannels, timeSteps: geometry.timeSteps, chunks: geometry.chunks,
      wiring: wiring, counts: counts)
    neurons = NeuronEngine(
      timeSteps: geometry.timeSteps, behaviour,
      writerTurn: wiring.readyPort.isEmpty ? nil : 2 * Cycle(geometry.processingElements),
      wiring: wiring, counts: counts)
    elements = FullyConnectedElements(
      wiring: wiring, losesFirstSpike: behaviour.losesFirstSpike)
    writer = SpikeWriter(
      elements: geometry.processingElements, writesPerElement: 1, ready: wiring.readyPort)
  }

  mutating func reset() {
    compression.reset()
    neurons.reset()
  }
}
