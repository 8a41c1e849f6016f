import SpikingKernels

/// A network that can run: a checked description with checked weights.
///
/// ```swift
/// let network = try SpikingNetwork(description, weights: description.initialWeights(seed: 1))
/// let activity = try network.activity(of: spikes)  // time steps x channels x height x width
/// ```
///
/// A value; running does not change it. Training makes a new one.
public struct SpikingNetwork: Sendable {
  /// The network without its weights.
  public let description: NetworkDescription
  /// The weights, in the description's order.
  public let weights: NetworkWeights

  package let plan: NetworkPlan
  package let parameters: [Float]

  /// Creates a network.
  ///
  /// - Throws: ``NetworkError``: `invalidDescription` or `invalidWeights`.
  public init(
    _ description: NetworkDescription, weights: NetworkWeights
  ) throws(NetworkError) {
    self.description = description
    plan = try NetworkPlan(description)
    self.weights = try description.checked(weights)
    parameters = plan.packed(self.weights)
  }

  /// A network with other parameters in the same places.
  package func replacingParameters(_ parameters: [Float]) throws(NetworkError) -> SpikingNetwork {
    try SpikingNetwork(
      plan.described(parameters, like: description),
      weights: plan.unpacked(parameters, like: weights))
  }

  /// Runs one sample and returns everything that happened.
  ///
  /// - Parameter input: `[time step][channel][row][column]`.
  /// - Returns: membranes, spikes and output of every layer.
  /// - Throws: ``NetworkError``: `invalidInput` if the input has another extent or is not finite, `noMemory`
  ///   if there is none for all time steps.
  public func activity(of input: [Float]) throws(NetworkError) -> NetworkActivity {
    let runner = try NetworkRunner(self)
    try runner.run(input)
    return runner.activity()
  }
}
