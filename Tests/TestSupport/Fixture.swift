import CZstd
import Foundation

/// Files that tests read: `Tests/<Target>/Fixtures`, zstd-compressed where they are large.
public enum Fixture {
  /// What can go wrong while a fixture is read.
  public enum Failure: Error {
    /// The file is not a whole zstd frame.
    case notZstd(URL)
  }

  /// The location of a fixture beside the calling test.
  ///
  /// - Parameters:
  ///   - name: the file's name in the folder.
  ///   - folder: the folder, relative to that of the calling test's file.
  ///   - testFile: the calling test's file.
  /// - Returns: its URL; the file need not exist.
  public static func url(
    _ name: String, folder: String = "Fixtures", testFile: String = #filePath
  ) -> URL {
    URL(fileURLWithPath: testFile).deletingLastPathComponent()
      .appendingPathComponent(folder).appendingPathComponent(name).standardizedFileURL
  }

  /// The content of a fixture, decompressed if its name ends in `.zst`.
  public static func data(
    _ name: String, folder: String = "Fixtures", testFile: String = #filePath
  ) throws -> Data {
    let location = url(name, folder: folder, testFile: testFile)
    let stored = try Data(contentsOf: location)
    guard location.pathExtension == "zst" else { return stored }
    let size = stored.withUnsafeBytes { ZSTD_getFrameContentSize($0.baseAddress, $0.count) }
    guard size < 1 << 32 else { throw Failure.notZstd(location) }
    var content = Data(count: Int(size))
    let written = content.withUnsafeMutableBytes { target in
      stored.withUnsafeBytes { source in
        ZSTD_decompress(target.baseAddress, target.count, source.baseAddress, source.count)
      }
    }
    guard ZSTD_isError(written) == 0, written == Int(size) else { throw Failure.notZstd(location) }
    return content
  }
}
