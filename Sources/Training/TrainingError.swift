/// Why a training, an evaluation or a recording cannot start or go on, and the remedy.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure, for programs.
  public enum Code: String, Hashable, Sendable {
    /// A setting is out of range or contradicts another.
    case invalidSettings
    /// The data do not fit the network.
    case mismatch
    /// A sample cannot be read.
    case data
    /// Loss, gradients or weights left the range of useful numbers.
    case diverged
    /// The network, its description or its file is at fault.
    case network
    /// The trace cannot be written.
    case recording
    /// A checkpoint cannot be written, read, or used for this training.
    case checkpoint
    /// The system has no memory for the work.
    case noMemory
  }

  /// The kind of failure.
  public let code: Code
  /// What is wrong, in one sentence without a full stop.
  public let message: String
  /// What to do about it, in one sentence without a full stop.
  public let remedy: String
  /// Where: an epoch and batch, a layer, a file; empty if the message says it.
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
