import Foundation
import Glibc

/// A copy of a store that lies where nothing can be written, removed when nobody needs it any more.
///
/// SQLite reads a store with a write-ahead log only where it may put files beside it.
final class StoreCopy: Sendable {
  /// The copy's path.
  let path: String
  private let folder: URL

  /// Copies a store; nil if that is not needed, or there is none.
  init?(ofUnwritable original: String) throws(ExplorationError) {
    let place = (original as NSString).deletingLastPathComponent
    guard access(original, R_OK) == 0, access(place.isEmpty ? "." : place, W_OK) != 0 else {
      return nil
    }
    let files = FileManager.default
    folder = files.temporaryDirectory.appendingPathComponent("lockstep-\(UUID().uuidString)")
    path = folder.appendingPathComponent("store.sqlite").path
    do {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      try files.copyItem(atPath: original, toPath: path)
      if files.fileExists(atPath: original + "-wal") {
        try files.copyItem(atPath: original + "-wal", toPath: path + "-wal")
      }
    } catch {
      try? files.removeItem(at: folder)
      throw ExplorationError(
        file: original,
        message: "it lies where nothing can be written, and cannot be copied to "
          + "\(files.temporaryDirectory.path) (\(error.localizedDescription)); set TMPDIR to a folder "
          + "with room for it")
    }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
