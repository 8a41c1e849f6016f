import Foundation
import Glibc
import SpikeTraces

/// The file that holds a training's last checkpoint, and beside it the one before.
///
/// A checkpoint is written under another name, flushed to the disk and renamed; the file is whole at
/// every moment, whatever ends the process. The one before keeps the suffix `.previous`, for the case
/// that a disk damages the last.
public struct CheckpointFile: Hashable, Sendable {
  /// Where the last checkpoint is.
  public let path: String

  /// Names a file, which need not exist.
  public init(path: String) { self.path = path }

  /// Where the checkpoint before the last is.
  public var previousPath: String { path + ".previous" }

  /// Whether there is a checkpoint to resume from.
  public var exists: Bool {
    FileManager.default.fileExists(atPath: path)
      || FileManager.default.fileExists(atPath: previousPath)
  }

  /// Writes a checkpoint and keeps the one that was there as the previous one.
  ///
  /// - Throws: ``TrainingError`` (`checkpoint`) if it cannot be written; the old ones remain then.
  public func write(_ checkpoint: TrainingCheckpoint) throws(TrainingError) {
    let bytes = Array(try checkpoint.encoded())
    do {
      try replace(with: bytes)
    } catch {
      throw TrainingError(
        .checkpoint, "the checkpoint cannot be written (\(error.message))",
        remedy: "make room or choose another folder", location: path)
    }
  }

  private func replace(with bytes: [UInt8]) throws(TraceError) {
    let file = try OutputFile(path: path, overwrite: true)
    do throws(TraceError) {
      try file.write(bytes)
      unlink(previousPath)
      // Without hard links there is a moment with the previous file alone, which is enough.
      if link(path, previousPath) != 0 { rename(path, previousPath) }
      try file.finish()
    } catch {
      file.abandon(deleting: true)
      throw error
    }
  }

  /// Reads the last checkpoint or, if that is damaged or gone, puts the one before in its place.
  ///
  /// - Returns: the checkpoint, and what was wrong with the last one if it is the one before.
  /// - Throws: ``TrainingError`` (`checkpoint`) of the last one if neither can be used.
  public func read() throws(TrainingError) -> (checkpoint: TrainingCheckpoint, notice: String?) {
    let fault: TrainingError
    do {
      return (try Self.read(path), nil)
    } catch {
      fault = error
    }
    guard FileManager.default.fileExists(atPath: previousPath),
      let previous = try? Self.read(previousPath)
    else { throw fault }
    // The next checkpoint must not take the damaged one for the previous.
    rename(previousPath, path)
    return (previous, "\(fault.location): \(fault.message); resuming from the checkpoint before it")
  }

  /// Removes both files, and what a killed process may have left of a third.
  public func remove() {
    unlink(path)
    unlink(previousPath)
    unlink(path + ".partial")
  }

  private static func read(_ path: String) throws(TrainingError) -> TrainingCheckpoint {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw TrainingError(
        .checkpoint, "the checkpoint cannot be read (\(error.localizedDescription))",
        remedy: "give the folder or the file that an unfinished training left", location: path)
    }
    do {
      return try TrainingCheckpoint(decoding: data)
    } catch {
      throw TrainingError(error.code, error.message, remedy: error.remedy, location: path)
    }
  }
}
