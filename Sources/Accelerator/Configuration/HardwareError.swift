/// What is wrong with a hardware file, or with its use for a trace: one sentence with the remedy.
public struct HardwareError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path.
  public let file: String
  /// The line, from 1, or `nil` if the whole file is meant.
  public let line: Int?
  /// What is wrong and what to do.
  public let message: String

  /// Creates an error.
  public init(file: String, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// The error as compilers write theirs: `hardware/x.yaml:12: message`.
  public var description: String {
    if let line { return "\(file):\(line): \(message)" }
    return "\(file): \(message)"
  }
}
