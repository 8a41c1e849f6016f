import SpikingNetworks

/// What changes from batch to batch.
struct TrainingState {
  private(set) var parameters: [Float]
  private var optimiser: any ParameterOptimiser
  private let engine: GradientEngine

  init(_ network: SpikingNetwork, _ settings: TrainingSettings, threads: Int) {
    parameters = network.parameters
    optimiser = settings.optimiser.makeOptimiser(parameterCount: parameters.count)
    engine = GradientEngine(
      network.plan, surrogate: settings.surrogate, loss: settings.loss, threads: max(1, threads))
  }

  /// The gradient of the last batch.
  var gradient: [Float] { engine.gradient }

  /// Learns one batch.
  mutating func step(
    _ count: Int, learningRate: Double, load: (_ sample: Int, NetworkWorkspace) -> Int
  ) -> GradientEngine.BatchOutcome {
    let outcome = engine.run(count: count, parameters: parameters, load: load)
    optimiser.step(&parameters, gradient: engine.gradient, learningRate: learningRate)
    return outcome
  }
}
