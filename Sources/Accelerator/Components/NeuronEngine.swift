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
  /// Whether the processing elements miss the first spike of a list, and the end of an empty one.
  let losesFirstSpike: Bool
  /// Cycles that the writer is busy with a frame, for an engine that waits for it.
  let writerTurn: Cycle?
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
  /// The first cycle in which the writer is idle again.
  private var writerFree: Cycle = 0

  // Statistics.
  private(set) var accumulateEnables: UInt64 = 0
  private(set) var activateEnables: UInt64 = 0
  /// From when on the loaded signal is high.
  private(set) var loadedAt: Cycle = 0

  init(
    timeSteps: Int, _ behaviour: FullyConnectedBehaviour, writerTurn: Cycle?,
    wiring: FullyConnectedLayer.Wiring, counts: FrameCounts
  ) {
    self.counts = counts
    self.timeSteps = timeSteps
    passes = behaviour.passes
    counterMask = behaviour.counterMask
    neverEnds = behaviour.neverEnds
    losesFirstSpike = behaviour.losesFirstSpike
    self.writerTurn = behaviour.overrunsWriter ? nil : writerTurn
    ready = wiring.ready
    accumulate = wiring.accumulate
    loaded = wiring.loaded
  }

  mutating func reset() {
    isStarted = false
    (timeStep, pass, writerFree) = (0, 0, 0)
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
    let spikes = Cycle(counts[timeStep] & counterMask)
    let length = max(1, spikes)
    if let writerTurn {
      // The frame is ready in the second cycle after the walk: not before the writer is.
      let frame = kernel.nextStay &+ length &+ 1
      let late = writerFree &- min(writerFree, frame)
      kernel.stay(in: State.idle, for: late)
      writerFree = frame &+ late &+ writerTurn &+ 1
    }
    let first = kernel.nextStay
    if losesFirstSpike {
      accumulateEnables &+= length &- 1
      activateEnables &+= min(spikes, 1)
      // The first spike is spent before the enable reaches the elements.
      if spikes >= 2 { kernel.write(accumulate, spikes, after: first &+ 1 &- kernel.now) }
    } else {
      accumulateEnables &+= spikes
      activateEnables &+= 1
      kernel.write(accumulate, spikes, after: first &- kernel.now)
    }
    kernel.stay(in: State.spikeIteration, for: length)
    kernel.stay(in: State.activate, for: 1)
  }
}
