import Foundation
import Glibc

/// A results file to which a sweep adds its points, one line at a time.
///
/// A line is on the disk before the next point counts as done, so that a sweep that is killed loses what
/// was under way and nothing else. One process writes at a time; others are refused.
public final class SweepResultsFile {
  /// The points that were there when the file was opened.
  public let results: SweepResults
  /// The file's path.
  public let path: String
  private let descriptor: Int32

  /// Opens a file, or makes it.
  ///
  /// A last line that is cut off is removed.
  ///
  /// - Parameter path: the file.
  /// - Throws: ``ExplorationError`` if it cannot be written, is no results file, or another process
  ///   is writing to it.
  public init(path: String) throws(ExplorationError) {
    self.path = path
    func failure(_ message: String) -> ExplorationError {
      ExplorationError(file: path, message: message)
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw failure(
        "it cannot be written (\(String(cString: strerror(errno)))); name a file in a folder that you "
          + "may write to")
    }
    do throws(ExplorationError) {
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        throw failure(
          errno == EWOULDBLOCK
            ? "another sweep is writing to it; wait for that, or name another file"
            : FolderLock.hasNoLocks(errno))
      }
      let lines = try SweepLines(path: path, data: SweepResults.read(path))
      guard ftruncate(descriptor, off_t(lines.wholeBytes)) == 0 else {
        throw failure("it cannot be written (\(String(cString: strerror(errno))))")
      }
      if lines.lacksLineBreak { _ = Glibc.write(descriptor, "\n", 1) }
      results = SweepResults(lines)
      self.descriptor = descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// Adds a point.
  ///
  /// - Parameter point: the point.
  /// - Throws: ``ExplorationError`` if it could not be written whole.
  public func append(_ point: SweepPoint) throws(ExplorationError) {
    let line: Data
    do { line = try point.line() } catch {
      throw ExplorationError(file: path, message: "a point has a number that is not finite")
    }
    var written = 0
    while written < line.count {
      let count = line.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw ExplorationError(
          file: path,
          message:
            "it cannot be written (\(String(cString: strerror(errno)))); make room, and run the "
            + "same command again")
      }
      written += count
    }
    fsync(descriptor)
  }
}
