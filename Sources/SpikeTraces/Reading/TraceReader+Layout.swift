extension TraceReader {
  /// Which bytes of the file are whose record.
  package var recordExtents: [Range<Int>] {
    (0..<sampleCount).map { offsets[$0]..<offsets[$0 + 1] }
  }

  /// Which bytes of the file are the frames of a record's boundaries.
  package func frameExtents(of index: Int) throws(TraceError) -> [Range<Int>] {
    let head = try head(of: index)
    var offset = offsets[index + 1] - head.framesLength
    return head.boundaries.map { boundary in
      defer { offset += boundary.frameLength }
      return offset..<offset + boundary.frameLength
    }
  }
}
