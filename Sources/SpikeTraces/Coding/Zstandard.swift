import CZstd
import Foundation

/// Whole zstd files and frames in memory, for whoever reads or writes one.
package enum Zstandard {
  /// The version of the compression library, such as 1.5.4.
  ///
  /// Others may compress to other bytes, which all can read.
  package static let libraryVersion = String(cString: ZSTD_versionString())

  /// Decompresses all frames of some bytes, skippable ones aside.
  ///
  /// Streams, so that frames need not say how long their content is; memory grows with the content
  /// that is really there, not with what the frames claim.
  ///
  /// - Parameters:
  ///   - frames: the bytes.
  ///   - limit: bytes of content to accept at most.
  /// - Returns: the content of all frames.
  /// - Throws: ``TraceError`` `compression` if the bytes are not whole frames, a checksum is wrong,
  ///   or the content is longer than the limit.
  package static func decompress(_ frames: UnsafeRawBufferPointer, limit: Int) throws(TraceError)
    -> [UInt8]
  {
    guard let stream = ZSTD_createDStream() else {
      throw TraceError(.compression, "no memory for the zstd library")
    }
    defer { ZSTD_freeDStream(stream) }
    guard !frames.isEmpty else { throw TraceError(.compression, "zstd: no data") }
    var content: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(
      byteCount: ZSTD_DStreamOutSize(), alignment: 16)
    defer { piece.deallocate() }
    var input = ZSTD_inBuffer(src: frames.baseAddress, size: frames.count, pos: 0)
    while true {
      var output = ZSTD_outBuffer(dst: piece.baseAddress, size: piece.count, pos: 0)
      let before = input.pos
      let pending = ZSTD_decompressStream(stream, &output, &input)
      guard ZSTD_isError(pending) == 0 else {
        throw TraceError(.compression, "zstd: " + String(cString: ZSTD_getErrorName(pending)))
      }
      guard content.count + output.pos <= limit else {
        throw TraceError(.compression, "zstd: the content is longer than \(limit) bytes")
      }
      content.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece[..<output.pos]))
      let isDrained = output.pos < output.size
      if input.pos == input.size, isDrained {
        guard pending == 0 else { throw TraceError(.compression, "zstd: the data ends too soon") }
        return content
      }
      guard input.pos > before || output.pos > 0 else {
        throw TraceError(.compression, "zstd: the data ends too soon")
      }
    }
  }

  /// Decompresses all frames of some bytes, skippable ones aside.
  package static func decompress(_ frames: [UInt8], limit: Int = 1 << 32) throws(TraceError)
    -> [UInt8]
  {
    try frames.withRawBytes { frames throws(TraceError) in
      try decompress(frames, limit: limit)
    }
  }

  /// Decompresses all frames of some bytes, skippable ones aside.
  package static func decompress(_ frames: Data, limit: Int = 1 << 32) throws(TraceError) -> Data {
    Data(try decompress(Array(frames), limit: limit))
  }

  /// Compresses some bytes to one frame with a content checksum.
  package static func compress(_ content: [UInt8], level: Int = 3) throws(TraceError) -> [UInt8] {
    let context = try ZstandardContext(level: level)
    var frame = [UInt8](repeating: 0, count: ZstandardContext.frameBound(content.count))
    let length = try frame.withMutableRawBytes { frame throws(TraceError) in
      try content.withRawBytes { content throws(TraceError) in
        try context.compress(content, into: frame)
      }
    }
    frame.removeLast(frame.count - length)
    return frame
  }

  /// Compresses some bytes to one frame with a content checksum.
  package static func compress(_ content: Data, level: Int = 3) throws(TraceError) -> Data {
    Data(try compress(Array(content), level: level))
  }
}
