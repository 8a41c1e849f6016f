import BenchmarkSupport
import Datasets
import SpikingNetworks
import Training

/// A data set of one format, how it is encoded, and a network that learns it.
struct Workload {
  static let samples = 64
  static let batch = 32

  var format: String
  var content: String
  var data: any LabelledSamples
  var encoder: InputEncoder
  var timeSteps: Int
  var layers: String

  /// One workload a format, in files of a temporary folder that the system cleans up.
  static func all() throws -> [Workload] {
    let files = try BenchmarkFiles()
    let small = "500-500-10"
    let convolutional = "32C3s-P2-32C3s-P2-256-10"
    var normalised = InputEncoder(coding: .direct, normalisation: .svhn)
    normalised.augmentation = Augmentation(shift: 2, flips: true)
    var resized = InputEncoder(coding: .direct, size: PictureSize(height: 32, width: 32))
    var denoised = resized
    denoised.framing.denoising = 10_000
    resized.framing.binning = .count
    return [
      Workload(
        format: "IDX", content: "28x28 grey", data: try FoundData.open(files.idx()).training,
        encoder: .rate(gain: 1), timeSteps: 25, layers: small),
      Workload(
        format: "IDX, saccades", content: "28x28 grey",
        data: try FoundData.open(files.idx()).training,
        encoder: InputEncoder(coding: .direct, makesSaccades: true), timeSteps: 9,
        layers: "8C5/3p2-16C3/2p1-10"),
      Workload(
        format: "CIFAR-10", content: "32x32 RGB",
        data: try FoundData.open(files.cifar10()).training, encoder: .rate(gain: 1), timeSteps: 10,
        layers: convolutional),
      Workload(
        format: "CIFAR-10", content: "augmented, normalised",
        data: try FoundData.open(files.cifar10()).training, encoder: normalised, timeSteps: 10,
        layers: convolutional),
      Workload(
        format: "N-MNIST", content: "4,200 events",
        data: try FoundData.open(files.nMNIST(events: 4200)).training,
        encoder: InputEncoder(coding: .direct), timeSteps: 9, layers: "8C5/3p2-16C3/2p1-10"),
      Workload(
        format: "AEDAT 2", content: "200,000 events",
        data: try FoundData.open(files.aedat2(events: 200_000)).training, encoder: resized,
        timeSteps: 4, layers: convolutional),
      Workload(
        format: "AEDAT 2, denoised", content: "200,000 events",
        data: try FoundData.open(files.aedat2(events: 200_000)).training, encoder: denoised,
        timeSteps: 4, layers: convolutional),
      Workload(
        format: "AEDAT 3.1", content: "300,000 events",
        data: try FoundData.open(files.aedat3(events: 300_000)).training, encoder: resized,
        timeSteps: 4, layers: "32C3s-P2-32C3s-P2-256-11"),
      Workload(
        format: ".npy", content: "300,000 events, doubles",
        data: try FoundData.open(files.npy(events: 300_000)).training, encoder: resized,
        timeSteps: 4, layers: "32C3s-P2-32C3s-P2-256-11"),
    ]
  }

  /// One training step on encoded samples.
  func learning() throws -> Measurement {
    let frame = try encoder.frame(of: data, timeSteps: timeSteps)
    let description = NetworkDescription(
      name: "benchmark",
      input: FeatureShape(channels: frame.channels, height: frame.height, width: frame.width),
      timeSteps: timeSteps, layers: try NetworkNotation.layers(layers, neuron: .leaky(beta: 0.5)),
      classes: data.classes)
    let network = try SpikingNetwork(
      description, weights: description.initialWeights(seed: 1, gain: 2))
    var learner = try BatchLearner(
      network,
      settings: TrainingSettings(
        epochs: 1, batchSize: Self.batch, learningRate: 1e-3, surrogate: .fastSigmoid(slope: 25),
        encoder: encoder), threads: 1)
    let inputs = try (0..<Self.batch).map {
      try encoder.input(data, sample: $0, timeSteps: timeSteps, seed: 1, epoch: 1)
    }
    let labels = data.labels.prefix(Self.batch)
    return try Measurement.of(runs: 5) {
      try learner.learn(inputs: inputs, labels: Array(labels))
    }
  }
}
