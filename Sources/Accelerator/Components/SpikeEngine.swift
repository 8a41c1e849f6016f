import EventSimulation

/// The accumulation half of a convolution layer's event controller: it walks the address list, all
/// kernel taps of a spike one after another, and orders the activation sweep at the end of a time
/// step.
///
/// Follows docs/hardware/conv-2023.md, "Spike iteration".
struct SpikeEngine: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, burst, activate
  }

  // Parameters.
  let taps: Cycle
  let outputPixels: Cycle

  // Ports.
  let list: SignalIdentifier
  let listPort: PortSet
  let available: SignalIdentifier
  let lastChannel: SignalIdentifier
  let accumulate: SignalIdentifier
  let activate: SignalIdentifier
  let ready: SignalIdentifier

  // Registers.
  private enum Expectation: UInt8 { case firstIdle, list, burstEnd }
  private var expectation = Expectation.firstIdle
  private var burstStart: Cycle = 0

  // Statistics.
  private(set) var activations: UInt64 = 0
  private(set) var activateEnables: UInt64 = 0

  init(_ geometry: ConvolutionGeometry, wiring: ConvolutionLayer.Wiring) {
    taps = Cycle(geometry.kernel) * Cycle(geometry.kernel)
    outputPixels = Cycle(geometry.outputPixels)
    list = wiring.list
    listPort = wiring.listPort
    available = wiring.available
    lastChannel = wiring.lastChannel
    accumulate = wiring.accumulate
    activate = wiring.activate
    ready = wiring.ready
  }

  mutating func reset() {
    expectation = .firstIdle
    burstStart = 0
    activations = 0
    activateEnables = 0
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    if expectation == .burstEnd {
      // A channel iteration of the last channel is remembered only from the burst's first cycle on:
      // one that came earlier is lost, and the activation with it.
      if kernel.hasPulsed(lastChannel, since: burstStart &+ 1) { orderActivation(&kernel) }
      kernel.stay(in: State.idle, for: 1)
      expectation = .firstIdle
      return .afterStay
    }
    if expectation == .firstIdle { kernel.write(available, 1) }
    let spikes = kernel.value(of: list)
    guard spikes != 0 else {
      expectation = .list
      return .waiting(for: listPort, in: State.idle)
    }
    let length = taps &* spikes
    kernel.write(available, 0, after: 2)
    kernel.write(accumulate, 1)
    kernel.write(accumulate, 0, after: 1 &+ length)
    burstStart = kernel.now &+ 1
    kernel.stay(in: State.burst, for: length)
    expectation = .burstEnd
    return .afterStay
  }

  @inline(__always)
  private mutating func orderActivation<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    // The enable is high one cycle shorter than the sweep: never, for a single output pixel.
    if outputPixels > 1 { kernel.pulse(activate, after: 2) }
    kernel.stay(in: State.activate, for: outputPixels)
    kernel.pulse(ready, after: outputPixels &+ 1)
    activations &+= 1
    activateEnables &+= outputPixels &- 1
  }
}
