/// What a record's head says of one boundary.
package struct BoundaryDescription: Hashable, Sendable {
  /// Spikes in all time steps.
  package var spikes: Int
  /// Bytes of the frame's content.
  package var contentLength: Int
  /// Bytes of the frame in the file.
  package var frameLength: Int

  package init(spikes: Int, contentLength: Int, frameLength: Int) {
    self.spikes = spikes
    self.contentLength = contentLength
    self.frameLength = frameLength
  }

  /// A boundary without a spike has no frame.
  package static let silent = BoundaryDescription(spikes: 0, contentLength: 0, frameLength: 0)

  /// Whether the three numbers can belong together.
  var isConsistent: Bool {
    spikes == 0
      ? contentLength == 0 && frameLength == 0
      : contentLength > 0 && frameLength > 0
  }
}
