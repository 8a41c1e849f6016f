import Foundation
import Training

/// Where a training's files go.
struct TrainFiles {
  let model: String
  let trainTrace: String
  let testTrace: String
  let log: String

  /// Makes the folder and tries it out, so that no training is lost to a folder that cannot be
  /// written.
  init(folder: String, name: String) throws {
    guard !name.isEmpty, !name.contains("/") else {
      throw TrainingError(
        .invalidSettings, "'\(name)' is not a file name", remedy: "give --name without slashes")
    }
    let url = URL(fileURLWithPath: folder)
    let probe = url.appendingPathComponent(".\(name)-\(ProcessInfo.processInfo.processIdentifier)")
    do {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      try Data().write(to: probe)
      try FileManager.default.removeItem(at: probe)
    } catch {
      throw TrainingError(
        .recording, "the folder cannot be written (\(error.localizedDescription))",
        remedy: "give --output a folder that you may write to", location: folder)
    }
    func path(_ suffix: String) -> String { url.appendingPathComponent(name + suffix).path }
    model = path(".safetensors")
    trainTrace = path("-train.spikes")
    testTrace = path("-test.spikes")
    log = path("-log.jsonl")
  }
}
