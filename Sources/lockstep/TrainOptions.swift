import ArgumentParser
import Datasets
import Foundation
import SpikingNetworks
import Training

/// What to train, on what, and how: a preset and the options that change it.
struct TrainOptions: ParsableArguments {
  /// The surrogates by the names of the command line.
  enum SurrogateName: String, ExpressibleByArgument, CaseIterable {
    case fastSigmoid = "fast-sigmoid"
    case arctangent
    case sigmoid
    case straightThrough = "straight-through"
  }

  /// The losses by the names of the command line.
  enum LossName: String, ExpressibleByArgument, CaseIterable {
    case countCrossEntropy = "count-cross-entropy"
    case rateCrossEntropy = "rate-cross-entropy"
    case countMSE = "count-mse"
  }

  /// The codings by the names of the command line.
  enum CodingName: String, ExpressibleByArgument, CaseIterable {
    case rate
    case direct
  }

  @Option(help: "Network and settings to start from: \(TrainingPreset.all.map(\.name).joined()).")
  var preset = "digits"

  @Option(help: "Name of the files and the network; the preset's if not given.")
  var name: String?

  @Option(
    help: ArgumentHelp(
      "Data to learn: FOLDER/PREFIX of an IDX pair, plain or gzip-compressed"
        + " (PREFIX-images-idx3-ubyte, PREFIX-labels-idx1-ubyte); the 8x8 digits if not given.",
      valueName: "folder/prefix"))
  var data: String?

  @Option(
    help: ArgumentHelp(
      "Data to test on, as --data; a fixed part of --data if not given.",
      valueName: "folder/prefix"))
  var testData: String?

  @Option(help: "Layers, as in 16C3-32C3s-P2-64-100 (s: same size, P: OR pooling of spikes).")
  var network: String?

  @Option(help: "Passes over the training samples.")
  var epochs: Int?

  @Option(help: "Samples of one step.")
  var batchSize: Int?

  @Option(help: "Learning rate of the first step; it falls to 0 along a cosine.")
  var learningRate: Double?

  @Option(help: "Simulated time steps (T) of every sample.")
  var timeSteps: Int?

  @Option(help: "Decay of the membranes per time step, 0 to 1.")
  var beta: Float?

  @Option(help: "Firing threshold.")
  var theta: Float?

  @Option(help: "Derivative that stands for the spike's: \(SurrogateName.list).")
  var surrogate: SurrogateName?

  @Option(help: "Scale of the surrogate: its slope k or alpha.")
  var slope: Float?

  @Option(help: "Loss on the output spikes: \(LossName.list).")
  var loss: LossName?

  @Option(help: "Part of the most spikes possible that count-mse wants from the label's neurons.")
  var correctRate: Float?

  @Option(help: "Part of the most spikes possible that count-mse wants from all other neurons.")
  var incorrectRate: Float?

  @Option(help: "How values become input: \(CodingName.list).")
  var coding: CodingName?

  @Option(help: "Factor on the initial weights; more than 1 wakes silent layers.")
  var weightGain: Float?

  @Option(help: "Seed of weights, sample order and input spikes.")
  var seed: UInt64?

  @Option(help: "Threads to use; all cores if not given. Changes the time, not the result.")
  var threads: Int?
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// All names, separated by commas.
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}

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

  /// The preset's settings with the options in their place.
  func resolvedSettings(_ preset: TrainingPreset) throws -> TrainingSettings {
    var settings = preset.settings
    settings.epochs = epochs ?? settings.epochs
    settings.batchSize = batchSize ?? settings.batchSize
    settings.learningRate = learningRate ?? settings.learningRate
    settings.weightGain = weightGain ?? settings.weightGain
    settings.seed = seed ?? settings.seed
    settings.loss = try resolvedLoss(settings.loss)
    switch coding {
    case .rate: settings.encoder = .rate(gain: 1)
    case .direct: settings.encoder = .direct
    case nil: break
    }
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
    if let rates {
      return .countMeanSquaredError(
        correctRate: correctRate ?? rates.correct, incorrectRate: incorrectRate ?? rates.incorrect)
    }
    guard correctRate == nil, incorrectRate == nil else {
      throw TrainingError(
        .invalidSettings, "only the loss count-mse has target rates",
        remedy: "leave out --correct-rate and --incorrect-rate, or add --loss count-mse")
    }
    switch loss {
    case .countCrossEntropy: return .countCrossEntropy
    case .rateCrossEntropy: return .rateCrossEntropy
    case .countMSE, nil: return preset
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

  /// The preset's neurons with the options in their place.
  func resolvedNeuron(_ preset: TrainingPreset) -> NeuronParameters {
    .leaky(
      beta: beta ?? preset.neuron.model.decay, threshold: theta ?? preset.neuron.threshold,
      reset: preset.neuron.reset)
  }
}
