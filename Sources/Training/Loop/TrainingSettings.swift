import Datasets
import SpikingNetworks

/// Everything that determines the outcome of a training, beside the network and the data.
///
/// The number of threads is not among it: it changes the time, never the result.
public struct TrainingSettings: Hashable, Codable, Sendable {
  /// Passes over the training samples.
  public var epochs: Int
  /// Samples of one step.
  public var batchSize: Int
  /// The learning rate of the first step.
  public var learningRate: Double
  /// How the learning rate changes.
  public var schedule: LearningRateSchedule
  /// What turns gradients into steps.
  public var optimiser: OptimiserSettings
  /// The loss.
  public var loss: SpikeLoss
  /// The derivative that stands for the spike's.
  public var surrogate: Surrogate
  /// How samples become input.
  public var encoder: InputEncoder
  /// What neurons emit while the network learns; evaluation and recording are always hard.
  public var spikes: SpikeForm
  /// The longest gradient, all parameters together, to which longer ones are shortened; nil for none.
  public var gradientClipping: Float?
  /// Epochs in which the learning rate rises in a line from 0 before the schedule begins.
  public var warmUpEpochs: Int
  /// Epochs without a better validation result after which training ends; nil for never.
  public var patience: Int?
  /// A factor on the initial weights.
  public var weightGain: Float
  /// Of weights, sample order and spikes.
  public var seed: UInt64

  /// Creates settings.
  public init(
    epochs: Int, batchSize: Int, learningRate: Double, schedule: LearningRateSchedule = .cosine,
    optimiser: OptimiserSettings = .adam(), loss: SpikeLoss = .countCrossEntropy,
    surrogate: Surrogate, encoder: InputEncoder, spikes: SpikeForm = .hard,
    gradientClipping: Float? = nil, warmUpEpochs: Int = 0, patience: Int? = nil,
    weightGain: Float = 1, seed: UInt64 = 1
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.schedule = schedule
    self.optimiser = optimiser
    self.loss = loss
    self.surrogate = surrogate
    self.encoder = encoder
    self.spikes = spikes
    self.gradientClipping = gradientClipping
    self.warmUpEpochs = warmUpEpochs
    self.patience = patience
    self.weightGain = weightGain
    self.seed = seed
  }

  /// Checks every setting.
  ///
  /// - Throws: ``TrainingError`` (`invalidSettings`) that names the setting and its range.
  public func validate() throws(TrainingError) {
    try Self.require(epochs > 0 && epochs <= 1_000_000, "epochs", "\(epochs)", "1 to 1000000")
    try Self.require(
      batchSize > 0 && batchSize <= 1 << 20, "batch size", "\(batchSize)", "1 or more")
    try Self.require(
      learningRate.isFinite && learningRate > 0, "learning rate", "\(learningRate)",
      "a positive number")
    try Self.require(
      weightGain.isFinite && weightGain > 0, "weight gain", "\(weightGain)", "a positive number")
    let scale: Float =
      switch surrogate {
      case .fastSigmoid(let slope), .sigmoid(let slope), .triangle(let slope): slope
      case .arctangent(let alpha): alpha
      case .spikeRateEscape(let beta, let slope): min(beta, slope)
      case .straightThrough: 1
      case .triangularOfSnnTorch(let threshold): threshold
      }
    try Self.require(
      scale.isFinite && scale > 0, "surrogate's scale", "\(scale)", "a positive number")
    if case .countMeanSquaredError(let correct, let incorrect) = loss {
      try Self.require(
        correct >= 0 && correct <= 1 && incorrect >= 0 && incorrect <= 1, "target rates",
        "\(correct) and \(incorrect)", "numbers from 0 to 1")
    }
    if case .membraneMeanSquaredError(let correct, let incorrect) = loss {
      try Self.require(
        correct.isFinite && incorrect.isFinite, "membrane targets", "\(correct) and \(incorrect)",
        "finite numbers")
    }
    try Self.require(
      spikes == .hard || surrogate.smoothSpike != nil, "form of the spikes",
      "smooth with the surrogate \(surrogate)", "smooth spikes arctangent or sigmoid")
    if let gradientClipping {
      try Self.require(
        gradientClipping.isFinite && gradientClipping > 0, "gradient clipping",
        "\(gradientClipping)", "a positive number")
    }
    try Self.require(
      warmUpEpochs >= 0 && warmUpEpochs < epochs, "warm-up", "\(warmUpEpochs) epochs",
      "fewer epochs than the training has")
    if let patience {
      try Self.require(patience > 0, "patience", "\(patience)", "1 or more epochs")
    }
    switch schedule {
    case .constant, .cosine: break
    case .warmRestarts(let period, let growth):
      try Self.require(
        1...1_000_000 ~= period && 1...1000 ~= growth, "schedule", schedule.name,
        "a period from 1 to 1000000 and a growth from 1 to 1000")
    case .cosineWave(let steps):
      try Self.require(steps > 0, "schedule", schedule.name, "a positive number of steps")
    case .steps(let every, let factor):
      try Self.require(
        1...1_000_000 ~= every && factor > 0 && factor.isFinite, "schedule", schedule.name,
        "1 to 1000000 epochs and a positive factor")
    }
    do {
      try encoder.validate()
    } catch {
      throw TrainingError(.invalidSettings, error.message, remedy: error.remedy)
    }
  }

  /// The number of steps of an epoch over so many samples.
  public func batches(of samples: Int) -> Int { (samples + batchSize - 1) / batchSize }

  /// The learning rate of a batch.
  func rate(epoch: Int, batch: Int, batches: Int) -> Double {
    let step = (epoch - 1) * batches + batch
    let warm = warmUpEpochs * batches
    guard step >= warm else { return learningRate * Double(step + 1) / Double(warm) }
    return schedule.rate(
      initial: learningRate, step: step - warm, steps: epochs * batches - warm,
      stepsPerEpoch: batches)
  }

  /// The settings by name, as model files and traces keep them.
  public var summary: [String: String] {
    var summary = [
      "epochs": "\(epochs)", "batchSize": "\(batchSize)", "learningRate": "\(learningRate)",
      "schedule": schedule.name, "optimiser": optimiser.name, "loss": loss.name,
      "surrogate": surrogate.description, "encoder": encoder.name, "input": encoder.json,
      "weightGain": "\(weightGain)", "seed": "\(seed)",
    ]
    if spikes != .hard { summary["spikes"] = spikes.rawValue }
    if let gradientClipping { summary["gradientClipping"] = "\(gradientClipping)" }
    if warmUpEpochs > 0 { summary["warmUpEpochs"] = "\(warmUpEpochs)" }
    if let patience { summary["patience"] = "\(patience)" }
    return summary
  }

  /// The network as it runs while it learns.
  func plan(_ plan: NetworkPlan) -> NetworkPlan {
    guard spikes == .smooth, let spike = surrogate.smoothSpike else { return plan }
    return plan.emitting(spike)
  }

  private static func require(
    _ holds: Bool, _ name: String, _ value: String, _ range: String
  ) throws(TrainingError) {
    guard !holds else { return }
    throw TrainingError(
      .invalidSettings, "the \(name) is \(value)", remedy: "give \(range)")
  }
}
