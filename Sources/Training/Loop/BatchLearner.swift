import SpikingNetworks

/// Learns one batch after the other, for those who have their own loop over data.
///
/// ```swift
/// var learner = try BatchLearner(network, settings: settings, threads: 2)
/// let loss = try learner.learn(inputs: samples, labels: labels).loss
/// ```
///
/// The learning rate stays that of the settings; ``Trainer`` has schedules and chooses the best epoch.
public struct BatchLearner {
  /// What one step found.
  public struct Outcome: Hashable, Sendable {
    /// The loss before the step.
    public let loss: Double
    /// How many samples had their label's neurons spike most.
    public let correct: Int
    /// Spikes per neuron and time step, layer by layer.
    public let firingRates: [Double]
    /// The share of dL/d(current) that is not zero, layer by layer; nil where nobody counted.
    public let gradientDensities: [Double?]
  }

  private let network: SpikingNetwork
  private let learningRate: Double
  private var state: TrainingState
  private var measuresStages = false

  /// Creates a learner with the optimiser in its initial state.
  ///
  /// - Parameters:
  ///   - network: where learning begins.
  ///   - settings: how to learn; epochs, batch size, schedule and encoder are not used.
  ///   - threads: how many threads to use; the result is the same for any number.
  /// - Throws: ``TrainingError``: `invalidSettings`, `mismatch` or `noMemory`.
  public init(
    _ network: SpikingNetwork, settings: TrainingSettings, threads: Int
  ) throws(TrainingError) {
    try settings.validate()
    try network.description.check(settings.spikes)
    try settings.loss.check(network.plan)
    self.network = network
    learningRate = settings.learningRate
    state = try TrainingState(network, settings, threads: threads)
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - inputs: one array a sample: `[time step][channel][row][column]`.
  ///   - labels: the class of each sample.
  /// - Returns: what the step found.
  /// - Throws: ``TrainingError``: `mismatch` if inputs and labels do not fit the network or each
  ///   other, `noMemory` if there is none for the batch.
  public mutating func learn(
    inputs: [[Float]], labels: [Int]
  ) throws(TrainingError) -> Outcome {
    try network.check(inputs, labels: labels)
    let plan = network.plan
    var batch = GradientEngine.Batch(count: inputs.count) { sample, workspace in
      plan.copy(inputs[sample], into: workspace)
      return labels[sample]
    }
    batch.isMeasured = measuresStages
    let outcome = try state.step(batch, learningRate: learningRate)
    return Outcome(
      loss: outcome.loss, correct: outcome.correct,
      firingRates: plan.firingRates(outcome.layerSpikes, samples: inputs.count),
      gradientDensities: outcome.gradients.densities)
  }

  /// Measures what the layers cost from now on: see ``stageTimes``.
  ///
  /// Only with one thread, and only without batch normalisation; else there is nothing to read.
  ///
  /// - Throws: ``TrainingError`` (`noMemory`) if there is none for a sample.
  public mutating func measureStages() throws(TrainingError) {
    try state.measureStages()
    measuresStages = true
  }

  /// What the parts of all layers cost since ``measureStages()``; empty before.
  public var stageTimes: [StageTime] { state.stageTimes }

  /// The network as learned so far.
  ///
  /// - Throws: ``TrainingError`` (`diverged`) if a parameter is not finite any more.
  public func learned() throws(TrainingError) -> SpikingNetwork {
    do {
      return try network.replacingParameters(state.parameters)
    } catch {
      throw TrainingError(
        .diverged, error.message, remedy: error.remedy, location: error.location)
    }
  }
}
