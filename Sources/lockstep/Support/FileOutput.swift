import Foundation
import Glibc

/// A result file that appears whole or not at all.
///
/// It is opened before the work, so that a folder that cannot be written is noticed at once, under a
/// temporary name beside its final one; ``commit(_:)`` writes, flushes to the disk and renames. Without a
/// commit nothing remains. The path `-` means standard output; devices and pipes are written directly.
final class FileOutput {
  /// Why a file cannot be written, with a remedy.
  struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
  }

  /// Where the file will be.
  let path: String
  private let temporary: String?
  private var descriptor: Int32

  /// Opens a file for writing.
  init(path: String) throws(Failure) {
    self.path = path
    guard path != "-" else {
      temporary = nil
      descriptor = 1
      return
    }
    var status = stat()
    let exists = stat(path, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR {
      throw Failure("\(path) is a folder; name a file in it")
    }
    if exists, kind != S_IFREG {
      temporary = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      let name = "\(path).\(getpid()).partial"
      temporary = name
      descriptor = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else {
      let folder = (path as NSString).deletingLastPathComponent
      let advice =
        errno == ENOENT
        ? "create its folder with 'mkdir -p \(folder)'" : "choose a folder that you may write to"
      throw Failure("\(path) cannot be written (\(Self.reason(errno))); \(advice)")
    }
  }

  /// Writes the whole content and gives the file its final name.
  func commit(_ data: Data) throws(Failure) {
    try Self.write(data, to: descriptor, name: path)
    guard let temporary else { return }
    guard fsync(descriptor) == 0, rename(temporary, path) == 0 else {
      throw Failure("\(path) cannot be written (\(Self.reason(errno)))")
    }
    close(descriptor)
    descriptor = -1
  }

  deinit {
    guard descriptor > 2 else { return }
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  /// Writes all bytes to an open file.
  static func write(_ data: Data, to descriptor: Int32, name: String) throws(Failure) {
    var failure: Int32 = 0
    data.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let chunk = UnsafeRawBufferPointer(rebasing: rest)
        let written = Glibc.write(descriptor, chunk.baseAddress, chunk.count)
        if written > 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR {
          failure = errno
          return
        }
      }
    }
    guard failure == 0 else {
      throw Failure("\(name) cannot be written (\(reason(failure))); make room and try again")
    }
  }

  /// The system's words for an error number.
  static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
