import EventSimulation

/// What happened when a pipeline worked off one sample.
public struct PipelineReplay: Hashable, Sendable {
  /// A time step that entered a layer, or left the last one: what the published simulator prints.
  public struct Line: Hashable, Sendable {
    /// When.
    public let cycle: Cycle
    /// The layer that the spikes enter; the number of layers, if they leave the pipeline.
    public let boundary: Int
    /// How many spikes.
    public let spikes: UInt32
    /// The time step that the controller takes it for.
    public let step: UInt64
  }

  /// All lines in the order in which they are printed, up to the end.
  public let log: [Line]
  /// When the last time step left the last layer; nil if it never does.
  public let end: Cycle?
  /// Why there is no end; nil if there is one.
  public let deadlock: String?
  /// Cycles of each layer's controller by state, in the order of ``stateNames``, up to the first
  /// cycle in which none moves any more.
  public let stateCycles: [[Cycle]]
  /// The cycles that each controller's states add up to.
  public let window: Cycle

  /// Names of the states: `waiting` for a time step, or ended, `list` of its spikes, `address`, `accumulate`
  /// and `change` for each spike, `hold` until the buffer behind the layer is free, `activate`,
  /// `fill`, `finish`.
  public static let stateNames = [
    "waiting", "list", "address", "accumulate", "change", "hold", "activate", "fill", "finish",
  ]
}
