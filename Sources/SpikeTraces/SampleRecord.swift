/// One sample of a trace: what it was, what the network said, and every spike on the way.
public struct SampleRecord: Hashable, Sendable {
  /// The sample's identity in its data set, which survives shuffling and selection.
  public var id: UInt64
  /// The true class, if known; not negative.
  public var label: Int?
  /// The class the network answered, if recorded; not negative.
  public var prediction: Int?
  /// The spikes at every layer boundary, the network's input first.
  public var boundaries: [SpikePlanes]

  /// Creates a record.
  public init(id: UInt64, label: Int?, prediction: Int?, boundaries: [SpikePlanes]) {
    self.id = id
    self.label = label
    self.prediction = prediction
    self.boundaries = boundaries
  }
}
