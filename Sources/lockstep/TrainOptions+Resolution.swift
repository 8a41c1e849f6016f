import Datasets
import Foundation
import SpikingNetworks
import Training

extension TrainOptions {
  /// The name of network and files.
  var resolvedName: String { name ?? preset }

  /// The number of threads, all cores if the user named none.
  static func checkedThreads(_ threads: Int?) throws -> Int {
    let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard count > 0, count <= 1024 else {
      throw TrainingError(
        .invalidSettings, "the number of threads is \(count)", remedy: "give 1 to 1024")
    }
    return count
  }

  /// The memory for frames of event recordings.
  func frameCache() throws -> FrameCache {
    guard (0...1 << 24).contains(cacheSize) else {
      throw TrainingError(
        .invalidSettings, "--cache-size is \(cacheSize)", remedy: "give 0 to \(1 << 24) MiB")
    }
    return FrameCache(limit: cacheSize << 20)
  }

  /// The preset's settings with the options in their place.
  func resolvedSettings(_ preset: TrainingPreset) throws -> TrainingSettings {
    var settings = preset.settings
    settings.epochs = epochs ?? settings.epochs
    settings.batchSize = batchSize ?? settings.batchSize
    settings.learningRate = learningRate ?? settings.learningRate
    settings.schedule = try resolvedSchedule(settings.schedule)
    settings.warmUpEpochs = warmUp ?? settings.warmUpEpochs
    settings.gradientClipping = clip ?? settings.gradientClipping
    settings.patience = patience ?? settings.patience
    switch optimiser {
    case .adam: settings.optimiser = .adam()
    case .adamW: settings.optimiser = .adamW()
    case .sgd: settings.optimiser = .sgd(momentum: 0.9)
    case nil: break
    }
    settings.weightGain = weightGain ?? settings.weightGain
    settings.seed = seed ?? settings.seed
    settings.loss = try resolvedLoss(settings.loss)
    settings.encoder = try input.applied(to: settings.encoder)
    settings.encoder.augmentation = augment ?? settings.encoder.augmentation
    settings.surrogate = try resolvedSurrogate(settings.surrogate)
    try settings.validate()
    return settings
  }

  private func resolvedLoss(_ preset: SpikeLoss) throws -> SpikeLoss {
    var rates: (correct: Float, incorrect: Float)?
    switch (loss, preset) {
    case (.countMSE, .countMeanSquaredError(let correct, let incorrect)),
      (nil, .countMeanSquaredError(let correct, let incorrect)):
      rates = (correct, incorrect)
    // The seed paper's own rates: all spikes for the label, none for the others.
    case (.countMSE, _): rates = (1, 0)
    default: break
    }
    if case .membraneMSE = loss {
      return .membraneMeanSquaredError(
        correctTarget: correctRate ?? 1, incorrectTarget: incorrectRate ?? 0)
    }
    if let rates {
      return .countMeanSquaredError(
        correctRate: correctRate ?? rates.correct, incorrectRate: incorrectRate ?? rates.incorrect)
    }
    guard correctRate == nil, incorrectRate == nil else {
      throw TrainingError(
        .invalidSettings, "only the losses count-mse and membrane-mse have targets",
        remedy: "leave out --correct-rate and --incorrect-rate, or add --loss count-mse")
    }
    switch loss {
    case .countCrossEntropy: return .countCrossEntropy
    case .rateCrossEntropy: return .rateCrossEntropy
    case .membraneCrossEntropy: return .largestMembraneCrossEntropy
    case .countMSE, .membraneMSE, nil: return preset
    }
  }

  private func resolvedSurrogate(_ preset: Surrogate) throws -> Surrogate {
    // Without a scale a surrogate that is not the preset's takes snnTorch's default.
    switch (surrogate, preset) {
    case (.fastSigmoid, .fastSigmoid(let scale)), (nil, .fastSigmoid(let scale)):
      return .fastSigmoid(slope: slope ?? scale)
    case (.fastSigmoid, _): return .fastSigmoid(slope: slope ?? 25)
    case (.arctangent, .arctangent(let scale)), (nil, .arctangent(let scale)):
      return .arctangent(alpha: slope ?? scale)
    case (.arctangent, _): return .arctangent(alpha: slope ?? 2)
    case (.sigmoid, _): return .sigmoid(slope: slope ?? 25)
    case (.triangle, _): return .triangle(slope: slope ?? 1)
    case (.spikeRateEscape, _): return .spikeRateEscape(beta: 1, slope: slope ?? 25)
    case (.straightThrough, _):
      guard slope == nil else {
        throw TrainingError(
          .invalidSettings, "the straight-through surrogate has no scale",
          remedy: "leave out --slope")
      }
      return .straightThrough
    case (nil, _): return preset
    }
  }

  private func resolvedSchedule(_ preset: LearningRateSchedule) throws -> LearningRateSchedule {
    switch schedule {
    case .warmRestarts: return .warmRestarts(period: scheduleEpochs ?? 10, growth: 2)
    case .steps: return .steps(epochs: scheduleEpochs ?? 10, factor: 0.1)
    case .constant, .cosine, nil:
      guard scheduleEpochs == nil else {
        throw TrainingError(
          .invalidSettings, "only the schedules warm-restarts and steps have epochs",
          remedy: "leave out --schedule-epochs, or add --schedule steps")
      }
      return schedule.map { $0 == .constant ? .constant : .cosine } ?? preset
    }
  }

  /// The preset's neurons with the options in their place.
  func resolvedNeuron(_ preset: TrainingPreset) throws -> NeuronParameters {
    var neuron = preset.neuron
    let decay = beta ?? preset.neuron.model.decay
    switch self.neuron {
    case .leaky, nil: neuron.model = .leaky(beta: decay)
    case .integrateAndFire: neuron.model = .integrateAndFire
    case .lapicque: neuron.model = .lapicque(beta: decay)
    case .synaptic: neuron.model = .synaptic(alpha: alpha ?? 0.5, beta: decay)
    }
    guard alpha == nil || self.neuron == .synaptic else {
      throw TrainingError(
        .invalidSettings, "only synaptic neurons have an alpha",
        remedy: "leave out --alpha, or add --neuron synaptic")
    }
    guard beta == nil || self.neuron != .integrateAndFire else {
      throw TrainingError(
        .invalidSettings, "integrate-and-fire neurons have no decay",
        remedy: "leave out --beta, or use leaky neurons")
    }
    neuron.threshold = theta ?? neuron.threshold
    switch reset {
    case .subtract: neuron.reset = .subtract
    case .zero: neuron.reset = .zero
    case .multiplicative: neuron.reset = .multiplicative
    case .some(.none): neuron.reset = .none
    case nil: break
    }
    if let resetDelay { neuron.resetTiming = resetDelay ? .delayed : .immediate }
    neuron.learnsThreshold = learnConstants
    neuron.learnsDecay =
      learnConstants && (neuron.model.name == "leaky" || neuron.model.name == "synaptic")
    return neuron
  }
}
