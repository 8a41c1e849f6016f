import ArgumentParser
import Glibc
import SpikeTraces

/// Standard output through a buffer, for millions of short lines.
///
/// A reader that goes away (`lockstep trace dump FILE | head`) ends the program quietly.
struct StandardOutput: ~Copyable {
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 16

  mutating func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { try flush() }
  }

  mutating func write(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes what is in the buffer; to be called at the end.
  mutating func flush() throws {
    defer { buffer.removeAll(keepingCapacity: true) }
    var offset = 0
    while offset < buffer.count {
      let written = buffer.withUnsafeBytes { bytes in
        Glibc.write(STDOUT_FILENO, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
      }
      if written >= 0 {
        offset += written
      } else if errno == EPIPE {
        throw ExitCode.success
      } else if errno != EINTR {
        throw TraceError(
          .fileSystem, "cannot write to standard output: \(String(cString: strerror(errno)))")
      }
    }
  }
}

extension StandardOutput {
  /// Writes a text at once.
  static func write(_ text: String) throws {
    var output = StandardOutput()
    try output.write(text)
    try output.flush()
  }
}
