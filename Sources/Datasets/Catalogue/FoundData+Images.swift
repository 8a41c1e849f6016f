import Foundation

extension FoundData {
  /// The pair of a prefix, or nil if there is none.
  static func idxPair(_ prefix: String) throws(DatasetError) -> FoundData? {
    guard hasIDX(prefix) else { return nil }
    return FoundData(nil, training: try LabelledImages(idx: prefix))
  }

  private static func hasIDX(_ prefix: String) -> Bool {
    ["", ".gz"].contains {
      FileManager.default.fileExists(atPath: "\(prefix)-images-idx3-ubyte\($0)")
    }
  }

  /// The images in a folder, or nil if it holds none that are known.
  static func images(in folder: DataFolder) throws(DatasetError) -> FoundData? {
    if let found = try mnist(folder) { return found }
    if let found = try svhn(folder) { return found }
    if let found = try cifar10(folder) { return found }
    return try cifar10(folder["cifar-10-batches-bin"])
  }

  private static func mnist(_ folder: DataFolder) throws(DatasetError) -> FoundData? {
    guard hasIDX(folder["train"].path) else { return nil }
    // Nothing but the folder's name tells the sets of this format apart.
    let name = URL(fileURLWithPath: folder.path).lastPathComponent
    let known = KnownDataSet.named(name)
    let training = try LabelledImages(idx: folder["train"].path, name: name)
    let test = ["t10k", "test"].first { hasIDX(folder[$0].path) }
    return FoundData(
      known, training: training,
      test: try test.map { part throws(DatasetError) in
        try LabelledImages(idx: folder[part].path, name: name, classes: training.classes)
      })
  }

  private static func svhn(_ folder: DataFolder) throws(DatasetError) -> FoundData? {
    guard folder["train_32x32.mat"].exists else { return nil }
    let test = folder["test_32x32.mat"]
    return FoundData(
      .svhn, training: try SVHNImages(path: folder["train_32x32.mat"].path),
      test: test.exists ? try SVHNImages(path: test.path) : nil)
  }

  private static func cifar10(_ folder: DataFolder) throws(DatasetError) -> FoundData? {
    guard folder["data_batch_1.bin"].exists else { return nil }
    let parts = (1...5).map { folder["data_batch_\($0).bin"] }
    if let absent = parts.first(where: { !$0.exists }) {
      throw DatasetError(
        .unreadable, "this part of cifar-10 is missing",
        remedy: KnownDataSet.cifar10.instructions, location: absent.path)
    }
    let test = folder["test_batch.bin"]
    return FoundData(
      .cifar10, training: try CIFAR10Images(paths: parts.map(\.path)),
      test: test.exists ? try CIFAR10Images(paths: [test.path]) : nil)
  }
}
