/// What went wrong with a network's description, its weights or its file, and the remedy.
public struct NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure, for programs.
  public enum Code: String, Hashable, Sendable {
    /// The description contradicts itself or cannot be built.
    case invalidDescription
    /// Weights do not fit the description or are not finite.
    case invalidWeights
    /// The file is not a whole, well-formed model file.
    case invalidFile
    /// The file cannot be read or written.
    case inputOutput
    /// The input of a run has the wrong extent.
    case invalidInput
    /// The system has no memory for a run.
    case noMemory
  }

  /// The kind of failure.
  public let code: Code
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// What to do about it, in one sentence without a full stop.
  public let remedy: String
  /// Where: a file, a layer, a tensor; empty if the message says it.
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

  /// The same error, seen from farther out.
  func at(_ place: String) -> NetworkError {
    NetworkError(
      code, message, remedy: remedy,
      location: location.isEmpty ? place : "\(place): \(location)")
  }
}
