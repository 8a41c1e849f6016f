import Datasets
import Foundation
import SpikingNetworks
import Training

/// What `lockstep train` works on: data, network and settings, from the options.
struct TrainSession {
  let data: LabelledImages
  let testData: LabelledImages
  let parts: DataParts
  let network: NetworkDescription
  let settings: TrainingSettings
  let threads: Int

  init(_ options: TrainOptions) throws {
    let preset = try TrainingPreset.named(options.preset)
    threads = try TrainOptions.checkedThreads(options.threads)
    settings = try options.resolvedSettings(preset)
    data = try options.data.map { try LabelledImages(idx: $0) } ?? LabelledImages.digits()
    let isSplit = options.testData == nil
    testData = try options.testData.map { try LabelledImages(idx: $0) } ?? data
    let testCount = isSplit ? Int((preset.testFraction * Double(data.count)).rounded()) : 0
    let rest = Double(data.count - testCount)
    var parts = try DataParts(
      dividing: data, testCount: testCount,
      validationCount: Int((preset.validationFraction * rest).rounded()))
    if !isSplit { parts.test = Array(0..<testData.count) }
    self.parts = parts
    network = try TrainingPreset.network(
      name: options.resolvedName, layers: options.network ?? preset.layers,
      neuron: try options.resolvedNeuron(preset), timeSteps: options.timeSteps ?? preset.timeSteps,
      data: data)
  }
}
