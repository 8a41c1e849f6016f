/// What is wrong with a file of vectors, and where.
public struct VectorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file.
  public let file: String
  /// The line, from 1; nil if the file as a whole is meant.
  public let line: Int?
  /// What is wrong, and what to do.
  public let message: String

  /// `file:line: message`.
  public var description: String {
    line.map { "\(file):\($0): \(message)" } ?? "\(file): \(message)"
  }
}
