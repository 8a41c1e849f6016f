import CZstd

/// The compression library's working memory, for one thread at a time.
///
/// Making one costs more than compressing a small boundary, so they are kept and reused
/// (``SpikeCodecPool``).
package final class ZstandardContext {
  private let compressor: OpaquePointer
  private let decompressor: OpaquePointer

  /// Creates a context; traces are compressed at level 1, as higher levels gain nothing on them.
  ///
  /// - Throws: `compression` if there is no memory.
  package init(level: Int = 1) throws(TraceError) {
    guard let compressor = ZSTD_createCCtx(), let decompressor = ZSTD_createDCtx() else {
      throw TraceError(.compression, "no memory for the zstd library")
    }
    self.compressor = compressor
    self.decompressor = decompressor
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_compressionLevel, Int32(clamping: level))
    ZSTD_CCtx_setParameter(compressor, ZSTD_c_checksumFlag, 1)
  }

  deinit {
    ZSTD_freeCCtx(compressor)
    ZSTD_freeDCtx(decompressor)
  }

  /// Bytes that a frame of `count` bytes of content may need.
  package static func frameBound(_ count: Int) -> Int { ZSTD_compressBound(count) }

  /// Writes one whole frame with a content checksum.
  ///
  /// - Returns: the frame's length.
  package func compress(
    _ content: UnsafeRawBufferPointer, into frame: UnsafeMutableRawBufferPointer
  ) throws(TraceError) -> Int {
    let length = ZSTD_compress2(
      compressor, frame.baseAddress, frame.count, content.baseAddress, content.count)
    guard ZSTD_isError(length) == 0 else { throw Self.failure(length) }
    return length
  }

  /// Reads one whole frame, whose checksum it verifies.
  ///
  /// - Returns: the content's length.
  package func decompress(
    _ frame: UnsafeRawBufferPointer, into content: UnsafeMutableRawBufferPointer
  ) throws(TraceError) -> Int {
    let length = ZSTD_decompressDCtx(
      decompressor, content.baseAddress, content.count, frame.baseAddress, frame.count)
    guard ZSTD_isError(length) == 0 else { throw Self.failure(length) }
    return length
  }

  /// The length of the frame at the head of some bytes, or nil if no whole frame is there.
  package static func frameLength(_ bytes: UnsafeRawBufferPointer) -> Int? {
    let length = ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
    return ZSTD_isError(length) == 0 ? length : nil
  }

  /// The content's length that a frame declares, or nil if it declares none.
  package static func contentLength(_ frame: UnsafeRawBufferPointer) -> Int? {
    let length = ZSTD_getFrameContentSize(frame.baseAddress, frame.count)
    return Int(exactly: length)
  }

  private static func failure(_ code: Int) -> TraceError {
    TraceError(.compression, "zstd: " + String(cString: ZSTD_getErrorName(code)))
  }
}
