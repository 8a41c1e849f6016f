/// The end of a trace: where its records are.
///
/// A skippable frame, so that `zstd -dc` passes over it, whose payload is a zstd frame (and so has a
/// checksum) with the index, the offset of the skippable frame, and the end mark. The index is the
/// number of records and the length of each, as varints.
enum TraceIndex {
  /// The closing frame of a trace whose records end at an offset.
  static func closingFrame(recordLengths: [UInt64], at offset: UInt64) throws(TraceError)
    -> [UInt8]
  {
    var index: [UInt8] = []
    index.appendVarint(recordLengths.count)
    for length in recordLengths { index.appendVarint(length) }
    let frame = try Zstandard.compress(index)
    guard let payload = UInt32(exactly: frame.count + TraceFormat.footerLength) else {
      throw TraceError(.compression, "the index is too long; split the trace")
    }
    return TraceFormat.littleEndian(TraceFormat.closingMagic) + TraceFormat.littleEndian(payload)
      + frame + TraceFormat.littleEndian(offset) + TraceFormat.endMark
  }

  /// Reads the index of a whole trace.
  ///
  /// - Parameters:
  ///   - file: the file's bytes.
  ///   - start: where the first record begins.
  /// - Returns: the offset of every record and, last, of the closing frame; nil if the file has no
  ///   end or its index is damaged.
  static func recordOffsets(in file: UnsafeRawBufferPointer, from start: Int) -> [Int]? {
    let footer = file.count - TraceFormat.footerLength
    guard footer >= start + 8,
      file[(footer + 8)...].elementsEqual(TraceFormat.endMark),
      let closing = Int(exactly: UInt64(littleEndian: load(file, footer))),
      closing >= start, closing <= footer - 8,
      UInt32(littleEndian: load(file, closing)) == TraceFormat.closingMagic,
      Int(UInt32(littleEndian: load(file, closing + 4))) == file.count - closing - 8
    else { return nil }
    let frame = UnsafeRawBufferPointer(rebasing: file[(closing + 8)..<footer])
    // A record has at least a byte, and a length of at most ten.
    let limit = TraceFormat.varintLimit * (1 + min(closing - start, 1 << 40))
    guard let content = try? Zstandard.decompress(frame, limit: limit) else { return nil }
    return content.withUnsafeBytes { content -> [Int]? in
      var cursor = ByteCursor(content)
      guard let count = cursor.count(), count <= content.count else { return nil }
      var offsets: [Int] = []
      offsets.reserveCapacity(count + 1)
      var offset = start
      for _ in 0..<count {
        offsets.append(offset)
        guard let length = cursor.count(), length > 0, length <= closing - offset else {
          return nil
        }
        offset += length
      }
      guard cursor.isAtEnd, offset == closing else { return nil }
      offsets.append(closing)
      return offsets
    }
  }

  private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ file: UnsafeRawBufferPointer, _ offset: Int
  ) -> Number {
    file.loadUnaligned(fromByteOffset: offset, as: Number.self)
  }
}
