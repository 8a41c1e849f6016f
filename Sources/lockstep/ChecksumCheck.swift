import Datasets
import Foundation

/// Whether a file has the checksum that was published for it.
struct ChecksumCheck: Encodable {
  let file: String
  let md5: String
  let isRight: Bool

  /// Checks the files of a data set that lie in its folder or beside it.
  ///
  /// - Throws: ``DatasetError`` if a file cannot be summed.
  static func files(of known: KnownDataSet, near path: String) throws -> [ChecksumCheck] {
    let isName = KnownDataSet.named(path) == known
    let folder = URL(
      fileURLWithPath: isName ? FoundData.usualFolder(of: known) ?? path : path)
    var checks: [ChecksumCheck] = []
    for file in known.files where !file.checksums.isEmpty {
      let places = [folder, folder.deletingLastPathComponent()].map {
        $0.appendingPathComponent(file.name).path
      }
      guard let place = places.first(where: FileManager.default.fileExists(atPath:)) else {
        continue
      }
      let sum = try md5(of: place)
      checks.append(
        ChecksumCheck(file: place, md5: sum, isRight: file.checksums.contains(sum)))
    }
    return checks
  }

  /// Asks `md5sum`, which every Debian has.
  private static func md5(of path: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["md5sum", "--binary", "--", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    var output = Data()
    do {
      try process.run()
      output = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
    } catch {
      throw failure(path)
    }
    let sum = String(decoding: output, as: UTF8.self).drop { $0 == "\\" }.prefix(32)
    guard process.terminationStatus == 0, sum.count == 32 else { throw failure(path) }
    return String(sum)
  }

  private static func failure(_ path: String) -> DatasetError {
    DatasetError(
      .unreadable, "md5sum could not sum the file",
      remedy: "check the file's permissions, and"
        + " that the program md5sum is installed", location: path)
  }
}
