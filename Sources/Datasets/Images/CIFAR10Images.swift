import Foundation

/// CIFAR-10 in its binary version, read from the mapped files.
///
/// A record is 3,073 bytes: the label, 0 to 9, then 3x32x32 values, channel by channel and row by
/// row (Krizhevsky, <https://www.cs.toronto.edu/~kriz/cifar.html>, section *Binary version*).
public struct CIFAR10Images: LabelledSamples {
  static let recordSize = 1 + 3 * 32 * 32

  /// The data set's name.
  public let name: String
  /// 3x32x32.
  public let frame = FrameShape(channels: 3, height: 32, width: 32)
  /// Ten.
  public let classes = 10
  /// The class of each image, file by file.
  public let labels: [Int]
  private let files: [FileBytes]
  /// The number of images before each file.
  private let starts: [Int]

  /// Opens files and reads their labels.
  ///
  /// - Parameters:
  ///   - paths: `data_batch_1.bin` to `data_batch_5.bin`, or `test_batch.bin`.
  ///   - name: the data set's name, for people.
  /// - Throws: ``DatasetError``: `unreadable` or `corrupt`, with the file and the record.
  public init(paths: [String], name: String = "cifar-10") throws(DatasetError) {
    var files: [FileBytes] = []
    var labels: [Int] = []
    var starts: [Int] = []
    for path in paths {
      let file = try FileBytes(path: path)
      let records = file.count / Self.recordSize
      guard file.count > 0, file.count % Self.recordSize == 0 else {
        throw file.corrupt(
          "\(file.count) bytes are not a whole number of records of \(Self.recordSize):"
            + " record \(records) is cut short")
      }
      starts.append(labels.count)
      try file.withBytes { bytes throws(DatasetError) in
        for record in 0..<records {
          let label = Int(bytes[record * Self.recordSize])
          guard label < 10 else {
            throw file.corrupt("the label of record \(record) is \(label), not 0 to 9")
          }
          labels.append(label)
        }
      }
      files.append(file)
    }
    self.name = name
    self.files = files
    self.labels = labels
    self.starts = starts
  }

  /// Pictures.
  public var kind: SampleKind { .images }

  /// One image.
  public func sample(_ index: Int) throws(DatasetError) -> Sample {
    let file = starts.lastIndex { $0 <= index } ?? 0
    let first = (index - starts[file]) * Self.recordSize + 1
    return .image(
      try files[file].withBytes { bytes in
        bytes[first..<(first + Self.recordSize - 1)].map { Float($0) / 255 }
      })
  }
}
