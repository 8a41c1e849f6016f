import Datasets
import Synchronization

/// Data sets that several trainings read: each is opened once, and is in memory once.
final class SharedData: Sendable {
  private let opened = Mutex<[String: FoundData]>([:])

  /// Opens a data set, or has it already.
  func open(_ path: String) throws(DatasetError) -> FoundData {
    // Others wait meanwhile: they would read the same files.
    try opened.withLock { opened throws(DatasetError) in
      if let found = opened[path] { return found }
      let found = try FoundData.open(path)
      opened[path] = found
      return found
    }
  }
}
