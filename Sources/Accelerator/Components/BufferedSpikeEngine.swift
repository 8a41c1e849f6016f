import EventSimulation

/// The accumulation half of an event controller whose lists wait in a ring.
///
/// At the end of a time step all controllers wait for each other; then the first one orders the
/// activation sweep. Follows docs/hardware/BeyondPublished.md, "List buffers" and "Event
/// controllers".
struct BufferedSpikeEngine: BitwiseCopyable {
  typealias State = SpikeEngine.State

  // Parameters.
  let ring: ListRing
  let taps: Cycle
  let sweepCycles: Cycle
  let sumCycles: Cycle
  let drainCycles: Cycle
  let elementCycles: Cycle

  // Ports.
  let wiring: EventControllerPorts
  /// What the first controller needs to order sweeps; nil in the others.
  let sweeps: SweepPorts?

  /// What a resumption means.
  private enum Expectation: UInt8 { case idle, burstEnd }

  // Registers.
  private var expectation = Expectation.idle
  private var walkedLists: UInt64 = 0
  /// Time steps that the first controller has swept.
  private var sweptSteps: UInt64 = 0
  /// Time steps that another controller has reported as worked off.
  private var reportedSteps: UInt64 = 0
  private var elementsRest: Cycle = 0

  // Statistics.
  private(set) var activations: UInt64 = 0
  private(set) var activateEnables: UInt64 = 0

  init(
    _ geometry: ConvolutionGeometry, _ behaviour: ConvolutionBehaviour,
    wiring: EventControllerPorts, sweeps: SweepPorts?, ring: ListRing
  ) {
    self.ring = ring
    self.wiring = wiring
    self.sweeps = sweeps
    taps = geometry.spikeCycles
    sweepCycles = geometry.sweepCycles(isShort: behaviour.sweepsShort)
    sumCycles = Cycle(geometry.options.sumCycles)
    drainCycles = Cycle(geometry.options.drainCycles)
    elementCycles = geometry.elementCycles
  }

  mutating func reset() {
    expectation = .idle
    (walkedLists, sweptSteps, reportedSteps, elementsRest) = (0, 0, 0, 0)
    (activations, activateEnables) = (0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    switch expectation {
    case .idle: return idle(&kernel)
    case .burstEnd:
      expectation = .idle
      walkedLists &+= 1
      kernel.write(wiring.walked, walkedLists, after: 2)
      if isStepOver(kernel) {
        if maySweep(kernel) { return sweep(&kernel) }
        report(&kernel)
      }
      kernel.stay(in: State.idle, for: 1)
      return .afterStay
    }
  }

  private mutating func idle<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    if isStepOver(kernel) {
      if maySweep(kernel) { return sweep(&kernel) }
      report(&kernel)
      if kernel.now &+ 2 < elementsRest {
        kernel.stay(in: State.idle, for: elementsRest &- 2 &- kernel.now)
        return .afterStay
      }
      let ports = sweeps.map { wiring.idlePorts.union($0.writingPort) } ?? wiring.idlePorts
      return .waiting(for: ports, in: State.idle)
    } else if kernel.value(of: wiring.lists) != walkedLists {
      burst(&kernel, spikes: Cycle(ring[walkedLists].spikes))
      return .afterStay
    }
    return .waiting(for: wiring.idlePorts, in: State.idle)
  }

  /// Time steps whose sweep is over, or under way for the engine that ordered it.
  private func swept<Probe: KernelProbe>(_ kernel: borrowing EventKernel<Probe>) -> UInt64 {
    sweeps == nil ? kernel.value(of: wiring.swept) : sweptSteps
  }

  /// Whether all lists of the time step are walked, so that nothing but a sweep may follow.
  private func isStepOver<Probe: KernelProbe>(_ kernel: borrowing EventKernel<Probe>) -> Bool {
    kernel.value(of: wiring.lists) != walkedLists
      ? ring[walkedLists].step > swept(kernel) : kernel.value(of: wiring.ended) > swept(kernel)
  }

  /// Whether the sweep that is due can be ordered in this cycle.
  private func maySweep<Probe: KernelProbe>(_ kernel: borrowing EventKernel<Probe>) -> Bool {
    guard let sweeps, kernel.now &+ 2 >= elementsRest else { return false }
    for index in 0..<sweeps.reportCount
    where kernel.value(of: sweeps.reports[index]) <= sweptSteps { return false }
    guard let writing = sweeps.writing else { return true }
    return sweeps.writerQueue > 0
      ? sweptSteps &- kernel.value(of: writing) <= sweeps.writerQueue
      : !kernel.isHigh(sweeps.ready) && kernel.value(of: writing) == 0
  }

  /// Tells the first controller that this one has worked off the time step.
  private mutating func report<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    guard sweeps == nil else { return }
    let steps = swept(kernel) &+ 1
    guard reportedSteps < steps else { return }
    reportedSteps = steps
    kernel.write(wiring.reported, steps)
  }

  private mutating func burst<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>, spikes: Cycle
  ) {
    expectation = .burstEnd
    kernel.write(wiring.accumulate, 1)
    kernel.write(wiring.accumulate, 0, after: 1 &+ taps &* spikes)
    kernel.stay(in: State.burst, for: taps &* spikes)
    kernel.stay(in: State.drain, for: drainCycles)
  }

  private mutating func sweep<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    guard let sweeps else { return .forever(in: State.idle) }
    sweptSteps &+= 1
    activations &+= 1
    activateEnables &+= sweepCycles &- 1
    // The enable is high from the second cycle of the sweep to its last.
    if sweepCycles > 1 {
      kernel.pulse(sweeps.activate, after: 2)
      elementsRest = kernel.now &+ 2 &+ elementCycles &+ 2
    }
    let end = sweepCycles &+ sumCycles &+ drainCycles &+ 1
    kernel.stay(in: State.activate, for: sweepCycles &+ sumCycles)
    kernel.stay(in: State.drain, for: drainCycles)
    kernel.stay(in: State.idle, for: 1)
    if sweeps.writerQueue > 0 {
      kernel.write(sweeps.ready, sweptSteps, after: end)
    } else {
      kernel.pulse(sweeps.ready, after: end)
    }
    if sweeps.reportCount > 0 { kernel.write(wiring.swept, sweptSteps, after: end) }
    if let completed = sweeps.completed { kernel.write(completed, sweptSteps, after: end &+ 1) }
    return .afterStay
  }
}
