import Foundation
import SpikingNetworks
import Training

/// What `lockstep train` says at its end, for people and for programs.
struct TrainReport {
  let network: NetworkDescription
  let settings: TrainingSettings
  let parts: DataParts
  let result: TrainingResult
  let test: Evaluation
  let seconds: Double
  var files: [String]
  /// Whether Ctrl-C came while spikes were being recorded.
  var wasRecordingStopped = false

  /// Whether Ctrl-C ended the command early.
  var wasInterrupted: Bool { result.wasStopped || wasRecordingStopped }

  /// The result as a short table.
  func table() -> String {
    var lines = [
      "network     \(network.name): \(network.input) - \(NetworkNotation.text(network.layers)),"
        + " T = \(network.timeSteps)",
      String(
        format: "accuracy    %.2f %% on %d test samples (%d right), epoch %d of %d%@",
        100 * test.accuracy, test.samples, test.correct, result.bestEpoch, settings.epochs,
        result.wasStopped ? ", stopped" : ""),
      String(format: "training    %.1f s, %d samples", seconds, parts.training.count),
      "", "layer       neurons   firing rate on the test samples",
    ]
    let shapes = (try? network.resolvedShapes()) ?? []
    for (layer, (shape, rate)) in zip(network.layers, zip(shapes, test.firingRates)) {
      lines.append(
        layer.name.padding(toLength: 12, withPad: " ", startingAt: 0)
          + String(format: "%7d   %5.1f %%", shape.neurons.count, 100 * rate))
    }
    if result.wasStopped {
      lines += ["", "stopped by Ctrl-C: the model is the best so far; no spikes were recorded"]
    }
    if wasRecordingStopped {
      lines += [
        "", "stopped by Ctrl-C: the network is trained; 'lockstep record' records its spikes",
      ]
    }
    lines += ["", "files"] + files.map { "  \($0)" }
    return lines.joined(separator: "\n")
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
      var epochs: [EpochSummary]
      var wasStopped: Bool
      var notices: [String]
      var test: Evaluation
      var testAccuracy: Double
      var trainingSeconds: Double
      var files: [String]
    }
    let content = Content(
      network: network, settings: settings, trainingSamples: parts.training.count,
      validationSamples: parts.validation.count, bestEpoch: result.bestEpoch,
      epochs: result.epochs, wasStopped: result.wasStopped, notices: result.notices, test: test,
      testAccuracy: test.accuracy, trainingSeconds: seconds, files: files)
    return try ResultJSON.text(content)
  }
}
