import EventSimulation

/// The processing elements of a fully connected layer, all in lock-step.
///
/// As published, they work only on lists of two spikes or more, and drop the first of them. Follows
/// docs/hardware/conv-2023.md, "Fully connected layer".
struct FullyConnectedElements: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case rest, accumulate, activate
  }

  // Parameters.
  /// Spikes at the head of each list that are not added.
  let lostSpikes: Cycle

  // Ports.
  let accumulate: SignalIdentifier
  let accumulatePort: PortSet

  init(wiring: FullyConnectedLayer.Wiring, losesFirstSpike: Bool) {
    lostSpikes = losesFirstSpike ? 1 : 0
    accumulate = wiring.accumulate
    accumulatePort = wiring.accumulatePort
  }

  @inline(__always)
  func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    let spikes = kernel.value(of: accumulate)
    kernel.stay(in: State.accumulate, for: spikes &- lostSpikes)
    kernel.stay(in: State.activate, for: 1)
    return .waiting(for: accumulatePort, in: State.rest)
  }
}
