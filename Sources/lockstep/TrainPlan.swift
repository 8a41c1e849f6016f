import Datasets
import Foundation
import SpikingNetworks
import Training

/// What `lockstep train` is about to do: preset, options and data fitted to each other.
struct TrainPlan {
  let preset: TrainingPreset
  let data: any LabelledSamples
  let testData: any LabelledSamples
  let parts: DataParts
  let network: NetworkDescription
  let settings: TrainingSettings
  /// What differs from the preset's source, and what a reader must know, a sentence each.
  let remarks: [String]

  /// Fits options to data.
  ///
  /// - Parameters:
  ///   - options: what was asked for.
  ///   - shared: data sets that other trainings read, too.
  /// - Throws: what does not fit, with the remedy.
  init(_ options: TrainOptions, sharing shared: SharedData = SharedData()) throws {
    let preset = try TrainingPreset.named(options.preset)
    self.preset = preset
    var remarks = preset.deviations
    let found = try Self.found(options, preset, shared)
    try options.input.check(found.training)
    var settings = try options.resolvedSettings(preset)
    var timeSteps = options.timeSteps ?? preset.timeSteps
    if preset.kind == .events, found.training.kind == .images {
      settings.encoder.makesSaccades = true
      settings.encoder.size = nil
      remarks.append(
        "\(found.training.name) has images, of which events are made by saccades: T ="
          + " \(SaccadeGenerator.timeSteps) frames of a 34x34 sensor")
    }
    if settings.encoder.makesSaccades {
      timeSteps = options.timeSteps ?? SaccadeGenerator.timeSteps
    }

    // A normalisation of other data is measured anew as soon as the training samples are known.
    let given = settings.encoder.normalisation
    if options.input.normalise == nil { settings.encoder.normalisation = nil }
    let channels = try settings.encoder.frame(of: found.training, timeSteps: timeSteps).channels
    let isForeign =
      given != nil && given?.means.count != channels && options.input.normalise == nil
    if isForeign {
      remarks.append(
        "the normalisation is that of the training samples, because the preset's is for"
          + " \(preset.dataSet)")
    } else {
      settings.encoder.normalisation = given
    }

    let separate = try options.testData.map { try shared.open($0).training } ?? found.test
    try Self.check(separate, fits: found.training, settings.encoder, timeSteps)
    let choosesOnTest = preset.choosesOnTestSamples && options.validation == nil
    let divided = try Self.divided(
      found.training, separate, preset, options, choosesOnTest: choosesOnTest)
    let cache = try options.frameCache()
    data = cache.keeping(divided.data)
    testData = divided.test.map(cache.keeping) ?? data
    parts = divided.parts
    if choosesOnTest {
      remarks.append(
        "the best epoch is chosen on the test samples, as in the source: the test accuracy is"
          + " optimistic (--validation 0.1 holds out others)")
    }

    if isForeign || options.input.normalise == "measured" {
      settings.encoder.normalisation = try Normalisation.measured(
        data, samples: parts.training, encoder: settings.encoder, timeSteps: timeSteps)
    }
    self.settings = settings
    network = try Self.network(
      options, preset, data: data, encoder: settings.encoder, timeSteps: timeSteps)
    self.remarks = remarks
  }

  private static func found(
    _ options: TrainOptions, _ preset: TrainingPreset, _ shared: SharedData
  ) throws -> FoundData {
    if let path = options.input.data { return try shared.open(path) }
    do throws(DatasetError) {
      return try shared.open(preset.dataSet)
    } catch {
      throw TrainingError(
        .invalidSettings,
        "the preset \(preset.name) is for \(preset.dataSet), which is not on this machine",
        remedy:
          "\(error.remedy); then give its folder with --data, or try the preset on other data,"
          + " as in --data digits")
    }
  }

  private static func check(
    _ test: (any LabelledSamples)?, fits data: any LabelledSamples, _ encoder: InputEncoder,
    _ timeSteps: Int
  ) throws {
    guard let test else { return }
    guard test.kind == data.kind, test.classes <= data.classes,
      try encoder.frame(of: test, timeSteps: timeSteps)
        == encoder.frame(of: data, timeSteps: timeSteps)
    else {
      throw TrainingError(
        .mismatch,
        "the test samples are \(test.kind.rawValue) of \(test.frame) in \(test.classes) classes, but"
          + " those to learn \(data.kind.rawValue) of \(data.frame) in \(data.classes)",
        remedy: "give a --test-data that fits --data")
    }
  }

  /// Data, test data unless they are among the data, and which samples serve which purpose.
  private static func divided(
    _ training: any LabelledSamples, _ test: (any LabelledSamples)?, _ preset: TrainingPreset,
    _ options: TrainOptions, choosesOnTest: Bool
  ) throws -> (data: any LabelledSamples, test: (any LabelledSamples)?, parts: DataParts) {
    let testCount =
      test == nil ? Int((preset.testFraction * Double(training.count)).rounded()) : 0
    let fraction = options.validation ?? preset.validationFraction
    guard fraction > 0, fraction < 1 else {
      throw TrainingError(
        .invalidSettings, "the part of the samples for validation is \(fraction)",
        remedy: "give a number between 0 and 1, as in --validation 0.1")
    }
    let rest = Double(training.count - testCount)
    var parts = try DataParts(
      dividing: training, testCount: testCount,
      validationCount: choosesOnTest ? 0 : Int((fraction * rest).rounded()))
    var data = training
    var testData = test
    if let test {
      if choosesOnTest {
        data = try JoinedSamples(training, test)
        testData = nil
        parts.test = Array(training.count..<data.count)
      } else {
        parts.test = Array(0..<test.count)
      }
    }
    if let count = options.testSamples {
      parts.test = try subset(parts.test, of: testData ?? data, count, "--test-samples")
    }
    if choosesOnTest { parts.validation = parts.test }
    if let count = options.trainSamples {
      parts.training = try subset(parts.training, of: data, count, "--train-samples")
    }
    return (data, testData, parts)
  }

  /// So many samples with the same mixture of classes.
  private static func subset(
    _ samples: [Int], of data: any LabelledSamples, _ count: Int, _ option: String
  ) throws -> [Int] {
    guard count > 0, count <= samples.count else {
      throw TrainingError(
        .invalidSettings, "\(option) is \(count), but there are \(samples.count) samples",
        remedy: "give 1 to \(samples.count)")
    }
    guard count < samples.count else { return samples }
    return try StratifiedSplit(samples, labels: data.labels, holdingOut: count, seed: 1797).heldOut
  }

  private static func network(
    _ options: TrainOptions, _ preset: TrainingPreset, data: any LabelledSamples,
    encoder: InputEncoder, timeSteps: Int
  ) throws -> NetworkDescription {
    guard let layers = options.network, NetworkFile.isNetworkFile(layers) else {
      return try TrainingPreset.network(
        name: options.resolvedName, layers: options.network ?? preset.layers(classes: data.classes),
        neuron: try options.resolvedNeuron(preset), timeSteps: timeSteps, data: data,
        encoder: encoder)
    }
    var network = try NetworkFile(path: layers).description
    guard options.timeSteps == nil || options.timeSteps == network.timeSteps else {
      throw TrainingError(
        .invalidSettings, "the network file has \(network.timeSteps) time steps",
        remedy: "leave out --time-steps, or change the file", location: layers)
    }
    if let name = options.name { network.name = name }
    return network
  }
}
