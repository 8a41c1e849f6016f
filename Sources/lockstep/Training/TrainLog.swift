import Foundation
import Glibc
import Training

/// The log of a training: a line of JSON an epoch, on the disk before the epoch's checkpoint is.
final class TrainLog {
  /// The epochs so far.
  private(set) var epochs: [EpochRecord]
  private let path: String
  private let descriptor: Int32

  /// Opens a log.
  ///
  /// A training that goes on keeps the lines of the epochs in its checkpoint and drops those after;
  /// if the log is gone or no longer that of the checkpoint, its lines are written again, without
  /// the cycles on platforms.
  ///
  /// - Parameters:
  ///   - path: where it is.
  ///   - checkpoint: where the training goes on; nil for a new one.
  init(path: String, resuming checkpoint: TrainingCheckpoint?) throws {
    self.path = path
    let summaries = checkpoint?.summaries ?? []
    let kept = summaries.isEmpty ? [] : Self.read(path, count: summaries.count)
    if let kept, kept.map(\.summary) == summaries {
      epochs = kept
    } else {
      epochs = summaries.map { EpochRecord(summary: $0) }
    }
    do {
      let whole = try epochs.reduce(into: Data()) { $0.append(try Self.line($1)) }
      try FileOutput(path: path).commit(whole)
    } catch {
      throw Self.failure("\(error)", path)
    }
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(String(cString: strerror(errno)), path) }
  }

  /// Adds an epoch.
  func append(_ record: EpochRecord) throws(TrainingError) {
    epochs.append(record)
    do {
      try FileOutput.write(Self.line(record), to: descriptor, name: path)
      fdatasync(descriptor)
    } catch {
      throw Self.failure("\(error)", path)
    }
  }

  /// A record as a line of JSON.
  static func line(_ record: EpochRecord) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(record) + Data([0x0A])
  }

  deinit { close(descriptor) }

  /// The first lines of a log, or nil if there are not so many.
  private static func read(_ path: String, count: Int) -> [EpochRecord]? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let records = data.split(separator: 0x0A).prefix(count).compactMap {
      try? decoder.decode(EpochRecord.self, from: Data($0))
    }
    return records.count == count ? records : nil
  }

  private static func failure(_ reason: String, _ path: String) -> TrainingError {
    TrainingError(
      .recording, "the log cannot be written (\(reason))",
      remedy: "check that the folder may be written to and has space", location: path)
  }
}
