import EventSimulation

/// The accumulation half of a convolution layer's event controller in platform hybrid-2024: as
/// ``SpikeEngine`` it walks the address list, but it orders the activation sweep from its idle state
/// too, and only once after each list.
///
/// The end of a time step reaches it as one pulse, which is remembered while the engine is not
/// available. So an activation or a whole list can be lost: docs/hardware/hybrid-2024.md, "Spike
/// engine".
struct FlaggedSpikeEngine: BitwiseCopyable {
  typealias State = SpikeEngine.State

  // Parameters.
  let taps: Cycle
  let outputPixels: Cycle

  // Ports.
  let list: SignalIdentifier
  let available: SignalIdentifier
  let lastChannel: SignalIdentifier
  let idlePorts: PortSet
  let accumulate: SignalIdentifier
  let activate: SignalIdentifier
  let ready: SignalIdentifier

  // Registers.
  private var isBursting = false
  private var isAvailable = false
  /// Set by a list, cleared by a sweep, and set after reset.
  private var mayActivate = true
  private var burstStart: Cycle = 0
  /// The earliest end of a time step that is still remembered when the burst ends.
  private var remembersSince: Cycle = 0
  /// From when on the processing elements see the enable of a further sweep.
  private var elementsRest: Cycle = 0

  init(_ geometry: ConvolutionGeometry, wiring: ConvolutionLayer.Wiring) {
    taps = Cycle(geometry.kernel) * Cycle(geometry.kernel)
    outputPixels = Cycle(geometry.outputPixels)
    list = wiring.list
    available = wiring.available
    lastChannel = wiring.lastChannel
    idlePorts = wiring.listPort.union(wiring.lastChannelPort)
    accumulate = wiring.accumulate
    activate = wiring.activate
    ready = wiring.ready
  }

  mutating func reset() {
    (isBursting, isAvailable, mayActivate) = (false, false, true)
    (burstStart, remembersSince, elementsRest) = (0, 0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    if isBursting {
      isBursting = false
      if kernel.hasPulsed(lastChannel, since: remembersSince) { sweep(&kernel) }
      kernel.stay(in: State.idle, for: 1)
      return .afterStay
    }
    let wasBusy = !isAvailable
    if wasBusy {
      isAvailable = true
      kernel.write(available, 1)
    }
    if mayActivate, kernel.isHigh(lastChannel) {
      // The engine remains available: a list that is offered during the sweep is lost.
      sweep(&kernel)
      kernel.stay(in: State.idle, for: 1)
      return .afterStay
    }
    let spikes = kernel.value(of: list)
    guard spikes != 0 else { return .waiting(for: idlePorts, in: State.idle) }
    burst(&kernel, spikes: spikes, wasBusy: wasBusy)
    return .afterStay
  }

  @inline(__always)
  private mutating func burst<Probe: KernelProbe>(
    _ kernel: inout EventKernel<Probe>, spikes: UInt64, wasBusy: Bool
  ) {
    let start = kernel.now &+ 1
    let length = taps &* spikes
    isBursting = true
    isAvailable = false
    mayActivate = true
    kernel.write(available, 0, after: 2)
    kernel.write(accumulate, 1)
    kernel.write(accumulate, 0, after: 1 &+ length)
    // The engine is still available in the burst's first cycle, in which it forgets. That matters to
    // a burst of a single cycle only.
    if length > 1 {
      remembersSince = start &+ 1
    } else {
      remembersSince = wasBusy ? burstStart &+ 1 : start
    }
    burstStart = start
    kernel.stay(in: State.burst, for: length)
  }

  /// The sweep takes one cycle less than there are pixels: the last pixel is never reached.
  @inline(__always)
  private mutating func sweep<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    mayActivate = false
    let length = outputPixels &- 1
    // The enable is high from the second cycle of the sweep to its last. Elements that are still
    // leaving the sweep before see it in their first resting cycle.
    let enabled = max(kernel.now &+ 2, elementsRest)
    if enabled <= kernel.now &+ length {
      kernel.pulse(activate, after: enabled &- kernel.now)
      elementsRest = enabled &+ outputPixels &+ 2
    }
    kernel.stay(in: State.activate, for: length)
    kernel.pulse(ready, after: length &+ 1)
  }
}
