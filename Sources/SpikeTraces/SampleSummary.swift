/// What a trace knows of a sample without decoding its spikes.
public struct SampleSummary: Hashable, Sendable {
  /// The sample's identity in its data set.
  public let id: UInt64
  /// The true class, if known.
  public let label: Int?
  /// The class the network answered, if recorded.
  public let prediction: Int?
  /// Spikes at every layer boundary, over all time steps.
  public let spikeCounts: [Int]
  /// Bytes of the sample's record in the file.
  public let storedBytes: Int
}
