import Foundation
import SpikeTraces

extension VectorValidation {
  /// The largest file that is read, after decompression: 1 GiB.
  private static let sizeLimit = 1 << 30

  /// Checks every case of a file, which may be compressed with zstd.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - engines: what is held against the recordings; both by default.
  /// - Throws: ``VectorError`` if it cannot be read, or a line is not a case.
  public init(path: String, engines: [Engine] = Engine.allCases) throws(VectorError) {
    func failure(_ message: String) -> VectorError {
      VectorError(file: path, line: nil, message: message)
    }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw failure("there is no such file; check the path")
    }
    guard !isFolder.boolValue else { throw failure("this is a folder; name the files in it") }
    var content: Data
    do { content = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
      throw failure("cannot be read: \(error.localizedDescription)")
    }
    if content.starts(with: Self.zstandardMagic) {
      do {
        content = Data(try Zstandard.decompress(Array(content), limit: Self.sizeLimit))
      } catch {
        throw failure("the compressed file is damaged (\(error)); copy it again")
      }
    }
    try self.init(checking: content, file: path, engines: engines)
  }

  /// The first bytes of every zstd frame (RFC 8878, section 3.1.1).
  private static let zstandardMagic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
}
