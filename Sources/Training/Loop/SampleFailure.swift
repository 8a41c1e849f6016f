import Datasets
import Synchronization

/// The first of the failures to read a sample that several threads may meet.
///
/// Kernels do not stop for an error: who fails leaves the input as it is, and the whole step is given
/// up at its end.
final class SampleFailure: Sendable {
  private let first = Mutex<(task: Int, error: DatasetError)?>(nil)

  /// Does work and keeps its error; that of the smallest task wins, whichever thread was faster.
  ///
  /// - Returns: whether the work was done.
  @discardableResult
  func catching(_ task: Int, _ work: () throws(DatasetError) -> Void) -> Bool {
    do {
      try work()
      return true
    } catch {
      first.withLock { kept in
        if kept.map({ task < $0.task }) ?? true { kept = (task, error) }
      }
      return false
    }
  }

  /// Whether a task has failed.
  var isSet: Bool { first.withLock { $0 != nil } }

  /// - Throws: ``TrainingError`` (`data`) if a task has failed.
  func check() throws(TrainingError) {
    if let error = first.withLock({ $0?.error }) { throw TrainingError(error) }
  }
}

extension TrainingError {
  /// A failure of the data as a training meets it.
  init(_ error: DatasetError) {
    self.init(
      error.code == .invalidRequest ? .mismatch : .data, error.message, remedy: error.remedy,
      location: error.location)
  }
}
