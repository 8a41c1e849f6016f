import Foundation
import Training

/// Where a training's files go.
struct TrainFiles {
  /// What follows a training's name in the name of its checkpoint.
  static let checkpointSuffix = ".checkpoint"

  let model: String
  let log: String
  let checkpoint: CheckpointFile
  private let stem: String

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
    stem = url.appendingPathComponent(name).path
    model = stem + ".safetensors"
    log = stem + "-log.jsonl"
    checkpoint = CheckpointFile(path: stem + Self.checkpointSuffix)
  }

  /// The trace of a part of the data: of the best network, or of that after an epoch.
  func trace(_ part: String, epoch: Int? = nil) -> String {
    guard let epoch else { return "\(stem)-\(part).spikes" }
    return stem + String(format: "-epoch%03d", epoch) + "-\(part).spikes"
  }

  /// The traces of parts after some epochs.
  func tracesOnTheWay(_ epochs: [Int], parts: [RecordedPart]) -> [String] {
    epochs.flatMap { epoch in parts.map { trace($0.suffix, epoch: epoch) } }
  }
}
