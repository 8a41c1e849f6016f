import EventSimulation

/// The compression half of a fully connected layer's event controller: it collects the rows of a
/// time step into one vector and encodes it; all time steps, before any accumulation.
///
/// Afterwards it rests in `done` for ever: one image a reset. Follows docs/hardware/conv-2023.md,
/// "Fully connected layer".
struct RowCompressionEngine: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, neuron, load, encode, clear, collect, spikeIteration, activate, timeStep, done
  }

  // Parameters.
  let rows: Cycle
  let timeSteps: Int
  let chunks: Cycle
  /// Input spikes of each time step.
  let counts: FrameCounts

  // Ports.
  let done: SignalIdentifier

  // Statistics.
  private(set) var frames: UInt64 = 0
  private(set) var encodedSpikes: UInt64 = 0
  private(set) var largestList: UInt32 = 0

  init(
    rows: Int, timeSteps: Int, chunks: Int, wiring: FullyConnectedLayer.Wiring,
    counts: FrameCounts
  ) {
    self.counts = counts
    self.rows = Cycle(rows)
    self.timeSteps = timeSteps
    self.chunks = Cycle(chunks)
    done = wiring.done
  }

  mutating func reset() {
    (frames, encodedSpikes, largestList) = (0, 0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    for timeStep in 0..<timeSteps {
      let spikes = counts[timeStep]
      kernel.stay(in: State.collect, for: rows &+ 1)
      kernel.stay(in: State.load, for: chunks)
      kernel.stay(in: State.encode, for: chunks &+ Cycle(spikes))
      kernel.stay(in: State.clear, for: Cycle(spikes))
      kernel.stay(in: State.timeStep, for: 1)
      frames &+= 1
      encodedSpikes &+= UInt64(spikes)
      largestList = max(largestList, spikes)
    }
    kernel.write(done, 1, after: kernel.nextStay &+ 1 &- kernel.now)
    return .forever(in: State.done)
  }
}
