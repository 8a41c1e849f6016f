import Synchronization

/// The codecs that are free, so that every thread finds one without making it.
package final class SpikeCodecPool: Sendable {
  private let free = Mutex<[SpikeCodec]>([])

  package init() {}

  /// Calls a closure with a codec that no other thread has.
  package func withCodec<Result>(
    _ body: (SpikeCodec) throws(TraceError) -> Result
  ) throws(TraceError) -> Result {
    let codec: SpikeCodec
    if let waiting = free.withLock({ $0.popLast() }) {
      codec = waiting
    } else {
      codec = try SpikeCodec()
    }
    defer { free.withLock { $0.append(codec) } }
    return try body(codec)
  }
}
