/// How often frames of how many spikes occur: the load of a layer's address list.
///
/// Bucket 0 holds empty frames, bucket b > 0 frames of 2^(b-1) to 2^b - 1 spikes.
public struct SpikeHistogram: Hashable, Codable, Sendable {
  /// Frames of each bucket; ends with the last bucket that has any.
  public private(set) var frames: [UInt64] = []

  /// No frames.
  public init() {}

  /// The spike counts that a bucket stands for.
  ///
  /// - Parameter bucket: its position.
  /// - Returns: the smallest and the largest count.
  public static func range(ofBucket bucket: Int) -> ClosedRange<UInt64> {
    bucket == 0 ? 0...0 : (1 << UInt64(bucket - 1))...((1 << UInt64(bucket)) - 1)
  }

  /// Counts frames.
  ///
  /// - Parameter counts: spikes of each frame.
  public mutating func add(_ counts: [UInt32]) {
    for count in counts {
      let bucket = UInt32.bitWidth - count.leadingZeroBitCount
      if bucket >= frames.count {
        frames += Array(repeating: 0, count: bucket + 1 - frames.count)
      }
      frames[bucket] += 1
    }
  }

  /// Adds other frames.
  public mutating func add(_ other: SpikeHistogram) {
    if frames.count < other.frames.count {
      frames += Array(repeating: 0, count: other.frames.count - frames.count)
    }
    for (bucket, count) in other.frames.enumerated() { frames[bucket] += count }
  }
}
