import EventSimulation

/// What a convolution layer did when, as the closed form derives it.
///
/// Kept on demand only: exploration asks for totals, validation for everything that a recording can
/// hold.
struct ConvolutionHistory {
  /// A frame on its way through the compression engine.
  struct Frame {
    /// The cycle that reads it.
    let wait: Cycle
    /// The last cycle of its encoding.
    let encoded: Cycle
    /// Its channel iteration.
    let iteration: Cycle
    /// What its spike counter says.
    let counted: Cycle
  }

  /// Cycles in which a start signal was seen.
  var starts: [Cycle] = []
  /// Cycles of the completion signal.
  var loaded: [Cycle] = []
  /// Frames in the order of reading.
  var frames: [Frame] = []
  /// First and last cycles of bursts.
  var bursts: [ClosedRange<Cycle>] = []
  /// First and last cycles of sweeps of the spike engine.
  var sweeps: [ClosedRange<Cycle>] = []
  /// First and last cycles of the same in the processing elements.
  var elementSweeps: [ClosedRange<Cycle>] = []
  /// Cycles of the pulse that says that a frame of spikes is ready.
  var ready: [Cycle] = []
  /// The first busy cycle of every turn of the writer.
  var writerTurns: [Cycle] = []
  /// The first cycle in which the layer is quiet.
  var end: Cycle = 0

  /// Cycles in all spans together.
  static func cycles(_ spans: [ClosedRange<Cycle>]) -> Cycle {
    spans.reduce(0) { $0 + $1.upperBound - $1.lowerBound + 1 }
  }
}

/// State times, as far as they follow from what happened when.
extension ConvolutionHistory {
  /// The compression engine's, in the order `wait`, `load`, `encode`, `clear`, `transit`, `channel`,
  /// `timeStep`, `phase`, `done`; what is missing is `idle`.
  func compression(of layer: ConvolutionGeometry) -> [Cycle] {
    let count = Cycle(frames.count)
    let chunks = count * Cycle(layer.chunks)
    // Every frame is encoded for two cycles a chunk and two a spike.
    let spikes = frames.reduce(0) { $0 + $1.encoded - $1.wait } / 2 - chunks
    return [
      count, chunks, chunks + spikes, spikes,
      frames.reduce(0) { $0 + $1.iteration - $1.encoded - 1 }, count,
      count / Cycle(layer.inputChannels),
      count / Cycle(layer.inputChannels * layer.timeSteps), Cycle(loaded.count),
    ]
  }

  /// The processing elements', in the order `accumulate`, `activate`, `exit`.
  ///
  /// - Parameter end: the first cycle that is not counted.
  /// - Returns: cycles in each; the rest is `rest`.
  func elements(before end: Cycle) -> [Cycle] {
    var accumulate: Cycle = 0
    var rest: Cycle = 0
    var burst = 0
    func follow(until limit: Cycle) {
      while burst < bursts.count, bursts[burst].upperBound < rest { burst += 1 }
      guard burst < bursts.count else { return }
      // The enable is seen at rest, and left for an activation only.
      let begin = max(bursts[burst].lowerBound, rest) + 1
      accumulate += limit > begin ? limit - begin : 0
    }
    for sweep in elementSweeps {
      follow(until: sweep.lowerBound)
      rest = sweep.upperBound + 2
    }
    follow(until: end)
    return [accumulate, Self.cycles(elementSweeps), Cycle(elementSweeps.count)]
  }

  /// Cycles with the read enable of the input spike RAM high: every `wait`, and every cycle after an
  /// idle one; the two coincide where an image begins.
  ///
  /// - Parameter idle: idle cycles of the compression engine, of which the last is not followed by a
  ///   counted one.
  /// - Returns: the number of cycles.
  func inputReads(idle: Cycle) -> Cycle {
    idle == 0 ? Cycle(frames.count) : Cycle(frames.count) + idle - 1 - Cycle(starts.count)
  }
}
