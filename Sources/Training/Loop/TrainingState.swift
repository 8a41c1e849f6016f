import SpikingNetworks

/// What changes from batch to batch.
struct TrainingState {
  private(set) var parameters: [Float]
  private var optimiser: any ParameterOptimiser
  private let engine: GradientEngine
  private let clipping: Float?

  init(_ network: SpikingNetwork, _ settings: TrainingSettings, threads: Int) {
    parameters = network.parameters
    optimiser = settings.optimiser.makeOptimiser(parameterCount: network.plan.trainableCount)
    engine = GradientEngine(
      settings.plan(network.plan), surrogate: settings.surrogate, loss: settings.loss,
      threads: max(1, threads))
    clipping = settings.gradientClipping
  }

  /// What the layers cost since ``measureStages()``.
  var stageTimes: [StageTime] { engine.stageTimes }

  /// Measures the layers from now on; see ``StageTime``.
  func measureStages() { engine.measureStages() }

  /// The gradient of the last batch.
  var gradient: [Float] { engine.gradient }

  /// Learns one batch.
  mutating func step(
    _ batch: GradientEngine.Batch, learningRate: Double
  ) -> GradientEngine.BatchOutcome {
    let outcome = engine.run(batch, parameters: parameters)
    let factor = clipping.map { GradientClipping.factor(engine.gradient, limit: $0) } ?? 1
    let gradient = factor < 1 ? engine.gradient.map { $0 * factor } : engine.gradient
    optimiser.step(&parameters, gradient: gradient, learningRate: learningRate)
    engine.plan.constrain(&parameters)
    engine.updateStatistics(&parameters)
    return outcome
  }
}
