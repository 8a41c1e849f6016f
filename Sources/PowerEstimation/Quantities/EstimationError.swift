import CheckedYAML

/// What keeps an estimate from being made: one sentence with the remedy.
public struct EstimationError: Error, Hashable, Sendable, CustomStringConvertible {
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

  /// The error as compilers write theirs: `device.yaml:12: message`.
  public var description: String {
    guard let file else { return message }
    return line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }

  /// Runs a reader of YAML and turns its error into one of this kind.
  static func reading<Result>(
    _ body: () throws(YAMLTextError) -> Result
  ) throws(EstimationError) -> Result {
    do { return try body() } catch { throw EstimationError(error) }
  }
}
