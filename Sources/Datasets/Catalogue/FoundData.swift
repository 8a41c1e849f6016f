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

  /// The folder in which a data set is found by its name, if it is there: Debian's package puts
  /// Fashion-MNIST into one.
  public static func usualFolder(of known: KnownDataSet) -> String? {
    let folder = "/usr/share/datasets/fashion-mnist"
    return known == .fashionMNIST && DataFolder(path: folder).isFolder ? folder : nil
  }

  /// Recognises what is at a path, and opens it.
  ///
  /// - Parameter path: the name of a data set that is in its place (`digits`, `fashion-mnist`; write
  ///   `./digits` for a folder of that name), a folder, a file, or the prefix of an IDX pair.
  /// - Returns: the data set.
  /// - Throws: ``DatasetError``: `unreadable` if nothing is there or it is not understood, with what
  ///   to get and where from; `corrupt` or `mismatch` if it is damaged.
  public static func open(_ path: String) throws(DatasetError) -> FoundData {
    let known = KnownDataSet.named(path)
    // A folder that happens to be called digits does not stand in the way of the demonstration.
    if known == .digits { return try digits() }
    if let known, let place = usualFolder(of: known) { return try open(place) }
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
    guard let known else {
      throw DatasetError(
        .unreadable, "there is no such file, folder or data set",
        remedy: "give a folder or file of a data set, the PREFIX of PREFIX-images-idx3-ubyte and"
          + " PREFIX-labels-idx1-ubyte, or one of: "
          + KnownDataSet.all.map(\.name).joined(separator: ", "), location: path)
    }
    throw DatasetError(
      .unreadable, "\(known.name) is not on this machine", remedy: known.instructions)
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
