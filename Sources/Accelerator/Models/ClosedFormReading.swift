import EventSimulation

/// When a convolution layer in closed form is started, and which frames it reads.
struct ClosedFormReading {
  /// Cycles in which the start signal is high, ascending; it is seen in idle cycles only.
  ///
  /// More than one image is stated for published completion signals: a layer whose `early-done` is
  /// repaired would be idle later.
  var starts: [Cycle] = [0]
  /// Whether the spike counts of one phase stand for all; else there are those of all phases of all
  /// images, in the order of reading.
  ///
  /// A layer that starts before its input is complete reads other frames in each phase.
  var everyPhaseReadsTheSame = true
  /// Whether the layer's history is kept.
  var keepsHistory = false
}

/// The phases of all images that a layer reads.
struct ClosedFormPhases {
  private let reading: ClosedFormReading
  private let phases: Int
  private let framesPerPhase: Int
  /// Start cycles looked at.
  private var position = 0
  /// Phases begun of the current image, and of all images.
  private var phase: Int
  private var begun = 0
  /// Cycles in which a start signal was seen.
  private(set) var starts: [Cycle] = []
  /// Cycles in which images were complete, but the last.
  private(set) var done: [Cycle] = []

  init(_ layer: ConvolutionGeometry, _ reading: ClosedFormReading) {
    self.reading = reading
    phases = layer.phases
    framesPerPhase = layer.timeSteps &* layer.inputChannels
    phase = layer.phases
  }

  /// The position of the current phase's first frame among the spike counts.
  var firstFrame: Int { reading.everyPhaseReadsTheSame ? 0 : (begun &- 1) &* framesPerPhase }

  /// The next phase begins, if there is one.
  ///
  /// - Parameter wait: the cycle after the phase before, in which the first frame is read; for the
  ///   first phase of an image it is set.
  /// - Returns: whether there is one.
  mutating func next(_ wait: inout Cycle) -> Bool {
    if phase == phases {
      // The layer is idle again in the cycle after its done state.
      let idle = begun == 0 ? 0 : wait &+ 1
      while position < reading.starts.count, reading.starts[position] < idle { position += 1 }
      guard position < reading.starts.count else { return false }
      if begun > 0, reading.keepsHistory { done.append(wait) }
      if reading.keepsHistory { starts.append(reading.starts[position]) }
      wait = reading.starts[position] &+ 1
      phase = 0
    }
    phase &+= 1
    begun &+= 1
    return true
  }
}
