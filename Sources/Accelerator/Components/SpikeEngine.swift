import EventSimulation

/// The accumulation half of a convolution layer's event controller: it walks the address list, all
/// kernel taps of a spike one after another, and orders the activation sweep at the end of a time
/// step.
///
/// Follows docs/hardware/conv-2023.md, "Spike iteration", and docs/hardware/hybrid-2024.md, "Spike
/// engine"; which of them is in its ``ConvolutionBehaviour``.
struct SpikeEngine: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    /// `drain` exists with a memory latency of more than a cycle.
    case idle, burst, activate, drain
  }

  // Parameters.
  let behaviour: ConvolutionBehaviour
  let taps: Cycle
  let elementCycles: Cycle
  let sweepCycles: Cycle
  let drainCycles: Cycle
  /// Finished frames that can wait for the writer.
  let writerQueue: UInt64

  // Ports.
  let list: SignalIdentifier
  let available: SignalIdentifier
  let lastChannel: SignalIdentifier
  let idlePorts: PortSet
  let accumulate: SignalIdentifier
  let activate: SignalIdentifier
  let ready: SignalIdentifier
  /// High while the engine has work, for a layer that is done only when it has none.
  let working: SignalIdentifier?
  /// High while the writer is busy, for an engine that waits for it; with a queue, the number of
  /// written frames.
  let writing: SignalIdentifier?
  let writingPort: PortSet

  /// What a resumption means.
  private enum Expectation: UInt8 { case idle, burstEnd, sweep }

  // Registers.
  private var expectation = Expectation.idle
  private var isAvailable = false
  private var isWorking = false
  /// Whether the list at the port is one that was worked off already.
  private var listIsStale = false
  /// Set by a list, cleared by a sweep, and set after reset.
  private var mayActivate = true
  /// From when on ends of a time step are remembered because the engine is not available.
  private var unavailableSince: Cycle = 1
  /// The earliest end of a time step that is still remembered when the burst ends.
  private var remembersSince: Cycle = 0
  /// From when on the processing elements see the enable of a further sweep.
  private var elementsRest: Cycle = 0
  /// Ends of time steps that are worked off, if they are counted.
  private var sweptSteps: UInt64 = 0

  // Statistics.
  private(set) var activations: UInt64 = 0
  private(set) var activateEnables: UInt64 = 0

  init(
    _ geometry: ConvolutionGeometry, _ behaviour: ConvolutionBehaviour,
    wiring: ConvolutionLayer.Wiring
  ) {
    self.behaviour = behaviour
    taps = geometry.spikeCycles
    elementCycles = geometry.elementCycles
    sweepCycles = geometry.sweepCycles(isShort: behaviour.sweepsShort)
    drainCycles = Cycle(geometry.options.drainCycles)
    writerQueue = UInt64(geometry.options.writerQueue)
    list = wiring.list
    available = wiring.available
    lastChannel = wiring.lastChannel
    idlePorts = wiring.listPort.union(wiring.lastChannelPort)
    accumulate = wiring.accumulate
    activate = wiring.activate
    ready = wiring.ready
    working = wiring.working
    writing = behaviour.overrunsWriter ? nil : wiring.writing
    writingPort = wiring.writingPort
  }

  mutating func reset() {
    expectation = .idle
    (isAvailable, isWorking, listIsStale, mayActivate) = (false, false, false, true)
    (unavailableSince, remembersSince, elementsRest, sweptSteps) = (1, 0, 0, 0)
    (activations, activateEnables) = (0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    switch expectation {
    case .idle: return idle(&kernel)
    case .sweep: return sweep(&kernel)
    case .burstEnd:
      let isStepOver =
        behaviour.stepEnds == .counted
        ? kernel.value(of: lastChannel) != sweptSteps
        : kernel.hasPulsed(lastChannel, since: remembersSince)
      if isStepOver { return sweep(&kernel) }
      expectation = .idle
      kernel.stay(in: State.idle, for: 1)
      return .afterStay
    }
  }

  @inline(__always)
  private mutating func idle<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    let isStale = listIsStale
    listIsStale = false
    let isFirstCycle = !isAvailable
    let isStepOver =
      switch behaviour.stepEnds {
      case .heardDuringBursts: false
      case .heardOnceAList: mayActivate && kernel.isHigh(lastChannel)
      case .counted: kernel.value(of: lastChannel) != sweptSteps
      }
    if isStepOver, !behaviour.losesLists {
      if isAvailable { kernel.write(available, 0) }
      isAvailable = false
      unavailableSince = kernel.now &+ 1
      return sweep(&kernel)
    }
    if isFirstCycle {
      isAvailable = true
      kernel.write(available, 1)
    }
    // An engine that remains available loses a list that is offered during the sweep.
    if isStepOver { return sweep(&kernel) }
    let spikes = kernel.value(of: list)
    guard spikes != 0, !isStale else {
      report(false, &kernel)
      return .waiting(for: idlePorts, in: State.idle)
    }
    burst(&kernel, spikes: spikes, isFirstCycle: isFirstCycle)
    return .afterStay
  }

  @inline(__always)
  private mutating func burst<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>, spikes: UInt64, isFirstCycle: Bool
  ) {
    let start = kernel.now &+ 1
    let accumulating = taps &* spikes
    let length = accumulating &+ drainCycles
    expectation = .burstEnd
    isAvailable = false
    mayActivate = true
    report(true, &kernel)
    kernel.write(available, 0, after: 2)
    kernel.write(accumulate, 1)
    kernel.write(accumulate, 0, after: 1 &+ accumulating)
    // The engine is still available in the burst's first cycle, in which it forgets. That matters to
    // a burst of a single cycle only.
    if length > 1 || behaviour.stepEnds == .heardDuringBursts {
      remembersSince = start &+ 1
    } else {
      remembersSince = isFirstCycle ? unavailableSince : start
    }
    if length == 1 { listIsStale = isFirstCycle && !behaviour.takesListsTwice }
    unavailableSince = start &+ 1
    kernel.stay(in: State.burst, for: accumulating)
    if drainCycles > 0 { kernel.stay(in: State.drain, for: drainCycles) }
  }

  /// Sweeps as soon as writer and processing elements are ready for it.
  @inline(__always)
  private mutating func sweep<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    mayActivate = false
    // When the sweep is over, the list at the port is another one.
    listIsStale = false
    report(true, &kernel)
    if let writing, isWriterBehind(writing, kernel) {
      expectation = .sweep
      return .waiting(for: writingPort, in: State.idle)
    }
    if behaviour.stepEnds == .counted, kernel.now &+ 2 < elementsRest {
      expectation = .sweep
      kernel.stay(in: State.idle, for: elementsRest &- 2 &- kernel.now)
      return .afterStay
    }
    expectation = .idle
    sweptSteps &+= 1
    activations &+= 1
    activateEnables &+= sweepCycles &- 1
    // The enable is high from the second cycle of the sweep to its last. Elements that are still
    // leaving the sweep before see it in their first resting cycle.
    let enabled = max(kernel.now &+ 2, elementsRest)
    if enabled <= kernel.now &+ sweepCycles {
      kernel.pulse(activate, after: enabled &- kernel.now)
      elementsRest = enabled &+ elementCycles &+ 2
    }
    kernel.stay(in: State.activate, for: sweepCycles)
    if drainCycles > 0 { kernel.stay(in: State.drain, for: drainCycles) }
    kernel.stay(in: State.idle, for: 1)
    if writerQueue > 0 {
      kernel.write(ready, activations, after: sweepCycles &+ drainCycles &+ 1)
    } else {
      kernel.pulse(ready, after: sweepCycles &+ drainCycles &+ 1)
    }
    return .afterStay
  }

  /// Whether the frame of a sweep could find neither the writer idle nor room in its queue.
  @inline(__always)
  private func isWriterBehind<Probe: KernelProbe>(
    _ writing: SignalIdentifier, _ kernel: borrowing EventKernel<Probe>
  ) -> Bool {
    writerQueue > 0
      ? activations &- kernel.value(of: writing) > writerQueue
      : kernel.isHigh(ready) || kernel.value(of: writing) != 0
  }

  @inline(__always)
  private mutating func report<Probe: KernelProbe>(
    _ isBusy: Bool, _ kernel: inout EventKernel<Probe>
  ) {
    guard let working, isBusy != isWorking else { return }
    isWorking = isBusy
    kernel.write(working, isBusy ? 1 : 0)
  }
}
