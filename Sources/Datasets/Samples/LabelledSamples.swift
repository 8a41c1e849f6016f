/// Samples of one size with the class of each: images, or recordings of an event sensor.
///
/// A reader conforms to this and nothing else; how a sample becomes what a network reads is the
/// business of ``InputEncoder``. Samples are asked for from many threads at once, so that whatever
/// decoding costs is shared by all of them.
public protocol LabelledSamples: Sendable {
  /// The data set's name, for people: `digits`.
  var name: String { get }
  /// What the samples are.
  var kind: SampleKind { get }
  /// The extent of every sample; events have two channels, OFF and ON.
  var frame: FrameShape { get }
  /// Number of classes; labels are 0 ..< classes.
  var classes: Int { get }
  /// The class of each sample.
  var labels: [Int] { get }
  /// Where the frames of these samples stay from epoch to epoch; nil if they are made anew.
  var frameCache: FrameCache.Share? { get }

  /// One sample, decoded now if it is not in memory.
  ///
  /// - Parameter index: 0 ..< `labels.count`.
  /// - Returns: the sample, of the extent `frame`.
  /// - Throws: ``DatasetError`` (`corrupt`, `unreadable`) with the file and the record.
  func sample(_ index: Int) throws(DatasetError) -> Sample
}

extension LabelledSamples {
  /// Number of samples.
  public var count: Int { labels.count }

  /// Nothing is kept: ``FrameCache/keeping(_:)`` has it otherwise.
  public var frameCache: FrameCache.Share? { nil }
}
