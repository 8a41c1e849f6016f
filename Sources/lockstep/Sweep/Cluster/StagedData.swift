import Exploration
import Foundation

/// A copy of the data set on the disk of this node, removed with the value.
final class StagedData {
  /// Where the copy is, as `--data` is told.
  let path: String
  private let folder: URL

  /// Copies the folder or files that all trainings name with `--data`.
  init(of trainings: [[String]]) throws {
    let named = Set(
      trainings.map { arguments in
        // The last one counts, as on the command line.
        arguments.lastIndex(of: "--data").flatMap {
          arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil
        }
      })
    guard named.count == 1, let data = named.first.flatMap({ $0 }) else {
      throw ExplorationError(
        message: "--stage copies what --data names, which must be the same for all points; give it "
          + "behind '--', as in -- --data /shared/svhn")
    }
    let source = URL(fileURLWithPath: data)
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lockstep-data-\(UUID().uuidString)")
    path = folder.appendingPathComponent(source.lastPathComponent).path
    let items = Self.items(source)
    guard !items.isEmpty else {
      throw ExplorationError(
        file: data,
        message: "there are no such files to stage; leave out --stage, or name a folder, a file or "
          + "FOLDER/PREFIX with --data")
    }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for item in items {
        try FileManager.default.copyItem(
          at: item, to: folder.appendingPathComponent(item.lastPathComponent))
      }
    } catch {
      try? FileManager.default.removeItem(at: folder)
      throw ExplorationError(
        file: data,
        message: "it cannot be copied to \(folder.path) (\(error.localizedDescription)); leave out "
          + "--stage, or set TMPDIR to a disk with room")
    }
  }

  /// The folder or file itself, or the files of an IDX pair that is named by its prefix.
  private static func items(_ source: URL) -> [URL] {
    let files = FileManager.default
    guard !files.fileExists(atPath: source.path) else { return [source] }
    let parent = source.deletingLastPathComponent()
    return ((try? files.contentsOfDirectory(atPath: parent.path)) ?? [])
      .filter { $0.hasPrefix("\(source.lastPathComponent)-") }.sorted()
      .map(parent.appendingPathComponent)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
