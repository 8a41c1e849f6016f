import EventSimulation

/// The accumulation half of a fully connected layer's event controller: one pass a group of
/// neurons, and in each pass every input spike of every time step.
///
/// Follows docs/hardware/conv-2023.md, "Fully connected layer"; in hybrid-2024 there are more passes
/// and the list is counted in full.
struct NeuronEngine: BitwiseCopyable {
  typealias State = RowCompressionEngine.State

  // Parameters.
  let timeSteps: Int
  /// More than any run has, if the pass counter wraps before the last pass.
  let passes: Int
  /// The list of a time step is counted in few bits: what survives of a spike count.
  let counterMask: UInt32
  /// More processing elements than neurons: the unsigned comparison that ends the passes is never
  /// true.
  let neverEnds: Bool
  /// Input spikes of each time step.
  let counts: FrameCounts

  // Ports.
  let ready: SignalIdentifier
  let accumulate: SignalIdentifier
  let loaded: SignalIdentifier

  // Registers.
  private var isStarted = false
  private var timeStep = 0
  private var pass = 0

  // Statistics.
  private(set) var accumulateEnables: UInt64 = 0
  private(set) var activateEnables: UInt64 = 0
  /// From when on the loaded signal is high.
  private(set) var loadedAt: Cycle = 0

  init(
    timeSteps: Int, passes: Int, counterMask: UInt32, neverEnds: Bool,
    wiring: FullyConnectedLayer.Wiring, counts: FrameCounts
  ) {
    self.counts = counts
    self.timeSteps = timeSteps
    self.passes = passes
    self.counterMask = counterMask
    self.neverEnds = neverEnds
    ready = wiring.ready
    accumulate = wiring.accumulate
    loaded = wiring.loaded
  }

  mutating func reset() {
    isStarted = false
    (timeStep, pass) = (0, 0)
    (accumulateEnables, activateEnables, loadedAt) = (0, 0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    if isStarted {
      // In the activation cycle: the time-step cycle follows, with the new spikes ready in it.
      kernel.pulse(ready)
      kernel.stay(in: State.timeStep, for: 1)
      timeStep &+= 1
      if timeStep == timeSteps {
        timeStep = 0
        pass &+= 1
        kernel.stay(in: State.neuron, for: 1)
        if pass == passes, !neverEnds {
          loadedAt = kernel.nextStay &+ 1
          kernel.write(loaded, 1, after: loadedAt &- kernel.now)
          return .forever(in: State.done)
        }
        if pass == passes { return .forever(in: State.spikeIteration) }
      }
    }
    isStarted = true
    iterate(&kernel)
    return .afterStay
  }

  @inline(__always)
  private mutating func iterate<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    let spikes = counts[timeStep] & counterMask
    if spikes >= 1 {
      accumulateEnables &+= UInt64(spikes &- 1)
      activateEnables &+= 1
    }
    if spikes >= 2 {
      // The first spike is spent before the enable reaches the elements.
      kernel.write(accumulate, UInt64(spikes), after: kernel.nextStay &+ 1 &- kernel.now)
    }
    kernel.stay(in: State.spikeIteration, for: max(1, Cycle(spikes)))
    kernel.stay(in: State.activate, for: 1)
  }
}
