import Accelerator
import EventSimulation

/// What every engine did while one sample was worked off, ready to be drawn.
///
/// States carry the names of reports, every track is without gaps and overlaps, and for every engine
/// the cycles of each state add up to those of the replay's report.
///
/// ```swift
/// let timeline = try TraceReplay(of: trace, on: hardware).timeline(ofSample: 0)
/// try timeline.perfettoTrace().write(to: file)
/// ```
public struct Timeline: Sendable {
  /// Where the sample came from: what a reader of a picture must know.
  public struct Source: Hashable, Sendable {
    /// The trace's path.
    public var trace: String
    /// The sample's position in the trace.
    public var sample: Int
    /// What the hardware file calls the accelerator.
    public var hardware: String
    /// The platform.
    public var platform: HardwarePlatform
    /// The clock's frequency in hertz: what turns cycles into time.
    public var clock: Double

    /// Creates a source.
    public init(
      trace: String, sample: Int, hardware: String, platform: HardwarePlatform, clock: Double
    ) {
      self.trace = trace
      self.sample = sample
      self.hardware = hardware
      self.platform = platform
      self.clock = clock
    }
  }

  /// A layer as a whole.
  public struct Layer: Hashable, Sendable {
    /// Its name in the network.
    public let name: String
    /// Its start signal.
    public let start: Cycle
    /// The first cycle in which all its engines rest.
    public let end: Cycle
    /// As ``Accelerator/LayerReplay/cycles``.
    public let cycles: Cycle
  }

  /// Where the sample came from.
  public let source: Source
  /// Cycles from the start signal to the last layer's completion.
  public let latency: Cycle
  /// The first cycle in which every engine is quiet: every track ends there.
  public let end: Cycle
  /// The cycles that are drawn, all if they are `0..<end`.
  public let window: Range<Cycle>
  /// The layers, from the input to the output.
  public let layers: [Layer]
  /// The engines, layer by layer.
  public let engines: [EngineTrack]
  /// The signals between them.
  public let signals: [SignalTrack]
  /// Numbers that change over time: the level signals, and the engines that are busy at once.
  public let counters: [Counter]
  /// Power over time, for whoever knows it: set before anything is written.
  ///
  /// Layer by layer and of the whole; counters in a Perfetto trace, real variables among waves.
  public var power: [Counter] = []
  /// Which work set off which.
  public let arrows: [Arrow]

  /// Draws up the timeline of a sample.
  ///
  /// - Parameters:
  ///   - recording: everything that happened.
  ///   - source: where it came from.
  ///   - chunks: spikes of every chunk that each layer's priority encoder reads, a layer each; nil
  ///     for a layer of which they are not known: its compression is then drawn as one piece.
  ///   - window: the cycles to draw, all if nil.
  /// - Throws: ``TimelineError`` if the window holds no cycle of the sample.
  public init(
    of recording: SampleRecording, source: Source, chunks: [ChunkCounts?] = [],
    window: ClosedRange<Cycle>? = nil
  ) throws(TimelineError) {
    let end = recording.replay.window
    self.source = source
    self.end = end
    latency = recording.replay.latency
    if let window {
      guard window.lowerBound < end else {
        throw TimelineError(
          "sample \(source.sample) ends in cycle \(end - 1), before the cycles "
            + "\(window.lowerBound)..\(window.upperBound) that were asked for; ask for earlier ones"
        )
      }
      self.window = window.lowerBound..<min(window.upperBound, end - 1) + 1
    } else {
      self.window = 0..<end
    }
    layers = zip(recording.layerNames, recording.replay.layers).map {
      Layer(name: $0, start: $1.start, end: $1.end, cycles: $1.cycles)
    }
    engines = recording.engines.map { engine in
      EngineTrack(
        engine, in: recording,
        chunks: chunks.indices.contains(engine.layer) ? chunks[engine.layer] : nil)
    }
    signals = recording.signals.map { SignalTrack($0) }
    counters = Counter.levels(signals) + Counter.busyEngines(engines, layers: layers)
    arrows = Arrow.all(signals, engines)
  }
}

/// Why a timeline cannot be drawn, with a remedy.
public struct TimelineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, and what to do.
  public let description: String

  /// Creates an error.
  public init(_ description: String) { self.description = description }
}
