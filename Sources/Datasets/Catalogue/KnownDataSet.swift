/// A published data set: where it comes from and which files it consists of.
public struct KnownDataSet: Hashable, Sendable {
  /// A file as it is published.
  public struct File: Hashable, Sendable {
    /// Its name, below the folder of the data set.
    public let name: String
    /// The MD5 sums that it may have, in hexadecimal; empty where none is published.
    public let checksums: [String]

    init(_ name: String, _ checksums: String...) {
      self.name = name
      self.checksums = checksums
    }
  }

  /// The name under which `--data` finds or describes it.
  public let name: String
  /// What it shows: extent, classes, samples.
  public let contents: String
  /// Where to get it.
  public let origin: String
  /// What its licence is, as far as its publishers say.
  public let licence: String
  /// Its files; archives are to be unpacked.
  public let files: [File]
  /// Who published the checksums.
  public let checksumSource: String
  /// How its folder looks when it is in place.
  public let layout: String

  /// What to do where it is absent, in one sentence without a full stop.
  public var instructions: String {
    let names = files.map { file in
      file.checksums.first.map { "\(file.name) (MD5 \($0))" } ?? file.name
    }
    return "get \(names.joined(separator: ", ")) from \(origin), so that \(layout), and give"
      + " --data FOLDER"
  }

  /// The data set of a name.
  public static func named(_ name: String) -> KnownDataSet? {
    all.first { $0.name == name.lowercased() }
  }

  /// All of them, the smallest first.
  public static let all: [KnownDataSet] = [
    digits, fashionMNIST, mnist, svhn, cifar10, nMNIST, dvsGesture, dvsGestureTonic, cifar10DVS,
    cifar10DVSTonic,
  ]
}
