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
    case spikeRateEscape = "spike-rate-escape"
    case triangle
    case straightThrough = "straight-through"
  }

  /// The neuron models by the names of the command line.
  enum NeuronName: String, ExpressibleByArgument, CaseIterable {
    case leaky
    case integrateAndFire = "integrate-and-fire"
    case lapicque
    case synaptic
  }

  /// The resets by the names of the command line.
  enum ResetName: String, ExpressibleByArgument, CaseIterable {
    case subtract
    case zero
    case multiplicative
    case none
  }

  /// The optimisers by the names of the command line.
  enum OptimiserName: String, ExpressibleByArgument, CaseIterable {
    case adam
    case adamW = "adamw"
    case sgd
  }

  /// The schedules by the names of the command line.
  enum ScheduleName: String, ExpressibleByArgument, CaseIterable {
    case constant
    case cosine
    case warmRestarts = "warm-restarts"
    case steps
  }

  /// The losses by the names of the command line.
  enum LossName: String, ExpressibleByArgument, CaseIterable {
    case countCrossEntropy = "count-cross-entropy"
    case rateCrossEntropy = "rate-cross-entropy"
    case countMSE = "count-mse"
    case membraneCrossEntropy = "membrane-cross-entropy"
    case membraneMSE = "membrane-mse"
  }

  @Option(
    help:
      "Network and settings to start from: \(TrainingPreset.all.map(\.name).joined(separator: ", "))."
  )
  var preset = "digits"

  @Option(help: "Name of the files and the network; the preset's if not given.")
  var name: String?

  @OptionGroup var input: DataOptions

  @Option(
    help: ArgumentHelp(
      "Samples to test on, as --data; if not given, the test part of --data, or a fixed part of it.",
      valueName: "path"))
  var testData: String?

  @Option(
    help: ArgumentHelp(
      "Change training samples in every epoch: shift:PIXELS, flip, or both with a comma.",
      valueName: "how"))
  var augment: Augmentation?

  @Option(
    help: ArgumentHelp(
      "Layers, as in 16C3-32C3s-P2-64-100.",
      discussion: """
        16C3 16 channels, 3x3; 16C3s same size; 16C3/2p1 stride 2, padding 1; P2 OR pooling of \
        spikes; MP2, AP2 largest or mean current; BN batch normalisation; D0.1 dropout; 64 neurons.
        """))
  var network: String?

  @Option(
    help: ArgumentHelp(
      "The part of the samples that chooses the best epoch; as the preset has it if not given."))
  var validation: Double?

  @Option(help: "Learn only so many samples, with the same mixture of classes.")
  var trainSamples: Int?

  @Option(help: "Test only so many samples, with the same mixture of classes.")
  var testSamples: Int?

  @Option(help: "Passes over the training samples.")
  var epochs: Int?

  @Option(help: "Samples of one step.")
  var batchSize: Int?

  @Option(help: "Learning rate of the first step; it falls to 0 along a cosine, see --schedule.")
  var learningRate: Double?

  @Option(help: "How the learning rate changes: \(ScheduleName.list).")
  var schedule: ScheduleName?

  @Option(help: "Epochs of the first period of warm-restarts, or between steps.")
  var scheduleEpochs: Int?

  @Option(help: "Epochs in which the learning rate first rises from 0.")
  var warmUp: Int?

  @Option(help: "What turns gradients into steps: \(OptimiserName.list).")
  var optimiser: OptimiserName?

  @Option(help: "Longest gradient of a step; longer ones are shortened.")
  var clip: Float?

  @Option(help: "Epochs without a better validation result after which training ends.")
  var patience: Int?

  @Option(help: "Simulated time steps (T) of every sample.")
  var timeSteps: Int?

  @Option(help: "Neuron model: \(NeuronName.list).")
  var neuron: NeuronName?

  @Option(help: "What a spike does to the membrane: \(ResetName.list).")
  var reset: ResetName?

  @ArgumentParser.Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Whether a spike resets the membrane one time step later or at once, as snnTorch's"
        + " reset_delay; the preset's if not given, one step later in all of them."))
  var resetDelay: Bool?

  @ArgumentParser.Flag(help: "Learn beta and theta, one of each for every layer.")
  var learnConstants = false

  @Option(help: "Decay of the membranes per time step, 0 to 1.")
  var beta: Float?

  @Option(help: "Decay of the synaptic current per time step, 0 to 1; for synaptic neurons.")
  var alpha: Float?

  @Option(help: "Firing threshold.")
  var theta: Float?

  @Option(help: "Derivative that stands for the spike's: \(SurrogateName.list).")
  var surrogate: SurrogateName?

  @Option(help: "Scale of the surrogate: its slope k or alpha.")
  var slope: Float?

  @Option(help: "Loss on the output spikes: \(LossName.list).")
  var loss: LossName?

  @Option(
    help: ArgumentHelp(
      "What an mse loss wants from the label's neurons: a part of the most spikes possible, or a"
        + " membrane."))
  var correctRate: Float?

  @Option(help: "The same of all other neurons.")
  var incorrectRate: Float?

  @Option(help: "Factor on the initial weights; more than 1 wakes silent layers.")
  var weightGain: Float?

  @Option(help: "Seed of weights, sample order and input spikes.")
  var seed: UInt64?

  @Option(help: "Threads to use; all cores if not given. Changes the time, not the result.")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Memory for the frames of event recordings, which are decoded in every epoch beyond it; 0 for"
        + " none. Changes the time, not the result.", valueName: "MiB"))
  var cacheSize = FrameCache.usualLimit >> 20
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// All names, separated by commas.
  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
