/// Turns planes into zstd frames and back, with memory of its own that it reuses.
///
/// Not for several threads at once: take one from a ``SpikeCodecPool``. It is marked Sendable only
/// because the pool hands it from thread to thread.
package final class SpikeCodec: @unchecked Sendable {
  let zstandard: ZstandardContext
  /// Contents before compression or after decompression.
  let content = ScratchBuffer()
  /// Frames of the record that is being written, one after another.
  let frames = ScratchBuffer()

  package init() throws(TraceError) {
    zstandard = try ZstandardContext()
  }

  /// Encodes planes as one frame at an offset of ``frames``.
  ///
  /// - Returns: what the record's head says of the boundary.
  package func encode(_ planes: SpikePlanes, at offset: Int) throws(TraceError)
    -> BoundaryDescription
  {
    let (bytes, spikes) = BoundaryCode.encode(planes, in: content)
    guard spikes > 0 else { return .silent }
    let length = try appendFrame(bytes, at: offset)
    return BoundaryDescription(spikes: spikes, contentLength: bytes.count, frameLength: length)
  }

  /// Compresses a content as one frame at an offset of ``frames``.
  func appendFrame(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(TraceError) -> Int {
    let bound = ZstandardContext.frameBound(bytes.count)
    let target = frames.grow(to: offset + bound, keeping: offset)
    return try zstandard.compress(
      bytes, into: UnsafeMutableRawBufferPointer(rebasing: target[offset...]))
  }

  /// Decodes the frame of a boundary into planes of the right extent.
  package func decode(
    _ frame: UnsafeRawBufferPointer, of boundary: BoundaryDescription,
    into planes: inout SpikePlanes
  ) throws(TraceError) {
    let bound = BoundaryCode.contentBound(timeSteps: planes.timeSteps, neurons: planes.neurons)
    guard boundary.contentLength <= bound else {
      throw TraceError(
        .damaged, "says it has \(boundary.contentLength) bytes of content; \(bound) are possible")
    }
    let bytes = try decompress(frame, expecting: boundary.contentLength)
    guard BoundaryCode.decode(bytes, into: &planes) == boundary.spikes else {
      throw TraceError(.damaged, "the content is not that of \(boundary.spikes) spikes")
    }
  }

  /// Decompresses a frame of known content length into ``content``.
  func decompress(_ frame: UnsafeRawBufferPointer, expecting length: Int) throws(TraceError)
    -> UnsafeRawBufferPointer
  {
    guard length > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    let target = UnsafeMutableRawBufferPointer(rebasing: content.reserve(length)[..<length])
    guard try zstandard.decompress(frame, into: target) == length else {
      throw TraceError(.damaged, "the content is shorter than announced")
    }
    return UnsafeRawBufferPointer(target)
  }
}
