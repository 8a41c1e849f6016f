import Foundation
import Glibc
import Synchronization

/// A results file to which a sweep adds its points, one line at a time.
///
/// A line is on the disk before the next point counts as done, so that a sweep that is killed loses what
/// was under way and nothing else. One process writes at a time; others are refused.
public final class SweepResultsFile: SweepResultsSink {
  private struct State {
    /// The points that are there, by key.
    var points: [String: SweepPoint]
    /// The keys of those that this process runs; no other process can.
    var running: Set<String> = []
  }

  /// The file's path.
  public let path: String
  /// Whether a last line was cut off and removed, and which points disagree.
  public let notices: [String]
  private let state: Mutex<State>
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
      let results = SweepResults(lines)
      notices = results.notices
      state = Mutex(
        State(
          points: Dictionary(
            results.points.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })))
      self.descriptor = descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit { close(descriptor) }

  /// Finds points, whichever sweep they are of.
  public func points(
    _ keys: [String], of sweep: String
  ) throws(ExplorationError) -> [String: SweepPoint] {
    state.withLock { state in
      Dictionary(
        keys.compactMap { key in state.points[key].map { (key, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
  }

  /// Asks for the right to run a point; only other tasks of this process can have it.
  public func claim(_ key: String) throws(ExplorationError) -> PointClaim {
    state.withLock { state in
      if let point = state.points[key] { return .ended(point) }
      return state.running.insert(key).inserted ? .granted : .taken(by: "this process")
    }
  }

  /// Gives a claim back.
  public func releaseClaim(_ key: String) throws(ExplorationError) {
    state.withLock { state in _ = state.running.remove(key) }
  }

  /// Gives the claims of this process back.
  public func releaseClaims() throws(ExplorationError) {
    state.withLock { $0.running = [] }
  }

  /// Adds a point, unless one with its key is there.
  @discardableResult
  public func append(_ point: SweepPoint) throws(ExplorationError) -> PointAddition {
    let line: Data
    do { line = try point.line() } catch {
      throw ExplorationError(file: path, message: "a point has a number that is not finite")
    }
    return try state.withLock { state throws(ExplorationError) in
      state.running.remove(point.key)
      if let known = state.points[point.key] {
        return known.outcome == point.outcome ? .known : .differs
      }
      try write(line)
      state.points[point.key] = point
      return .added
    }
  }

  private func write(_ line: Data) throws(ExplorationError) {
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
