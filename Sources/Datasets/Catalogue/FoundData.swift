import Foundation

/// A data set found at a path: what it is and its parts.
public struct FoundData: Sendable {
  /// The known data set that it looks like, if it is one.
  public let known: KnownDataSet?
  /// What is learned, or all there is.
  public let training: any LabelledSamples
  /// What is tested on, if the data set says so itself.
  public let test: (any LabelledSamples)?

  init(
    _ known: KnownDataSet?, training: any LabelledSamples, test: (any LabelledSamples)? = nil
  ) {
    self.known = known
    self.training = training
    self.test = test
  }

  /// Where Debian's package puts Fashion-MNIST.
  static let fashionMNISTFolder = "/usr/share/datasets/fashion-mnist"

  /// The folder in which a data set is looked for by its name, if there is one.
  public static func usualFolder(of known: KnownDataSet) -> String? {
    known == .fashionMNIST ? fashionMNISTFolder : nil
  }

  /// Recognises what is at a path, and opens it.
  ///
  /// - Parameter path: a folder, a file, the prefix of an IDX pair, or the name of a known data set
  ///   that is in its place (`digits`, `fashion-mnist`).
  /// - Returns: the data set.
  /// - Throws: ``DatasetError``: `unreadable` if nothing is there or it is not understood, with what
  ///   to get and where from; `corrupt` or `mismatch` if it is damaged.
  public static func open(_ path: String) throws(DatasetError) -> FoundData {
    if let pair = try idxPair(path) { return pair }
    let folder = DataFolder(path: path)
    if folder.isFolder {
      if let found = try images(in: folder) { return found }
      if let found = try events(in: folder) { return found }
      throw DatasetError(
        .unreadable, "the folder holds no data set that is known",
        remedy: "see 'lockstep data' for the files that each consists of", location: path)
    }
    if folder.exists { return try file(path) }
    guard let known = KnownDataSet.named(path) else {
      throw DatasetError(
        .unreadable, "there is no such file, folder or data set",
        remedy: "give a folder or file of a data set, the PREFIX of PREFIX-images-idx3-ubyte and"
          + " PREFIX-labels-idx1-ubyte, or one of: "
          + KnownDataSet.all.map(\.name).joined(separator: ", "), location: path)
    }
    switch known {
    case .digits: return try digits()
    case .fashionMNIST where DataFolder(path: fashionMNISTFolder).isFolder:
      return try open(fashionMNISTFolder)
    default:
      throw DatasetError(
        .unreadable, "\(known.name) is not on this machine", remedy: known.instructions)
    }
  }

  /// The digits that come with Lockstep.
  ///
  /// - Throws: ``DatasetError`` (`unreadable`) if they were not kept beside the program.
  public static func digits() throws(DatasetError) -> FoundData {
    FoundData(.digits, training: try LabelledImages.digits())
  }

  /// One file that is a data set, or a part of one.
  private static func file(_ path: String) throws(DatasetError) -> FoundData {
    if path.hasSuffix(".mat") { return FoundData(.svhn, training: try SVHNImages(path: path)) }
    if path.hasSuffix(".bin") {
      return FoundData(.cifar10, training: try CIFAR10Images(paths: [path]))
    }
    throw DatasetError(
      .unreadable, "this file is not a data set that is known",
      remedy: "give an SVHN .mat or CIFAR-10 .bin file, the PREFIX of an IDX pair, or a folder",
      location: path)
  }
}

/// A folder that may hold a data set.
struct DataFolder {
  let path: String

  /// Whether something of this name exists.
  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether it is a folder.
  var isFolder: Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// What lies below.
  subscript(name: String) -> DataFolder { DataFolder(path: path + "/" + name) }

  /// The names in it, sorted by their bytes; none if it cannot be read.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The paths of the files with an ending, sorted by their names.
  func files(_ ending: String) -> [String] {
    names.filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }.map { path + "/" + $0 }
  }
}
