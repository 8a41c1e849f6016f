import Foundation
import SpikingNetworks
import Training

/// What `lockstep train` says at its end, for people and for programs.
struct TrainReport {
  let network: NetworkDescription
  let settings: TrainingSettings
  let parts: DataParts
  let result: TrainingResult
  /// The log: epochs with their cycles on platforms.
  let epochs: [EpochRecord]
  /// What was noticed beside the trainer's own notices.
  let notices: [String]
  let test: Evaluation
  /// The test with other numbers of time steps, where the preset's source has it.
  var furtherTests: [FurtherTest] = []
  let seconds: Double
  var files: [String]
  /// Whether Ctrl-C came while spikes were being recorded.
  var wasRecordingStopped = false

  /// Whether Ctrl-C ended the command early.
  var wasInterrupted: Bool { result.wasStopped || wasRecordingStopped }

  /// The checkpoint from which an interrupted command goes on.
  var resumable: String?

  /// Why training failed after it had a good network.
  var failure: TrainingError? {
    if case .diverged(let error) = result.ending { error } else { nil }
  }

  /// A test with another number of time steps than the network was trained with.
  struct FurtherTest: Encodable {
    var timeSteps: Int
    var evaluation: Evaluation
  }

  /// The result as JSON.
  func json() throws -> String {
    struct Content: Encodable {
      var schemaVersion = 1
      var network: NetworkDescription
      var settings: TrainingSettings
      var trainingSamples: Int
      var validationSamples: Int
      var bestEpoch: Int
      var epochs: [EpochRecord]
      var wasStopped: Bool
      var failure: String?
      var checkpoint: String?
      var notices: [String]
      var test: Evaluation
      var furtherTests: [FurtherTest]?
      var testAccuracy: Double
      var trainingSeconds: Double
      var files: [String]
    }
    let content = Content(
      network: network, settings: settings, trainingSamples: parts.training.count,
      validationSamples: parts.validation.count, bestEpoch: result.bestEpoch,
      epochs: epochs, wasStopped: result.wasStopped, failure: failure?.description,
      checkpoint: resumable, notices: result.notices + notices, test: test,
      furtherTests: furtherTests.isEmpty ? nil : furtherTests, testAccuracy: test.accuracy,
      trainingSeconds: seconds, files: files)
    return try ResultJSON.text(content)
  }
}
