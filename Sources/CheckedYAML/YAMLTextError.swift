/// What is wrong with a YAML file: one sentence with the remedy.
package struct YAMLTextError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path.
  package let file: String
  /// The line, from 1, or `nil` if the whole file is meant.
  package let line: Int?
  /// What is wrong and what to do.
  package let message: String

  /// Creates an error.
  package init(file: String, line: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// The error as compilers write theirs: `model.yaml:12: message`.
  package var description: String {
    if let line { return "\(file):\(line): \(message)" }
    return "\(file): \(message)"
  }
}
