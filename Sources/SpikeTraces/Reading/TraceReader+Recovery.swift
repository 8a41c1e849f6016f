extension TraceReader {
  /// Finds the whole records of a file that has no end.
  ///
  /// Record heads say how long their records are, so the walk reads heads alone. The last records
  /// are then decoded: after a power failure a file may have its full length but not its content.
  ///
  /// - Returns: where every whole record begins and, last, where the last one ends.
  static func recover(
    _ bytes: UnsafeRawBufferPointer, from start: Int, header: TraceHeader, codecs: SpikeCodecPool
  ) throws(TraceError) -> [Int] {
    try codecs.withCodec { codec throws(TraceError) in
      var offsets = [start]
      var offset = start
      while let length = recordLength(at: offset, in: bytes, header: header, codec) {
        offset += length
        offsets.append(offset)
      }
      while offsets.count > 1 {
        let record = bytes[offsets[offsets.count - 2]..<offsets[offsets.count - 1]]
        if isWhole(UnsafeRawBufferPointer(rebasing: record), header: header, codec) { break }
        offsets.removeLast()
      }
      return offsets
    }
  }

  /// The length of the record at an offset, or nil if none is there to its end.
  private static func recordLength(
    at offset: Int, in bytes: UnsafeRawBufferPointer, header: TraceHeader, _ codec: SpikeCodec
  ) -> Int? {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
    guard !rest.isEmpty, let head = wholeHead(of: rest, header: header, codec) else { return nil }
    let frames = head.head.framesLength
    guard frames >= 0, frames <= rest.count - head.length else { return nil }
    return head.length + frames
  }

  private static func wholeHead(
    of record: UnsafeRawBufferPointer, header: TraceHeader, _ codec: SpikeCodec
  ) -> (head: RecordHead, length: Int)? {
    let boundaries = header.layers.count + 1
    guard let (content, length) = try? headContent(of: record, boundaries: boundaries, codec),
      let head = RecordHead(content, boundaries: boundaries)
    else { return nil }
    return (head, length)
  }

  /// Whether every boundary of a record can be decoded.
  private static func isWhole(
    _ record: UnsafeRawBufferPointer, header: TraceHeader, _ codec: SpikeCodec
  ) -> Bool {
    guard let (head, headLength) = wholeHead(of: record, header: header, codec) else {
      return false
    }
    var offset = headLength
    for (boundary, shape) in zip(head.boundaries, header.boundaries) {
      let frame = UnsafeRawBufferPointer(
        rebasing: record[offset..<offset + boundary.frameLength])
      var planes = SpikePlanes(timeSteps: header.timeSteps, neurons: shape.neurons)
      guard (try? codec.decode(frame, of: boundary, into: &planes)) != nil else { return false }
      offset += boundary.frameLength
    }
    return true
  }

  static func warning(path: String, offsets: [Int], size: Int) -> String {
    let count = offsets.count - 1
    let lost = size - (offsets.last ?? 0)
    return "\(path): the trace has no valid end (its writer did not finish, or the end is "
      + "damaged); \(count) whole record\(count == 1 ? "" : "s") found, "
      + "\(lost) byte\(lost == 1 ? "" : "s") behind ignored; "
      + "`lockstep trace convert \(path) -o NEW.spikes` makes a whole trace of what was found"
  }
}
