/// Two data sets of one kind, one after the other: where a part of one is to be used with the other.
public struct JoinedSamples: LabelledSamples {
  private let first: any LabelledSamples
  private let second: any LabelledSamples

  /// The name of the first.
  public let name: String
  /// What the samples of both are.
  public let kind: SampleKind
  /// The extent of the samples of both.
  public let frame: FrameShape
  /// The larger number of classes.
  public let classes: Int
  /// The labels of the first, then those of the second.
  public let labels: [Int]

  /// Joins two data sets.
  ///
  /// - Throws: ``DatasetError`` (`mismatch`) unless both are of one kind and extent.
  public init(
    _ first: any LabelledSamples, _ second: any LabelledSamples
  ) throws(DatasetError) {
    guard first.kind == second.kind, first.frame == second.frame else {
      throw DatasetError(
        .mismatch,
        "\(first.name) has \(first.kind.rawValue) of \(first.frame), \(second.name)"
          + " \(second.kind.rawValue) of \(second.frame)", remedy: "use two parts of one data set")
    }
    self.first = first
    self.second = second
    name = first.name
    kind = first.kind
    frame = first.frame
    classes = max(first.classes, second.classes)
    labels = first.labels + second.labels
  }

  /// A sample of the first or, from its count on, of the second.
  ///
  /// - Throws: ``DatasetError`` of the data set that it is of.
  public func sample(_ index: Int) throws(DatasetError) -> Sample {
    index < first.count ? try first.sample(index) : try second.sample(index - first.count)
  }
}
