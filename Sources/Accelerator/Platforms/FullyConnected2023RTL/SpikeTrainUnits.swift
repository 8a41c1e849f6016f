import EventSimulation

/// The neural units of a layer of the register-transfer design, all in lock-step.
///
/// They look at the enables only when an addition or an activation is over: the last addition begins
/// as late as the enable falls, and an activation that is over by then is missed. Follows
/// docs/hardware/fc-2023.md, "Register-transfer design".
struct SpikeTrainUnits: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, address, read, add, leak, store, exit
  }

  // Parameters.
  let neuronsPerUnit: Cycle

  // Ports.
  let accumulate: SignalIdentifier
  let activate: SignalIdentifier
  let enablePorts: PortSet
  let taken: SignalIdentifier

  // Statistics.
  private(set) var additions: UInt64 = 0
  private(set) var activations: UInt64 = 0
  /// The first cycle after their last work.
  private(set) var idleFrom: Cycle = 0

  init(_ geometry: SpikeTrainGeometry, wiring: FullyConnected2023RTLDesign.Wiring) {
    neuronsPerUnit = Cycle(geometry.neuronsPerUnit)
    accumulate = wiring.accumulate
    activate = wiring.activate
    enablePorts = wiring.enablePorts
    taken = wiring.taken
  }

  mutating func reset() { (additions, activations, idleFrom) = (0, 0, 0) }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    let fall = kernel.value(of: accumulate)
    if fall == .max { return .forever(in: State.add) }
    if fall > 0 {
      let additions = Self.additions(from: kernel.now, enabledUntil: fall)
      kernel.stay(in: State.address, for: additions)
      kernel.stay(in: State.read, for: additions)
      kernel.stay(in: State.add, for: additions)
      self.additions &+= additions
      idleFrom = kernel.nextStay
    } else if kernel.value(of: activate) != 0 {
      kernel.stay(in: State.leak, for: neuronsPerUnit)
      kernel.stay(in: State.store, for: neuronsPerUnit)
      kernel.stay(in: State.exit, for: 1)
      activations &+= 1
      idleFrom = kernel.nextStay
      kernel.pulse(taken)
    }
    return .waiting(for: enablePorts, in: State.idle)
  }

  /// Additions of units that see the enable in an idle cycle: one, and another one as often as the
  /// enable is still high when the last one ends.
  @inline(__always)
  private static func additions(from idle: Cycle, enabledUntil fall: Cycle) -> Cycle {
    let enabled = fall &- 1 &- idle
    return enabled / SpikeTrainGeometry.unitAccumulateCycles &+ 1
  }
}
