import CheckedYAML

/// What keeps a sweep, or the reading of its results, from being done: one sentence with the remedy.
public struct ExplorationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path; nil if no file is to blame.
  public let file: String?
  /// The line, from 1, or nil if no single line is meant.
  public let line: Int?
  /// What is wrong and what to do.
  public let message: String

  /// Creates an error.
  public init(file: String? = nil, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  init(_ error: YAMLTextError) {
    self.init(file: error.file, line: error.line, message: error.message)
  }

  /// The error as compilers write theirs: `results.jsonl:12: message`.
  public var description: String {
    guard let file else { return message }
    return line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}
