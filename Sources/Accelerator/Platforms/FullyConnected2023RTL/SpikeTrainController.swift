import EventSimulation

/// The control unit of a layer of the register-transfer design: it accepts a spike train, encodes it
/// into an address list, and enables the units, first to accumulate, then to activate.
///
/// It counts cycles and does not ask the units whether they are through. Follows
/// docs/hardware/fc-2023.md, "Register-transfer design".
struct SpikeTrainController: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, clear, encode, accumulate, settle, activate
  }

  // Parameters.
  let neuronsPerUnit: Cycle
  /// Cycles of one spike of the list.
  let cyclesPerSpike: Cycle
  let counterMask: UInt32
  /// Spikes of each train.
  let counts: FrameCounts

  // Ports.
  let trainPort: PortSet
  let available: SignalIdentifier
  let accumulate: SignalIdentifier
  let activate: SignalIdentifier

  // Registers.
  private var train = 0

  // Statistics.
  /// Whether a train was accepted that never ends.
  private(set) var hangs = false

  init(
    _ geometry: SpikeTrainGeometry, wiring: FullyConnected2023RTLDesign.Wiring, counts: FrameCounts
  ) {
    self.counts = counts
    neuronsPerUnit = Cycle(geometry.neuronsPerUnit)
    cyclesPerSpike = Cycle(geometry.accumulateLatency) * Cycle(geometry.neuronsPerUnit)
    counterMask = geometry.spikeCounterMask
    trainPort = wiring.trainPort
    available = wiring.available
    accumulate = wiring.accumulate
    activate = wiring.activate
  }

  mutating func reset() { (train, hangs) = (0, false) }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    let spikes = counts[train]
    let counted = Cycle(spikes & counterMask)
    train &+= 1
    kernel.stay(in: State.encode, for: Cycle(spikes) &+ 1)
    kernel.stay(in: State.clear, for: Cycle(spikes))
    let begin = kernel.nextStay
    guard counted > 0 else {
      // The end is recognised by a count that is never reached.
      kernel.write(accumulate, .max, after: begin &- kernel.now)
      hangs = true
      return .forever(in: State.accumulate)
    }
    kernel.stay(in: State.accumulate, for: counted &* cyclesPerSpike)
    kernel.stay(in: State.settle, for: 1)
    let settled = kernel.nextStay
    kernel.stay(in: State.activate, for: neuronsPerUnit)
    let rest = kernel.nextStay
    // The units are told beforehand when the enable is going to fall, so that they can sleep.
    kernel.write(accumulate, settled, after: begin &- kernel.now)
    kernel.write(accumulate, 0, after: settled &- kernel.now)
    kernel.write(activate, 1, after: settled &- kernel.now)
    kernel.write(activate, 0, after: rest &- kernel.now)
    kernel.pulse(available, after: rest &- kernel.now)
    return .waiting(for: trainPort, in: State.idle)
  }
}
