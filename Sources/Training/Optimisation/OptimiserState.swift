/// What an optimiser remembers from step to step.
public struct OptimiserState: Hashable, Sendable {
  /// Steps taken, where the optimiser counts them.
  public var steps: Int
  /// Running values, each one a parameter: Adam's two moments, or the velocity of momentum.
  public var moments: [[Float]]

  /// Creates a state.
  public init(steps: Int, moments: [[Float]]) {
    self.steps = steps
    self.moments = moments
  }
}
