import Exploration
import Foundation

/// The file that takes the points of a sweep.
enum SweepOutput {
  /// Opens a file: a store if its ending says so, else a file of JSON lines.
  static func open(_ path: String) throws -> any SweepResultsSink {
    if ResultStore.isStore(path) { return try ResultStore(path: path, for: .writing) }
    return try SweepResultsFile(path: path)
  }

  /// The keys of points that are there, or are being run; none if there is no file.
  static func takenKeys(_ path: String) throws -> Set<String> {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
    guard let size, size > 0 else { return [] }
    if ResultStore.isStore(path) { return try ResultStore(path: path, for: .reading).takenKeys() }
    return Set(try SweepResults(paths: [path]).points.map(\.key))
  }
}
