import Foundation
import SpikingNetworks
import Training

extension TrainOptions {
  /// All that determines a training but for its data, the same for equal trainings however they are asked
  /// for.
  func canonicalText() throws -> String {
    let preset = try TrainingPreset.named(preset)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    var layers = network ?? preset.hiddenLayers + " \(preset.neuronsPerClass)"
    if NetworkFile.isNetworkFile(layers) {
      layers = try json(NetworkFile(path: layers).description)
    }
    let samples = [trainSamples, testSamples, timeSteps ?? preset.timeSteps].map { "\($0 ?? 0)" }
    let choices: [String] = [
      layers, "\(validation ?? preset.validationFraction)", "\(preset.choosesOnTestSamples)",
      "\(preset.testFraction)", input.normalise ?? "", testData ?? "",
    ]
    return try (choices + samples + [json(resolvedSettings(preset)), json(resolvedNeuron(preset))])
      .joined(separator: "\n")
  }

  /// All options on which data and their encoding depend: trainings for which this is equal read the same
  /// samples in the same way.
  var dataText: String {
    // The rest of a network does not matter, but a file of one has a number of time steps.
    let file = network.flatMap { NetworkFile.isNetworkFile($0) ? $0 : nil }
    // A normalisation is measured on the training samples.
    let samples = "\(trainSamples ?? 0) \(String(describing: validation))"
    return [
      preset, "\(input)", testData ?? "", "\(String(describing: augment))",
      "\(timeSteps ?? 0)", file ?? "", samples,
    ].joined(separator: "\n")
  }
}
