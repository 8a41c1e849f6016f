import EventSimulation

/// The compression half of an event controller whose lists wait in a ring.
///
/// It reads every c-th input channel, and stalls when all lists of its ring are full. Follows
/// docs/hardware/BeyondPublished.md, "List buffers", "Full lists" and "Event controllers".
struct BufferedCompressionEngine: BitwiseCopyable {
  typealias State = CompressionEngine.State

  // Parameters.
  /// The first channel that it reads, and the distance to the next.
  let firstChannel: Int
  let stride: Int
  let channels: Int
  let timeSteps: Int
  let phases: Int
  let chunks: Cycle
  /// Spikes of a full list that is handed over at once; more than any frame has if it is not.
  let capacity: UInt32
  let counterMask: UInt32
  let neverEnds: Bool
  let counts: FrameCounts
  let ring: ListRing

  // Ports.
  let wiring: EventControllerPorts
  /// What the first controller asks before it signals completion; nil in the others.
  let completion: CompletionPorts?

  /// What a resumption means.
  private enum Expectation: UInt8 { case start, listed, scanned, transit, rest }

  // Registers.
  private var expectation = Expectation.start
  private var channel = 0
  private var timeStep = 0
  private var phase = 0
  /// The first frame of the time step.
  private var base = 0
  private var spikes: UInt32 = 0
  /// Spikes of the frame that were handed over.
  private var handedOver: UInt32 = 0
  private var counted: UInt32 = 0
  private var isScanned = false
  private var lists: UInt64 = 0
  private var finishedSteps: UInt64 = 0

  // Statistics.
  private(set) var frames: UInt64 = 0
  private(set) var encodedSpikes: UInt64 = 0
  private(set) var largestList: UInt32 = 0
  private(set) var starts: UInt64 = 0
  /// When the loaded pulse of the latest image was high.
  private(set) var loadedAt: Cycle = 0

  init(
    _ geometry: ConvolutionGeometry, _ behaviour: ConvolutionBehaviour, controller: Int,
    wiring: EventControllerPorts, completion: CompletionPorts?, counts: FrameCounts, ring: ListRing
  ) {
    stride = geometry.options.eventControllers
    firstChannel = controller
    channels = geometry.inputChannels
    timeSteps = geometry.timeSteps
    phases = geometry.phases
    chunks = Cycle(geometry.chunks)
    capacity = geometry.options.splitsLists ? UInt32(geometry.listCapacity) : .max
    counterMask = behaviour.countWraps ? geometry.spikeCounterMask : .max
    neverEnds = behaviour.chunkCounterWraps && geometry.chunkCounterOverflows
    self.wiring = wiring
    self.completion = completion
    self.counts = counts
    self.ring = ring
  }

  mutating func reset() {
    expectation = .start
    (channel, timeStep, phase, base) = (firstChannel, 0, 0, 0)
    (spikes, handedOver, counted, isScanned, lists, finishedSteps) = (0, 0, 0, false, 0, 0)
    (frames, encodedSpikes, largestList, starts, loadedAt) = (0, 0, 0, 0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    switch expectation {
    case .start:
      starts &+= 1
      return beginFrame(&kernel)
    case .listed:
      ring[lists] = ListRing.List(spikes: counted, step: finishedSteps)
      lists &+= 1
      kernel.write(wiring.lists, lists)
      kernel.stay(in: State.transit, for: 1)
      expectation = .transit
      return .afterStay
    case .transit:
      guard lists &- kernel.value(of: wiring.walked) < ring.count else {
        return .waiting(for: wiring.walkedPort, in: State.transit)
      }
      return isScanned ? endFrame(&kernel) : scan(&kernel)
    case .scanned: return endFrame(&kernel)
    case .rest: return finish(&kernel)
    }
  }

  private mutating func beginFrame<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    if neverEnds { return .forever(in: State.load) }
    spikes = counts[base &+ channel]
    handedOver = 0
    frames &+= 1
    encodedSpikes &+= UInt64(spikes)
    largestList = max(largestList, min(spikes, capacity))
    kernel.stay(in: State.wait, for: 1)
    return scan(&kernel)
  }

  /// Goes on with the frame up to the next full list, or to its end.
  private mutating func scan<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    let left = spikes &- handedOver
    isScanned = left < capacity
    let listed = isScanned ? left : capacity
    let loadedBefore = chunk(ofSpike: handedOver)
    let emptiedBefore = loadedBefore &- min(loadedBefore, 1)
    handedOver &+= listed
    let loaded = isScanned ? chunks : chunk(ofSpike: handedOver)
    let emptied = isScanned ? chunks : loaded &- 1
    kernel.stay(in: State.load, for: loaded &- loadedBefore)
    kernel.stay(in: State.encode, for: emptied &- emptiedBefore &+ Cycle(listed))
    kernel.stay(in: State.clear, for: Cycle(listed))
    counted = listed & counterMask
    expectation = counted > 0 ? .listed : .scanned
    return .afterStay
  }

  /// The chunk, counted from 1, in which the spike with a number lies; 0 for number 0.
  ///
  /// The timing knows how many spikes a frame has, not where: they are spread evenly.
  private func chunk(ofSpike number: UInt32) -> Cycle {
    number == 0 ? 0 : 1 &+ (Cycle(number) &- 1) &* chunks / Cycle(spikes)
  }

  private mutating func endFrame<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    kernel.stay(in: State.channel, for: 1)
    channel &+= stride
    guard channel >= channels else { return beginFrame(&kernel) }
    channel = firstChannel
    base &+= channels
    finishedSteps &+= 1
    kernel.write(wiring.ended, finishedSteps, after: 2)
    kernel.stay(in: State.timeStep, for: 1)
    timeStep &+= 1
    guard timeStep == timeSteps else { return beginFrame(&kernel) }
    timeStep = 0
    kernel.stay(in: State.phase, for: 1)
    phase &+= 1
    if counts.everyPhaseReadsTheSame { base = 0 }
    guard phase == phases else { return beginFrame(&kernel) }
    phase = 0
    kernel.stay(in: State.done, for: 1)
    guard completion != nil else {
      expectation = .start
      return .waiting(for: wiring.startPort, in: State.idle)
    }
    expectation = .rest
    return .afterStay
  }

  /// Signals completion: as soon as the last list is being walked, or all is swept and written.
  private mutating func finish<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    guard let completion else { return .forever(in: State.done) }
    if let swept = completion.swept, let writing = completion.writing {
      let written = completion.finished.map { kernel.value(of: $0) } ?? 0
      if kernel.value(of: swept) != finishedSteps || kernel.value(of: writing) != written {
        return .waiting(for: completion.ports, in: State.done)
      }
    } else if lists &- kernel.value(of: wiring.walked) > 1 {
      return .waiting(for: wiring.walkedPort, in: State.done)
    }
    loadedAt = kernel.now &+ 1
    kernel.pulse(completion.loaded)
    expectation = .start
    return .waiting(for: wiring.startPort, in: State.idle)
  }
}
