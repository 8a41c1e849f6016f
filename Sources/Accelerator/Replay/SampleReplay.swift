import EventSimulation

/// What one sample cost on the simulated accelerator.
public struct SampleReplay: Hashable, Sendable {
  /// Cycles from the start signal to the last layer's completion signal.
  public var latency: Cycle
  /// Length of the accounting window: the first cycle in which every engine is quiet again.
  ///
  /// The state times of every engine add up to it.
  public var window: Cycle
  /// The layers, from the input to the output.
  public var layers: [LayerReplay]

  /// Creates a result.
  public init(latency: Cycle, window: Cycle, layers: [LayerReplay]) {
    self.latency = latency
    self.window = window
    self.layers = layers
  }
}

/// What one layer did during one sample.
public struct LayerReplay: Hashable, Sendable {
  /// The layer's start signal.
  public var start: Cycle
  /// The first cycle in which all engines of the layer rest.
  ///
  /// Later than the completion signal where a layer reports completion early.
  public var end: Cycle
  /// By how much the completion of the layer follows that of the layer before, or the start of the
  /// sample.
  ///
  /// Over all layers these add up to the sample's latency. In a lock-step platform, where the one
  /// starts on the other's completion, that is the time from start to completion.
  public var cycles: Cycle
  /// Cycles spent in each state by each engine, in the order of ``EngineDescription`` and its states.
  public var stateCycles: [[Cycle]]
  /// Event counts.
  public var counters: LayerCounters

  /// Creates a result.
  public init(
    start: Cycle, end: Cycle, cycles: Cycle, stateCycles: [[Cycle]], counters: LayerCounters
  ) {
    self.start = start
    self.end = end
    self.cycles = cycles
    self.stateCycles = stateCycles
    self.counters = counters
  }
}

/// Event counts of one layer over one sample.
public struct LayerCounters: Hashable, Codable, Sendable {
  /// Spikes of all input frames, counted once however often the hardware reads them.
  public var inputSpikes: UInt64 = 0
  /// Spikes that the priority encoder listed, over all passes.
  public var encodedSpikes: UInt64 = 0
  /// Chunks that the priority encoder loaded, over all passes.
  public var encoderChunks: UInt64 = 0
  /// Frames compressed, over all passes.
  public var frames: UInt64 = 0
  /// The largest number of spikes in the address list at once.
  public var largestList: UInt64 = 0
  /// Read-enable cycles of the input spike RAM.
  public var inputReads: UInt64 = 0
  /// Write-enable cycles of the output spike RAM.
  public var spikeWrites: UInt64 = 0
  /// Read-enable cycles of the weight RAMs, over all processing elements.
  public var weightReads: UInt64 = 0
  /// Reads of the membrane potential RAMs, over all processing elements.
  public var potentialReads: UInt64 = 0
  /// Writes of the membrane potential RAMs, over all processing elements.
  public var potentialWrites: UInt64 = 0
  /// Cycles in which the processing elements are told to accumulate.
  public var accumulateCycles: UInt64 = 0
  /// Cycles in which the processing elements are told to activate.
  public var activateCycles: UInt64 = 0
  /// Activation sweeps that took place.
  public var activations: UInt64 = 0
  /// Finished spike frames that the writer missed because it was still busy.
  public var droppedWrites: UInt64 = 0

  /// All zero.
  public init() {}
}

/// What an engine of a platform is called and which states it has: the legend of
/// ``LayerReplay/stateCycles``.
public struct EngineDescription: Hashable, Codable, Sendable {
  /// One state of an engine's state machine.
  public struct State: Hashable, Codable, Sendable {
    /// What being in a state means for utilisation.
    public enum Activity: String, Hashable, Codable, Sendable {
      /// The engine works.
      case busy
      /// The engine could work but waits for another engine.
      case waiting
      /// The engine has nothing to do.
      case idle
    }
    /// The state's name, unique in its engine.
    public var name: String
    /// Whether it is work.
    public var activity: Activity
    /// One line of explanation; for a waiting state, what it waits for.
    public var explanation: String
    /// Whether the layer has worked off a time step, in one pass, when the state ends.
    public var endsTimeStep: Bool

    /// Creates a state.
    public init(
      _ name: String, _ activity: Activity, _ explanation: String, endsTimeStep: Bool = false
    ) {
      self.name = name
      self.activity = activity
      self.explanation = explanation
      self.endsTimeStep = endsTimeStep
    }
  }

  /// The engine's name: `compression engine`.
  public var name: String
  /// The states in the order of ``LayerReplay/stateCycles``.
  public var states: [State]

  /// Creates a description.
  public init(name: String, states: [State]) {
    self.name = name
    self.states = states
  }
}
