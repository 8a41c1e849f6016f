/// Turns the gradient of a batch into a step of the parameters, keeping what it needs to remember.
public protocol ParameterOptimiser: Sendable {
  /// What it remembers; to be set to a state of an optimiser with the same settings alone.
  var state: OptimiserState { get set }

  /// Changes the parameters.
  ///
  /// - Parameters:
  ///   - parameters: flat, at least as many as the optimiser was made for; the rest stays.
  ///   - gradient: in the same places.
  ///   - learningRate: for this step.
  mutating func step(_ parameters: inout [Float], gradient: [Float], learningRate: Double)
}
