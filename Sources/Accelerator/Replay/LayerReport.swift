/// What one layer cost, over all samples of a replay.
public struct LayerReport: Hashable, Codable, Sendable {
  /// The layer's name in the network.
  public var name: String
  /// What it computes.
  public var kind: HardwareFile.Layer.Kind
  /// Processing elements.
  public var processingElements: Int
  /// Passes over the input: ceil(output channels or neurons / processing elements).
  public var passes: Int
  /// Bits of one chunk of the priority encoder; nil where the encoder takes no time.
  public var encoderWidth: Int?
  /// Entries of the spike address list; nil if there is none.
  public var listCapacity: Int?

  /// By how much the layer's completion follows that of the layer before; where layers work one after
  /// the other, from the layer's start signal to its completion signal.
  public var cycles: CycleDistribution
  /// The same at the clock.
  public var seconds: TimeDistribution
  /// The same, summed over samples.
  public var totalCycles: UInt64
  /// The same at the layer's clock.
  public var totalSeconds: Double
  /// Cycles in which the layer is active, summed over samples: those in which its least idle engine
  /// is not idle.
  ///
  /// More than ``totalCycles`` where layers report completion before their last accumulation and their
  /// writer end, or work at the same time.
  public var activeCycles: UInt64
  /// The layer's part of the latency of all samples, 0...1.
  public var shareOfLatency: Double

  /// How the layer's engines spent their time.
  public var engines: [EngineReport]
  /// How much of the time the processing elements worked.
  public var processingElementUse: ProcessingElementUse
  /// How the priority encoder was used.
  public var encoderUse: EncoderUse
  /// How full the spike address list was.
  public var listUse: ListUse
  /// What came in and went out.
  public var spikes: SpikeStatistics
  /// Event counts, summed over samples (`largestList`: the largest of any sample).
  public var counters: LayerCounters

  /// Cycles in which the layer's busiest engine works, summed over samples; without accounts of the
  /// engines, those in which its processing elements are told to.
  public var busyCycles: UInt64 {
    engines.map { $0.cycles(.busy) }.max() ?? counters.accumulateCycles + counters.activateCycles
  }
}

/// How one engine spent its time, over all samples.
public struct EngineReport: Hashable, Codable, Sendable {
  /// One state of the engine.
  public struct State: Hashable, Codable, Sendable {
    /// The state's name.
    public var name: String
    /// Whether it is work.
    public var activity: EngineDescription.State.Activity
    /// One line of explanation; for a waiting state, what it waits for.
    public var explanation: String
    /// Cycles spent in it, summed over samples.
    public var cycles: UInt64
  }

  /// The engine's name.
  public var name: String
  /// All states; their cycles add up to the report's `windowCycles`.
  public var states: [State]

  /// Cycles in all states of an activity.
  public func cycles(_ activity: EngineDescription.State.Activity) -> UInt64 {
    states.reduce(0) { $1.activity == activity ? $0 + $1.cycles : $0 }
  }
}

/// How much of the time the processing elements of a layer were told to work.
public struct ProcessingElementUse: Hashable, Codable, Sendable {
  /// Cycles in which they are told to accumulate or activate / cycles in which the layer is active.
  public var whileActive: Double
  /// Cycles in which they are told to accumulate or activate / cycles of the whole sample.
  public var overSample: Double
}

/// How the priority encoder of a layer was used.
public struct EncoderUse: Hashable, Codable, Sendable {
  /// Spikes found / chunks loaded.
  public var spikesPerChunk: Double
  /// Spikes found / bits scanned (chunks loaded * encoder width).
  public var occupancy: Double
}

/// How full the spike address list of a layer was.
public struct ListUse: Hashable, Codable, Sendable {
  /// The most spikes that one frame brought (fully connected: one time step).
  public var largestFrame: UInt64
  /// Entries of the list; nil if there is none.
  public var capacity: Int?
}

/// The spikes that a layer read and that it handed on, over all samples.
public struct SpikeStatistics: Hashable, Codable, Sendable {
  /// Spikes read, each once.
  public var input: UInt64
  /// Spikes handed on, after pooling.
  public var output: UInt64
  /// Spikes a neuron and time step at the input, 0...1.
  public var inputRate: Double
  /// Spikes a neuron and time step at the output, 0...1.
  public var outputRate: Double
}
