/// How often numbers of spikes occur: of frames, or cycle by cycle of a list.
///
/// Bucket 0 counts occurrences of none, bucket b > 0 those of 2^(b-1) to 2^b - 1 spikes.
public struct SpikeHistogram: Hashable, Codable, Sendable {
  /// Occurrences in each bucket; ends with the last bucket that has any.
  public private(set) var occurrences: [UInt64] = []

  /// Nothing.
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
    for count in counts { add(UInt64(count), times: 1) }
  }

  /// Counts occurrences of a number of spikes.
  ///
  /// - Parameters:
  ///   - spikes: the number.
  ///   - times: how often it occurs.
  public mutating func add(_ spikes: UInt64, times: UInt64) {
    guard times > 0 else { return }
    let bucket = UInt64.bitWidth - spikes.leadingZeroBitCount
    extend(to: bucket + 1)
    occurrences[bucket] += times
  }

  /// Adds other occurrences.
  public mutating func add(_ other: SpikeHistogram) {
    extend(to: other.occurrences.count)
    for (bucket, count) in other.occurrences.enumerated() { occurrences[bucket] += count }
  }

  private mutating func extend(to count: Int) {
    let missing = count - occurrences.count
    if missing > 0 { occurrences += Array(repeating: 0, count: missing) }
  }
}
