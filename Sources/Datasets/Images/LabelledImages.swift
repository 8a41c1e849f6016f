/// Images in memory, all of one size, with the class of each; values are between 0 and 1.
public struct LabelledImages: LabelledSamples {
  /// How the values are kept: a data set of bytes takes a quarter of the memory of its floats.
  enum Pixels: Sendable {
    case floats([Float])
    case bytes([UInt8], scale: Float)

    var count: Int {
      switch self {
      case .floats(let values): values.count
      case .bytes(let values, _): values.count
      }
    }
  }

  /// The data set's name, for people: `digits`.
  public let name: String
  /// The extent of an image.
  public let frame: FrameShape
  /// Number of classes; labels are 0 ..< classes.
  public let classes: Int
  /// The class of each image.
  public let labels: [Int]
  private let pixels: Pixels

  /// Creates a set.
  ///
  /// - Parameters:
  ///   - name: the data set's name, for people.
  ///   - channels: colours of an image.
  ///   - height: rows of an image.
  ///   - width: columns of an image.
  ///   - classes: number of classes.
  ///   - values: all images, `[image][channel][row][column]`, between 0 and 1.
  ///   - labels: the class of each image.
  /// - Throws: ``DatasetError`` (`mismatch`) if the extents contradict each other or a label is not
  ///   a class.
  public init(
    name: String, channels: Int = 1, height: Int, width: Int, classes: Int, values: [Float],
    labels: [Int]
  ) throws(DatasetError) {
    try self.init(
      name: name, frame: FrameShape(channels: channels, height: height, width: width),
      classes: classes, pixels: .floats(values), labels: labels)
  }

  init(
    name: String, frame: FrameShape, classes: Int, pixels: Pixels, labels: [Int]
  ) throws(DatasetError) {
    guard pixels.count == frame.count * labels.count else {
      throw DatasetError(
        .mismatch, "\(pixels.count) values are not \(labels.count) images of \(frame.count)",
        remedy: "give every image a label")
    }
    if let position = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
      throw DatasetError(
        .mismatch, "label \(position) is \(labels[position]), but there are \(classes) classes",
        remedy: "number the classes from 0")
    }
    self.name = name
    self.frame = frame
    self.classes = classes
    self.pixels = pixels
    self.labels = labels
  }

  /// Pictures.
  public var kind: SampleKind { .images }

  /// One image.
  public func sample(_ index: Int) -> Sample { .image(image(index)) }

  /// The values of one image: `[channel][row][column]`.
  public func image(_ index: Int) -> [Float] {
    let range = (index * frame.count)..<((index + 1) * frame.count)
    switch pixels {
    case .floats(let values): return Array(values[range])
    case .bytes(let values, let scale): return values[range].map { Float($0) * scale }
    }
  }

  /// All images, `[image][channel][row][column]`; meant for small sets.
  public var values: [Float] { labels.indices.flatMap(image) }
}
