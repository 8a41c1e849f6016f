import Exploration

/// The file that takes the points of a sweep.
enum SweepOutput {
  /// Opens a file: a store if its ending says so, else a file of JSON lines.
  static func open(_ path: String) throws -> any SweepResultsSink {
    if ResultStore.isStore(path) { return try ResultStore(path: path, for: .writing) }
    return try SweepResultsFile(path: path)
  }
}
