/// Which samples of which data set a trace holds.
public struct DataSetDescription: Hashable, Codable, Sendable {
  /// The data set's name: `digits`.
  public var name: String
  /// The part of it: `train` or `test`.
  public var split: String
  /// Number of classes.
  public var classes: Int

  /// Creates a description.
  public init(name: String, split: String, classes: Int) {
    self.name = name
    self.split = split
    self.classes = classes
  }
}
