import EventSimulation

/// The compression half of a convolution layer's event controller: a priority encoder that turns
/// the spike frame of one channel and time step into an address list.
///
/// The frames are read and compressed again for every output-channel phase. The list is handed to
/// the ``SpikeEngine``, which copies it; the next frame is compressed while that list is worked off.
/// Follows docs/hardware/conv-2023.md, "Compression".
struct CompressionEngine: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, wait, load, encode, clear, transit, channel, timeStep, phase, done
  }

  // Parameters.
  let channels: UInt32
  let timeSteps: UInt32
  let phases: UInt32
  let chunks: Cycle
  /// The spike counter has few bits: only these of a frame's spike count survive.
  let counterMask: UInt32
  /// The chunk counter is too narrow for the number of chunks: the first frame is never finished.
  let neverEnds: Bool
  /// Spikes of each frame in the order of reading.
  let counts: FrameCounts

  // Ports.
  let start: PortSet
  let available: SignalIdentifier
  let availablePort: PortSet
  let list: SignalIdentifier
  let lastChannel: SignalIdentifier
  /// Whether the ends of time steps are counted, and not told by a pulse.
  let countsSteps: Bool
  let loaded: SignalIdentifier
  /// High while the other engines have work, for a layer that is done only when they have none.
  let working: SignalIdentifier?
  let writing: SignalIdentifier?
  /// The number of finished frames, if they can wait for the writer: `writing` then counts the
  /// written ones.
  let finished: SignalIdentifier?
  let restPorts: PortSet

  /// What a resumption means.
  private enum Expectation: UInt8 { case start, encoded, transit, rest }

  // Registers.
  private var expectation = Expectation.start
  private var channel: UInt32 = 0
  private var timeStep: UInt32 = 0
  private var phase: UInt32 = 0
  private var counted: UInt32 = 0
  private var cursor = 0
  private var finishedSteps: UInt64 = 0

  // Statistics.
  private(set) var frames: UInt64 = 0
  private(set) var encodedSpikes: UInt64 = 0
  private(set) var largestList: UInt32 = 0
  private(set) var starts: UInt64 = 0
  /// When the loaded pulse of the latest image was high.
  private(set) var loadedAt: Cycle = 0

  init(
    _ geometry: ConvolutionGeometry, _ behaviour: ConvolutionBehaviour,
    wiring: ConvolutionLayer.Wiring, counts: FrameCounts
  ) {
    self.counts = counts
    channels = UInt32(geometry.inputChannels)
    timeSteps = UInt32(geometry.timeSteps)
    phases = UInt32(geometry.phases)
    chunks = Cycle(geometry.chunks)
    counterMask = behaviour.countWraps ? geometry.spikeCounterMask : .max
    neverEnds = behaviour.chunkCounterWraps && geometry.chunkCounterOverflows
    countsSteps = behaviour.stepEnds == .counted
    start = wiring.startPort
    available = wiring.available
    availablePort = wiring.availablePort
    list = wiring.list
    lastChannel = wiring.lastChannel
    loaded = wiring.loaded
    working = wiring.working
    writing = wiring.writing
    finished = wiring.finished
    restPorts = wiring.restPorts
  }

  mutating func reset() {
    expectation = .start
    (channel, timeStep, phase, counted, cursor, finishedSteps) = (0, 0, 0, 0, 0, 0)
    (frames, encodedSpikes, largestList, starts, loadedAt) = (0, 0, 0, 0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    switch expectation {
    case .start:
      starts &+= 1
      return beginFrame(&kernel)
    case .encoded:
      if counted == 0 { return endFrame(&kernel) }
      kernel.write(list, UInt64(counted))
      kernel.stay(in: State.transit, for: 1)
      expectation = .transit
      return .afterStay
    case .transit:
      guard kernel.value(of: available) != 0 else {
        return .waiting(for: availablePort, in: State.transit)
      }
      // The channel iteration of the next cycle clears the list.
      kernel.write(list, 0, after: 2)
      return endFrame(&kernel)
    case .rest: return finish(&kernel)
    }
  }

  @inline(__always)
  private mutating func beginFrame<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    if neverEnds { return .forever(in: State.load) }
    let spikes = counts[cursor]
    cursor &+= 1
    kernel.stay(in: State.wait, for: 1)
    kernel.stay(in: State.load, for: chunks)
    kernel.stay(in: State.encode, for: chunks &+ Cycle(spikes))
    kernel.stay(in: State.clear, for: Cycle(spikes))
    counted = spikes & counterMask
    frames &+= 1
    encodedSpikes &+= UInt64(spikes)
    largestList = max(largestList, spikes)
    expectation = .encoded
    return .afterStay
  }

  @inline(__always)
  private mutating func endFrame<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    kernel.stay(in: State.channel, for: 1)
    channel &+= 1
    guard channel == channels else { return beginFrame(&kernel) }
    channel = 0
    if countsSteps {
      finishedSteps &+= 1
      kernel.write(lastChannel, finishedSteps, after: 2)
    } else {
      kernel.pulse(lastChannel, after: 2)
    }
    kernel.stay(in: State.timeStep, for: 1)
    timeStep &+= 1
    guard timeStep == timeSteps else { return beginFrame(&kernel) }
    timeStep = 0
    kernel.stay(in: State.phase, for: 1)
    phase &+= 1
    if counts.everyPhaseReadsTheSame { cursor = 0 }
    guard phase == phases else { return beginFrame(&kernel) }
    phase = 0
    kernel.stay(in: State.done, for: 1)
    if working != nil {
      expectation = .rest
      return .afterStay
    }
    loadedAt = kernel.now &+ 5
    kernel.pulse(loaded, after: 5)
    expectation = .start
    return .waiting(for: start, in: State.idle)
  }

  /// Signals completion as soon as the last sweep and the last write are over.
  @inline(__always)
  private mutating func finish<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    let written = finished.map { kernel.value(of: $0) } ?? 0
    if let working, let writing,
      kernel.value(of: working) != 0 || kernel.value(of: writing) != written
    {
      return .waiting(for: restPorts, in: State.done)
    }
    loadedAt = kernel.now &+ 1
    kernel.pulse(loaded)
    expectation = .start
    return .waiting(for: start, in: State.idle)
  }
}
