import Foundation
import Glibc

/// The right to submit the tasks of a sweep, for one process at a time; it ends with the value.
public final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Takes the right.
  ///
  /// - Parameter path: the file that stands for it.
  /// - Throws: ``ExplorationError`` if another process has it.
  init(path: String) throws(ExplorationError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw ExplorationError(
        file: path, message: "it cannot be written (\(String(cString: strerror(errno))))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      close(descriptor)
      throw ExplorationError(
        file: path,
        message: reason == EWOULDBLOCK
          ? "another lockstep submits or watches this sweep; 'lockstep sweep status' shows how far it is"
          : Self.hasNoLocks(reason))
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// What to say of a file system without locks.
  ///
  /// - Parameter reason: the system's number of the error.
  /// - Returns: what is wrong and what to do.
  static func hasNoLocks(_ reason: Int32) -> String {
    "its file system has no locks (\(String(cString: strerror(reason)))), so that two writers could spoil "
      + "the file; take a folder on one that has, such as NFS, or Lustre mounted with 'flock'"
  }
}
