import EventSimulation

/// The processing elements of a convolution layer (the papers' neural cores), all in lock-step, with
/// their membrane potential RAMs.
///
/// Once accumulating, they leave that state only for an activation: they also "accumulate" between
/// bursts, and for ever if the last activation was lost. Follows docs/hardware/conv-2023.md,
/// "Processing elements".
struct ConvolutionElements: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case rest, accumulate, activate, exit
  }

  // Parameters.
  /// Cycles of an activation.
  let activateCycles: Cycle

  // Ports.
  let accumulate: SignalIdentifier
  let accumulatePort: PortSet
  let activate: SignalIdentifier
  let activatePort: PortSet

  init(
    _ geometry: ConvolutionGeometry, accumulate: SignalIdentifier, accumulatePort: PortSet,
    activate: SignalIdentifier, activatePort: PortSet
  ) {
    activateCycles = geometry.elementCycles
    self.accumulate = accumulate
    self.accumulatePort = accumulatePort
    self.activate = activate
    self.activatePort = activatePort
  }

  @inline(__always)
  func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    if kernel.isHigh(activate) {
      kernel.stay(in: State.activate, for: activateCycles)
      kernel.stay(in: State.exit, for: 1)
    } else if kernel.value(of: accumulate) != 0 {
      return .waiting(for: activatePort, in: State.accumulate)
    }
    return .waiting(for: accumulatePort.union(activatePort), in: State.rest)
  }
}
