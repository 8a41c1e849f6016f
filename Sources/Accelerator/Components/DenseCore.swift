import EventSimulation

/// The core of a direct-coded first layer: it feeds whole frames of real numbers through one
/// convolution pipeline, whatever they hold.
///
/// One slot an output channel and time step: the pixels are fed, then the pipeline drains. Follows
/// docs/hardware/hybrid-2024.md, "Dense core".
struct DenseCore: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, feed, drain
  }

  /// Cycles in which the pipeline drains after the last pixel.
  static let drainCycles: Cycle = 28

  // Parameters.
  let slots: Int
  let pixels: Cycle

  // Ports.
  let start: PortSet
  let threshold: SignalIdentifier
  let ready: SignalIdentifier
  let loaded: SignalIdentifier

  // Registers.
  private var isRunning = false
  private var slot = 0

  /// When the loaded pulse was high.
  private(set) var loadedAt: Cycle = 0

  init(_ geometry: DenseGeometry, wiring: DenseLayer.Wiring) {
    slots = geometry.outputChannels * geometry.timeSteps
    pixels = Cycle(geometry.pixels)
    start = wiring.startPort
    threshold = wiring.threshold
    ready = wiring.ready
    loaded = wiring.loaded
  }

  mutating func reset() { (isRunning, slot, loadedAt) = (false, 0, 0) }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    if isRunning {
      kernel.pulse(ready)
      slot &+= 1
      if slot == slots {
        (isRunning, slot) = (false, 0)
        loadedAt = kernel.now &+ 1
        kernel.pulse(loaded)
        return .waiting(for: start, in: State.idle)
      }
    }
    isRunning = true
    // The first value leaves the pipeline when a drain's worth of cycles is over.
    kernel.pulse(threshold, after: Self.drainCycles &+ 1)
    kernel.stay(in: State.feed, for: pixels &+ 1)
    kernel.stay(in: State.drain, for: Self.drainCycles)
    return .afterStay
  }
}

/// The threshold unit behind the dense core: active while values leave the pipeline.
struct ThresholdUnit: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case rest, active
  }

  // Parameters.
  let pixels: Cycle

  // Ports.
  let threshold: PortSet

  init(_ geometry: DenseGeometry, wiring: DenseLayer.Wiring) {
    pixels = Cycle(geometry.pixels)
    threshold = wiring.thresholdPort
  }

  @inline(__always)
  func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    kernel.stay(in: State.active, for: pixels &+ 1)
    return .waiting(for: threshold, in: State.rest)
  }
}

/// One direct-coded layer: dense core and threshold unit.
struct DenseLayer: BitwiseCopyable {
  /// The signals of the layer.
  struct Wiring {
    let threshold: SignalIdentifier
    let ready: SignalIdentifier
    let loaded: SignalIdentifier
    let startPort: PortSet
    let thresholdPort: PortSet

    let processes: [ProcessIdentifier]

    init(layer: Int, start: SignalIdentifier, in topology: inout Topology) {
      func name(_ part: String) -> String { "layer\(layer).\(part)" }
      let core = topology.addProcess(name("core"), states: DenseCore.State.self)
      let unit = topology.addProcess(name("threshold"), states: ThresholdUnit.State.self)
      processes = [core, unit]
      threshold = topology.addSignal(name("drained"), kind: .pulse)
      ready = topology.addSignal(name("ready"), kind: .pulse)
      loaded = topology.addSignal(name("loaded"), kind: .pulse)
      startPort = topology.connect(start, to: core)
      thresholdPort = topology.connect(threshold, to: unit)
    }
  }

  let geometry: DenseGeometry
  var core: DenseCore
  let threshold: ThresholdUnit

  init(_ geometry: DenseGeometry, wiring: Wiring) {
    self.geometry = geometry
    core = DenseCore(geometry, wiring: wiring)
    threshold = ThresholdUnit(geometry, wiring: wiring)
  }

  mutating func reset() { core.reset() }
}
