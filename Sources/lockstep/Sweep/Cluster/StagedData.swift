import Exploration
import Foundation

/// A copy of the data set's folder on the disk of this node, removed with the value.
final class StagedData {
  /// Where the copy is.
  let path: String
  private let parent: URL

  /// Copies the folder that all trainings name with `--data`.
  init(of trainings: [[String]]) throws {
    let folders = Set(
      trainings.map { arguments in
        // The last one counts, as on the command line.
        arguments.lastIndex(of: "--data").flatMap {
          arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil
        }
      })
    guard folders.count == 1, let folder = folders.first.flatMap({ $0 }) else {
      throw ExplorationError(
        message:
          "--stage copies the folder of --data, which must be the same for all points; give it "
          + "behind '--', as in -- --data /shared/svhn")
    }
    let source = URL(fileURLWithPath: folder)
    parent = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lockstep-data-\(UUID().uuidString)")
    let copy = parent.appendingPathComponent(source.lastPathComponent)
    path = copy.path
    do {
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: source, to: copy)
    } catch {
      try? FileManager.default.removeItem(at: parent)
      throw ExplorationError(
        file: folder,
        message: "it cannot be copied to \(parent.path) (\(error.localizedDescription)); leave out "
          + "--stage, or set TMPDIR to a disk with room")
    }
  }

  deinit { try? FileManager.default.removeItem(at: parent) }
}
