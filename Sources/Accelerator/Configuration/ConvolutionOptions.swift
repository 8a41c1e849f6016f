/// What a convolution layer has that no published one has.
///
/// The defaults are the published hardware; docs/hardware/BeyondPublished.md states the cycles of
/// every option.
public struct ConvolutionOptions: Hashable, BitwiseCopyable, Sendable {
  /// Address lists of each event controller: the one being filled, the one being walked, and those
  /// that wait between.
  public var listBuffers = 2
  /// Whether a frame with more spikes than a list holds is handed over in several lists; else the
  /// rest is lost.
  public var splitsLists = false
  /// Finished spike frames that can wait for the writer; with none, the quirk `writer-overrun`
  /// decides what becomes of a frame that has to.
  public var writerQueue = 0
  /// Ports of a membrane potential RAM: 2, or 1 that reading and writing share.
  public var membranePorts = 2
  /// Cycles from reading a membrane potential to writing it back.
  public var memoryLatency = 1
  /// Event controllers that share the input channels, each with processing elements of its own.
  public var eventControllers = 1

  /// The published hardware.
  public init() {}

  /// What each option can be, under the key of the hardware file.
  static let ranges = (
    listBuffers: 1...1024, writerQueue: 0...1024, membranePorts: 1...2, memoryLatency: 1...64,
    eventControllers: 1...16
  )

  /// Whether lists wait in a ring, in order with the ends of time steps, instead of being copied.
  var usesRings: Bool { listBuffers != 2 || splitsLists || eventControllers > 1 }

  /// What a reader of its numbers must know.
  ///
  /// - Parameter quirks: quirks of the published hand-over that are present elsewhere.
  /// - Returns: a sentence for each oddity.
  func notes(handOverQuirks quirks: [String]) -> [String] {
    var notes: [String] = []
    if usesRings, !quirks.isEmpty {
      notes.append(
        "its lists wait in order with the ends of time steps, which leaves no room for the published "
          + "quirks \(quirks.joined(separator: ", "))")
    }
    if splitsLists {
      notes.append(
        "when a list is full depends on where the spikes of a frame are; they are taken as spread "
          + "evenly over its chunks")
    }
    return notes
  }

  /// Cycles for one access to a membrane potential: a read and a write.
  var accessCycles: Int { membranePorts == 1 ? 2 : 1 }

  /// Cycles in which the pipeline of the processing elements empties.
  var drainCycles: Int { memoryLatency - 1 }

  /// Cycles in which the partial potentials of all event controllers are added.
  var sumCycles: Int { ceilingLogarithm(eventControllers) }

  /// Checks every option.
  ///
  /// - Parameter inputChannels: channels to share between event controllers.
  /// - Throws: ``ConfigurationError`` for what no hardware can have.
  func validate(inputChannels: Int) throws(ConfigurationError) {
    for (name, value, range) in [
      ("listBuffers", listBuffers, Self.ranges.listBuffers),
      ("writerQueue", writerQueue, Self.ranges.writerQueue),
      ("membranePorts", membranePorts, Self.ranges.membranePorts),
      ("memoryLatency", memoryLatency, Self.ranges.memoryLatency),
      ("eventControllers", eventControllers, Self.ranges.eventControllers),
    ] where !range.contains(value) {
      throw ConfigurationError(
        parameter: name,
        message: "\(name) is \(value); it must be from \(range.lowerBound) to \(range.upperBound)")
    }
    guard eventControllers <= inputChannels else {
      throw ConfigurationError(
        parameter: "eventControllers",
        message: "\(eventControllers) event controllers share \(inputChannels) input channels: "
          + "some would have nothing to read; use at most \(inputChannels)")
    }
  }
}
