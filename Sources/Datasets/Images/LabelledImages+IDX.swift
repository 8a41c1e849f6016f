import Foundation

extension LabelledImages {
  /// Reads the pair `<prefix>-images-idx3-ubyte[.gz]` and `<prefix>-labels-idx1-ubyte[.gz]`.
  ///
  /// - Parameters:
  ///   - prefix: folder and beginning of both names: `mnist/train`.
  ///   - name: the data set's name; the prefix's last part if nil.
  ///   - largestValue: the grey level that becomes 1.
  ///   - classes: the number of classes; if nil, the largest label and those below it.
  /// - Throws: ``DatasetError``: `unreadable`, `corrupt` or `mismatch`.
  public init(
    idx prefix: String, name: String? = nil, largestValue: UInt8 = 255, classes: Int? = nil
  ) throws(DatasetError) {
    let images = try IDXFile(path: Self.existing("\(prefix)-images-idx3-ubyte"), rank: 3)
    let labels = try IDXFile(path: Self.existing("\(prefix)-labels-idx1-ubyte"), rank: 1)
    guard images.dimensions[0] == labels.dimensions[0] else {
      throw DatasetError(
        .mismatch,
        "there are \(images.dimensions[0]) images, but \(labels.dimensions[0]) labels in"
          + " \(labels.path)", remedy: "use image and label files of the same set",
        location: images.path)
    }
    if let position = images.values.firstIndex(where: { $0 > largestValue }) {
      throw DatasetError(
        .mismatch,
        "value \(position) is \(images.values[position]), above the largest grey level"
          + " \(largestValue)", remedy: "use the grey levels of this set", location: images.path)
    }
    let numbers = labels.values.map(Int.init)
    try self.init(
      name: name ?? URL(fileURLWithPath: prefix).lastPathComponent,
      frame: FrameShape(channels: 1, height: images.dimensions[1], width: images.dimensions[2]),
      classes: classes ?? ((numbers.max() ?? 0) + 1),
      pixels: .bytes(images.values, scale: 1 / Float(largestValue)), labels: numbers)
  }

  private static func existing(_ path: String) throws(DatasetError) -> String {
    for candidate in [path, path + ".gz"] where FileManager.default.fileExists(atPath: candidate) {
      return candidate
    }
    throw DatasetError(
      .unreadable, "there is no file of this name, plain or with .gz",
      remedy: "give --data FOLDER/PREFIX such that PREFIX-images-idx3-ubyte and"
        + " PREFIX-labels-idx1-ubyte exist", location: path)
  }
}
