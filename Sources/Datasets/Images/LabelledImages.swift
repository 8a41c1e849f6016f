/// Images of one size with the class of each; values are between 0 and 1.
public struct LabelledImages: LabelledSamples {
  /// The data set's name, for people: `digits`.
  public let name: String
  /// Channels of an image.
  public let channels: Int
  /// Rows of an image.
  public let height: Int
  /// Columns of an image.
  public let width: Int
  /// Number of classes; labels are 0 ..< classes.
  public let classes: Int
  /// All images, `[image][channel][row][column]`, values between 0 and 1.
  public let values: [Float]
  /// The class of each image.
  public let labels: [Int]

  /// Creates a set.
  ///
  /// - Throws: ``DatasetError`` (`mismatch`) if the extents contradict each other or a label is not
  ///   a class.
  public init(
    name: String, channels: Int = 1, height: Int, width: Int, classes: Int, values: [Float],
    labels: [Int]
  ) throws(DatasetError) {
    let size = channels * height * width
    guard values.count == size * labels.count else {
      throw DatasetError(
        .mismatch, "\(values.count) values are not \(labels.count) images of \(size)",
        remedy: "give every image a label")
    }
    if let position = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
      throw DatasetError(
        .mismatch, "label \(position) is \(labels[position]), but there are \(classes) classes",
        remedy: "number the classes from 0")
    }
    self.name = name
    self.channels = channels
    self.height = height
    self.width = width
    self.classes = classes
    self.values = values
    self.labels = labels
  }

  /// The extent of an image.
  public var frame: FrameShape { FrameShape(channels: channels, height: height, width: width) }

  /// One image.
  public func sample(_ index: Int) -> Sample { .image(Array(image(index))) }

  /// Values of one image.
  public var imageSize: Int { channels * height * width }

  /// The values of one image: `[channel][row][column]`.
  public func image(_ index: Int) -> ArraySlice<Float> {
    values[(index * imageSize)..<((index + 1) * imageSize)]
  }
}
