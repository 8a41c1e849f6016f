import CLZ4
import CZstd

/// Whole frames of LZ4 and Zstandard, inflated with a limit on what they may grow to.
enum FrameInflation {
  /// More than any packet of a recording has; what claims more is damaged.
  static let largest = 1 << 26

  /// - Returns: the content, or nil if the frame is damaged or absurdly large.
  static func zstandard(_ source: UnsafeRawBufferPointer) -> [UInt8]? {
    guard let stream = ZSTD_createDStream() else { return nil }
    defer { ZSTD_freeDStream(stream) }
    var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
    return grown(from: source.count) { target -> (written: Int, isDone: Bool)? in
      var output = ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
      let rest = ZSTD_decompressStream(stream, &output, &input)
      guard ZSTD_isError(rest) == 0, output.pos > 0 || rest == 0 || input.pos < input.size else {
        return nil
      }
      return (output.pos, rest == 0)
    }
  }

  /// - Returns: the content, or nil if the frame is damaged or absurdly large.
  static func lz4(_ source: UnsafeRawBufferPointer) -> [UInt8]? {
    var context: OpaquePointer?
    guard LZ4F_isError(LZ4F_createDecompressionContext(&context, UInt32(LZ4F_VERSION))) == 0
    else { return nil }
    defer { LZ4F_freeDecompressionContext(context) }
    var position = 0
    return grown(from: source.count) { target -> (written: Int, isDone: Bool)? in
      var written = target.count
      var read = source.count - position
      let rest = LZ4F_decompress(
        context, target.baseAddress, &written,
        source.baseAddress.map { $0 + position }, &read, nil)
      guard LZ4F_isError(rest) == 0, written > 0 || rest == 0 || read > 0 else { return nil }
      position += read
      return (written, rest == 0)
    }
  }

  /// Asks a decoder for more until it is done; nil if it fails, stalls or goes on for too long.
  private static func grown(
    from size: Int, _ decode: (UnsafeMutableRawBufferPointer) -> (written: Int, isDone: Bool)?
  ) -> [UInt8]? {
    var result = [UInt8](repeating: 0, count: max(4096, 4 * size))
    var used = 0
    while true {
      let step = result.withUnsafeMutableBytes { buffer in
        decode(UnsafeMutableRawBufferPointer(rebasing: buffer[used...]))
      }
      guard let step else { return nil }
      used += step.written
      if step.isDone {
        result.removeLast(result.count - used)
        return result
      }
      if used == result.count {
        guard used < largest else { return nil }
        result.append(contentsOf: repeatElement(0, count: min(used, largest - used)))
      }
    }
  }
}
