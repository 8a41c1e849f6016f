/// What is wrong with a data file or with how it is to be used, and the remedy.
public struct DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure, for programs.
  public enum Code: String, Hashable, Sendable {
    /// The file is absent or cannot be read.
    case unreadable
    /// The file is not what its name says, is cut short or is damaged.
    case corrupt
    /// Two files that belong together contradict each other.
    case mismatch
    /// What was asked for cannot be had from this data.
    case invalidRequest
  }

  /// The kind of failure.
  public let code: Code
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// What to do about it, in one sentence without a full stop.
  public let remedy: String
  /// The file, if one is to blame.
  public let location: String

  /// Creates an error.
  public init(_ code: Code, _ message: String, remedy: String, location: String = "") {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.location = location
  }

  /// Location, message and remedy in one line.
  public var description: String {
    (location.isEmpty ? "" : "\(location): ") + "\(message); \(remedy)"
  }
}

extension DatasetError {
  /// A damaged file.
  static func corrupt(_ path: String, _ message: String) -> DatasetError {
    DatasetError(.corrupt, message, remedy: "fetch the file again", location: path)
  }
}
