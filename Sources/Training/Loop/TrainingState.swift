import SpikingNetworks

/// What changes from batch to batch.
struct TrainingState {
  private(set) var parameters: [Float]
  private var optimiser: any ParameterOptimiser
  private let engine: GradientEngine
  private let clipping: Float?

  init(_ network: SpikingNetwork, _ settings: TrainingSettings, threads: Int) throws(TrainingError)
  {
    parameters = network.parameters
    optimiser = settings.optimiser.makeOptimiser(parameterCount: network.plan.trainableCount)
    do {
      engine = try GradientEngine(
        settings.plan(network.plan), surrogate: settings.surrogate, loss: settings.loss,
        threads: max(1, threads))
    } catch {
      throw TrainingError(error, to: "train", network.plan, threads: threads)
    }
    clipping = settings.gradientClipping
  }

  /// What the layers cost since ``measureStages()``.
  var stageTimes: [StageTime] { engine.stageTimes }

  /// Measures the layers from now on; see ``StageTime``.
  func measureStages() throws(TrainingError) {
    do {
      try engine.measureStages()
    } catch {
      throw TrainingError(error, to: "train", engine.plan, threads: engine.threads)
    }
  }

  /// The gradient of the last batch.
  var gradient: [Float] { engine.gradient }

  /// What goes into a checkpoint beside the parameters.
  var optimiserState: OptimiserState { optimiser.state }

  /// Goes on where a checkpoint was taken.
  mutating func resume(_ checkpoint: TrainingCheckpoint) {
    parameters = checkpoint.parameters
    optimiser.state = checkpoint.optimiser
  }

  /// Learns one batch.
  mutating func step(
    _ batch: GradientEngine.Batch, learningRate: Double
  ) throws(TrainingError) -> GradientEngine.BatchOutcome {
    let outcome = try computeGradient(batch)
    apply(learningRate: learningRate)
    return outcome
  }

  /// Computes ``gradient``, and changes nothing else.
  func computeGradient(
    _ batch: GradientEngine.Batch
  ) throws(TrainingError) -> GradientEngine.BatchOutcome {
    do {
      return try engine.run(batch, parameters: parameters)
    } catch {
      throw TrainingError(
        error, to: "train", engine.plan, threads: engine.threads, batch: batch.count)
    }
  }

  /// Takes the step of the last gradient.
  mutating func apply(learningRate: Double) {
    let factor = clipping.map { GradientClipping.factor(engine.gradient, limit: $0) } ?? 1
    let gradient = factor < 1 ? engine.gradient.map { $0 * factor } : engine.gradient
    optimiser.step(&parameters, gradient: gradient, learningRate: learningRate)
    engine.plan.constrain(&parameters)
    engine.updateStatistics(&parameters)
  }
}
