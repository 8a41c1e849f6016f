/// Totals over the samples of a trace.
public struct TraceStatistics: Hashable, Sendable {
  /// Samples.
  public private(set) var samples = 0
  /// Samples with a known label.
  public private(set) var labelled = 0
  /// Samples with a known label and a recorded prediction.
  public private(set) var judged = 0
  /// Samples whose prediction is their label.
  public private(set) var correct = 0
  /// Spikes at every boundary.
  public private(set) var spikeCounts: [Int]
  /// Bytes of all records.
  public private(set) var recordBytes = 0

  init(boundaries: Int) {
    spikeCounts = [Int](repeating: 0, count: boundaries)
  }

  /// Spikes at all boundaries.
  public var spikes: Int { spikeCounts.reduce(0, +) }

  mutating func add(_ sample: SampleSummary) {
    samples += 1
    if let label = sample.label {
      labelled += 1
      if let prediction = sample.prediction {
        judged += 1
        if prediction == label { correct += 1 }
      }
    }
    for (boundary, count) in sample.spikeCounts.enumerated() { spikeCounts[boundary] += count }
    recordBytes += sample.storedBytes
  }
}
