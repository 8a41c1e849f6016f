import Foundation
import Glibc

/// The lines of standard input as they come.
enum InputLines {
  /// A line without its line break.
  struct Line: Sendable {
    /// From 1.
    var number: Int
    var text: String
  }

  /// Bytes of a line; what is beyond is left out, and then the line makes no sense.
  private static let longestLine = 1 << 24

  /// All lines to come; ends with the input, or when the task is cancelled.
  static func standardInput() -> AsyncStream<Line> {
    let (stream, continuation) = AsyncStream.makeStream(of: Line.self)
    // A thread of its own, because reading blocks, and those that tasks share may all be training. It
    // holds no lock of the C library's streams, so that the process can end while it waits.
    Thread.detachNewThread {
      var number = 0
      var line: [UInt8] = []
      func end() {
        number += 1
        continuation.yield(Line(number: number, text: String(decoding: line, as: UTF8.self)))
        line.removeAll(keepingCapacity: true)
      }
      while let bytes = nextBytes() {
        for byte in bytes {
          if byte == UInt8(ascii: "\n") {
            end()
          } else if line.count < longestLine {
            line.append(byte)
          }
        }
      }
      if !line.isEmpty { end() }
      continuation.finish()
    }
    return stream
  }

  /// What has come, after waiting for it; nil at the end.
  private static func nextBytes() -> ArraySlice<UInt8>? {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes {
        Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count)
      }
      if count > 0 { return buffer.prefix(count) }
      guard count < 0, errno == EINTR else { return nil }
    }
  }
}
