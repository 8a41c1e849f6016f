/// Spikes of every chunk that a layer's priority encoder loads in one pass over its input.
///
/// A pass reads the frames one after another; a layer with several passes reads the same frames again.
public struct ChunkCounts: Hashable, Sendable {
  /// Spikes of every chunk, frame after frame.
  public let counts: [UInt32]
  /// Chunks of a frame.
  public let chunksPerFrame: Int

  /// Creates counts.
  ///
  /// - Parameters:
  ///   - counts: spikes of every chunk, `[frame][chunk]`.
  ///   - chunksPerFrame: chunks of a frame, 1 or more.
  public init(counts: [UInt32], chunksPerFrame: Int) {
    precondition(chunksPerFrame > 0, "a frame has at least one chunk")
    self.counts = counts
    self.chunksPerFrame = chunksPerFrame
  }

  /// The chunks of a frame, counted over all passes.
  func frame(_ number: Int) -> ArraySlice<UInt32>? {
    let frames = counts.count / chunksPerFrame
    guard frames > 0 else { return nil }
    let first = number % frames * chunksPerFrame
    return counts[first..<first + chunksPerFrame]
  }
}
