/// What happened in one layer while one sample ran.
public struct LayerActivity: Sendable {
  /// The layer's name.
  public let name: String
  /// The membranes before the next step's reset: `[time step][channel][row][column]`.
  public let membranes: [Float]
  /// The neurons' spikes, 0 or 1: `[time step][channel][row][column]`.
  public let spikes: [Float]
  /// What the layer handed on, after pooling: `[time step][channel][row][column]`.
  public let output: [Float]
}
