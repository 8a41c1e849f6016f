/// The spikes of every frame that a layer reads, in the order of reading: all that its timing
/// depends on.
///
/// A view of memory that the owner of the layer keeps alive.
struct FrameCounts: BitwiseCopyable {
  private let base: UnsafePointer<UInt32>?
  private let count: Int
  /// Whether the frames of one phase stand for those of all phases, as they do when a trace is
  /// replayed.
  ///
  /// Recordings of hardware list the frames of each phase: a published layer may start
  /// before its input is complete.
  let everyPhaseReadsTheSame: Bool

  init(_ buffer: UnsafeMutableBufferPointer<UInt32>, everyPhaseReadsTheSame: Bool) {
    base = UnsafePointer(buffer.baseAddress)
    count = buffer.count
    self.everyPhaseReadsTheSame = everyPhaseReadsTheSame
  }

  /// The spikes of a frame; 0 beyond the last one.
  @inline(__always)
  subscript(index: Int) -> UInt32 {
    guard let base, index < count else { return 0 }
    return base[index]
  }
}
