import EventSimulation

/// The event controller of one layer of the pipeline: it takes the spikes of a time step from the
/// buffer before the layer, hands them to all units one by one, waits until the buffer behind the
/// layer is free, activates all neurons and fills that buffer.
///
/// The first controller reads the input instead of a buffer, and ends after the last time step; the
/// last one has no buffer behind it. Follows docs/hardware/fc-2023.md, "One time step in one layer".
struct PipelineController: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, address, accumulate, change, hold, activate, fill, finish, list
  }

  /// The states of the first controller, which are the same but for the numbers: it never idles, and
  /// begins with a list.
  enum FirstState: UInt8, ProcessState {
    case list, address, accumulate, change, hold, activate, fill, finish, ended
  }

  // Parameters.
  let layer: Int
  let isLast: Bool
  let timeSteps: UInt64
  /// Cycles in which the units serve their neurons for one spike.
  let waitCycles: Cycle
  /// Entering spikes.
  let counts: FrameCounts
  /// Whether the counts are those of the time steps; those of the arrivals otherwise, which are fewer
  /// where time steps are lost.
  let countsAreOfTimeSteps: Bool
  // Quirks.
  let hasProcessOrder: Bool
  let losesEmptySteps: Bool
  /// Memory for every time step that enters, and for the last layer, that leaves.
  let entered: UnsafeMutablePointer<Passage>
  let left: UnsafeMutablePointer<Passage>

  // Ports. The buffer before the layer:
  let filled: SignalIdentifier
  let filledPort: PortSet
  let filledStep: SignalIdentifier
  let freed: SignalIdentifier
  // The buffer behind it:
  let fills: SignalIdentifier
  let fillsStep: SignalIdentifier
  let isFreed: SignalIdentifier
  let isFreedPort: PortSet
  let firstEnded: SignalIdentifier

  /// What a resumption means.
  private enum Expectation: UInt8 { case reset, arrival, ready, emptyStep }

  // Registers.
  private var expectation = Expectation.arrival
  private var step = Step()
  /// When this controller last filled the buffer behind it.
  private(set) var lastFill: Cycle = 0
  /// When it last freed the buffer before it.
  private var lastRelease: Cycle = 0

  // Statistics.
  private(set) var enteredCount = 0
  private(set) var leftCount = 0
  /// Time steps that were handed over, to the next layer or as the result.
  private(set) var handOvers: UInt64 = 0
  private(set) var activations: UInt64 = 0
  private(set) var largestFrame: UInt32 = 0
  /// The first cycle after the last time step was finished.
  private(set) var rest: Cycle = 0

  init(
    _ layer: Int, of model: FullyConnected2023, wiring: FullyConnected2023Design.Wiring,
    counts: FrameCounts, countsAreOfTimeSteps: Bool, in arena: Arena
  ) {
    let geometry = model.geometry
    self.layer = layer
    self.counts = counts
    self.countsAreOfTimeSteps = countsAreOfTimeSteps
    hasProcessOrder = model.quirks.contains(.processOrder)
    losesEmptySteps = model.quirks.contains(.lostEmptySteps)
    isLast = layer == geometry.layers - 1
    timeSteps = UInt64(geometry.timeSteps)
    waitCycles = geometry.waitCycles(of: layer, wraps: model.quirks.contains(.eightBitWait))
    entered = arena.allocate(geometry.timeSteps, repeating: Passage())
    left = arena.allocate(isLast ? geometry.timeSteps : 0, repeating: Passage())
    // The outermost controllers are wired to buffers that nobody else touches.
    let (before, behind) = (wiring.buffers[layer], wiring.buffers[layer + 1])
    filled = before.filled
    filledPort = before.filledPort
    filledStep = before.step
    freed = before.freed
    fills = behind.filled
    fillsStep = behind.step
    isFreed = behind.freed
    isFreedPort = behind.freedPort
    firstEnded = wiring.firstEnded
    reset()
  }

  mutating func reset() {
    expectation = layer == 0 ? .reset : .arrival
    (step, lastFill, lastRelease) = (Step(), 0, 0)
    (enteredCount, leftCount, handOvers, activations) = (0, 0, 0, 0)
    (largestFrame, rest) = (0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    switch expectation {
    case .reset:
      // Cycle 0 is the first list of the first controller.
      let spikes = enter(at: 0)
      return passesBy(spikes) ? handOver(&kernel) : serve(spikes, &kernel)
    case .arrival:
      let cycle = kernel.value(of: filled)
      // What was filled while this controller was busy went with its release of the buffer.
      guard cycle > lastRelease else { return .waiting(for: filledPort, in: State.idle) }
      step = Step(bits: kernel.value(of: filledStep))
      // The first controller counts on in the cycle after it filled the buffer, and layer 1 looks at
      // its very counter.
      if layer == 1, hasProcessOrder, kernel.now > cycle { step.isMisnamed = true }
      let spikes = enter(at: kernel.nextStay)
      kernel.stay(in: State.list, for: 1)
      return serve(spikes, &kernel)
    case .ready:
      guard isLast || lastFill <= kernel.value(of: isFreed) else {
        return .waiting(for: isFreedPort, in: State.hold)
      }
      activations &+= 1
      return handOver(&kernel)
    case .emptyStep:
      return handOver(&kernel)
    }
  }

  /// Notes that a time step enters the layer.
  ///
  /// - Returns: its spikes.
  @inline(__always)
  private mutating func enter(at cycle: Cycle) -> UInt32 {
    let spikes = counts[
      countsAreOfTimeSteps ? Int(truncatingIfNeeded: step.number) : enteredCount]
    // Every step enters once at most: the memory has a place for each.
    entered[enteredCount] = Passage(cycle: cycle, step: step.name)
    enteredCount &+= 1
    largestFrame = max(largestFrame, spikes)
    return spikes
  }

  /// Whether a time step of the input is neither activated nor held until the buffer is free.
  @inline(__always)
  private func passesBy(_ spikes: UInt32) -> Bool { losesEmptySteps && spikes == 0 }

  /// Hands the listed spikes to the units, until the buffer behind the layer is asked for.
  @inline(__always)
  private mutating func serve<Probe: KernelProbe>(
    _ spikes: UInt32, _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    kernel.stay(in: State.address, for: Cycle(spikes))
    kernel.stay(in: State.accumulate, for: Cycle(spikes) &* waitCycles)
    kernel.stay(in: State.change, for: Cycle(spikes))
    kernel.stay(in: State.hold, for: 1)
    expectation = .ready
    return .afterStay
  }

  /// Activates the neurons, fills the buffer behind the layer and frees the one before it.
  @inline(__always)
  private mutating func handOver<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    kernel.stay(in: State.activate, for: 1)
    let cycle = kernel.nextStay
    kernel.stay(in: State.fill, for: 1)
    let end = kernel.nextStay
    kernel.stay(in: State.finish, for: 1)
    let ended = kernel.value(of: firstEnded)
    rest = kernel.nextStay
    handOvers &+= 1
    if isLast {
      left[leftCount] = Passage(cycle: end, step: step.name)
      leftCount &+= 1
    } else {
      let seen =
        hasProcessOrder
        ? SystemCProcessOrder.fillIsSeen(by: layer, at: cycle, firstEnded: ended) : cycle &+ 1
      kernel.write(fillsStep, step.bits, after: seen &- kernel.now)
      kernel.write(fills, cycle, after: seen &- kernel.now)
      lastFill = cycle
    }
    guard layer == 0 else {
      let seen =
        hasProcessOrder
        ? SystemCProcessOrder.releaseIsSeen(by: layer, at: cycle, firstEnded: ended) : cycle &+ 1
      kernel.write(freed, cycle, after: seen &- kernel.now)
      lastRelease = cycle
      expectation = .arrival
      return .waiting(for: filledPort, in: State.idle)
    }
    return nextStep(&kernel)
  }

  /// Lists the next time step of the input.
  @inline(__always)
  private mutating func nextStep<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>
  ) -> Wake {
    step.number &+= 1
    guard step.number < timeSteps else {
      kernel.write(firstEnded, kernel.nextStay)
      return .forever(in: FirstState.ended)
    }
    let spikes = enter(at: kernel.nextStay)
    kernel.stay(in: FirstState.list, for: 1)
    guard !passesBy(spikes) else {
      expectation = .emptyStep
      return .afterStay
    }
    return serve(spikes, &kernel)
  }
}
