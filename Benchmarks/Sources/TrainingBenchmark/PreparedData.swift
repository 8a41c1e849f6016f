import Foundation
import SpikingNetworks
import Training

/// Trained weights and input batches in a folder, from which we and the peers are measured.
///
/// `FAMILY.safetensors` has weights under PyTorch's names, `NAME.input` one batch as bytes (spikes)
/// or little-endian floats (direct coding, one step only), `[step][sample][channel][row][column]`,
/// and `NAME.labels` its labels as bytes.
struct PreparedData {
  let folder: URL

  /// Trains what is not there yet and writes the batches.
  func prepare() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for workload in Workload.all {
      let images = try Images(workload.input)
      if !FileManager.default.fileExists(atPath: modelPath(workload)) {
        try train(workload, images)
      }
      try write(workload, images)
    }
  }

  /// The trained network with the workload's number of steps.
  func network(_ workload: Workload) throws -> SpikingNetwork {
    let trained = try ModelFile(path: modelPath(workload)).network
    return try SpikingNetwork(workload.description(), weights: trained.weights)
  }

  /// One batch: `[step][channel][row][column]` a sample.
  func batch(_ workload: Workload) throws -> (inputs: [[Float]], labels: [Int]) {
    let images = try Images(workload.input)
    return (
      (0..<Workload.batch).map { images.input($0, workload, seed: 3) },
      (0..<Workload.batch).map { images.label($0) }
    )
  }

  /// A few passes over the digits; long enough for the densities of a trained network.
  private func train(_ workload: Workload, _ images: Images) throws {
    let settings = TrainingSettings(
      epochs: 1, batchSize: Workload.batch, learningRate: 1e-3,
      surrogate: .arctangent(alpha: 2), encoder: .direct)
    let description = try workload.description()
    var learner = try BatchLearner(
      SpikingNetwork(description, weights: description.initialWeights(seed: 1, gain: 3)),
      settings: settings, threads: 2)
    let batches = images.count / Workload.batch
    var correct = 0
    for pass in 0..<8 {
      correct = 0
      for batch in 0..<batches {
        let samples = (batch * Workload.batch)..<((batch + 1) * Workload.batch)
        correct += try learner.learn(
          inputs: samples.map { images.input($0, workload, seed: UInt64(100 + pass)) },
          labels: samples.map { images.label($0) }
        ).correct
      }
    }
    let accuracy = Double(correct) / Double(batches * Workload.batch)
    print(
      "trained \(workload.family): \((accuracy * 1000).rounded() / 10) % of the training samples"
        + " right in the last pass")
    try ModelFile(network: learner.learned()).write(to: modelPath(workload))
  }

  private func write(_ workload: Workload, _ images: Images) throws {
    let (inputs, labels) = try batch(workload)
    let frame = workload.input.channels * workload.input.height * workload.input.width
    var data = Data()
    switch workload.coding {
    case .spikes:
      for step in 0..<workload.timeSteps {
        for input in inputs {
          data.append(contentsOf: input[(step * frame)..<((step + 1) * frame)].map { UInt8($0) })
        }
      }
    case .direct:
      for input in inputs {
        input[..<frame].withUnsafeBytes { data.append(contentsOf: $0) }
      }
    }
    try data.write(to: folder.appendingPathComponent("\(workload.name).input"))
    try Data(labels.map(UInt8.init))
      .write(to: folder.appendingPathComponent("\(workload.name).labels"))
  }

  private func modelPath(_ workload: Workload) -> String {
    folder.appendingPathComponent("\(workload.family).safetensors").path
  }
}
