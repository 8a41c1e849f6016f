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

  var compression: RowCompressionEngine
  var neurons: NeuronEngine
  let elements: FullyConnectedElements
  let writer: SpikeWriter
  let startPort: PortSet
  let donePort: PortSet

  init(
    _ geometry: FullyConnectedGeometry, wiring: Wiring, counts: FrameCounts,
    quirks: Set<Conv2023.Quirk>
  ) {
    self.init(
      RowCompressionEngine(
        rows: geometry.inputChannels, timeSteps: geometry.timeSteps, chunks: geometry.chunks,
        wiring: wiring, counts: counts),
      NeuronEngine(
        timeSteps: geometry.timeSteps, passes: geometry.passes,
        counterMask: quirks.contains(.countWrap) ? geometry.spikeCounterMask : .max,
        neverEnds: geometry.passesNeverEnd, wiring: wiring, counts: counts),
      elements: geometry.processingElements, wiring: wiring)
  }

  init(
    _ compression: RowCompressionEngine, _ neurons: NeuronEngine, elements count: Int,
    wiring: Wiring
  ) {
    startPort = wiring.startPort
    donePort = wiring.donePort
    self.compression = compression
    self.neurons = neurons
    elements = FullyConnectedElements(wiring: wiring)
    writer = SpikeWriter(elements: count, writesPerElement: 1, ready: wiring.readyPort)
  }

  mutating func reset() {
    compression.reset()
    neurons.reset()
  }
}
