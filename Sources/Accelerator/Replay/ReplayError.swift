/// Why a replay cannot be done.
public struct ReplayError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do.
  public let description: String

  /// Creates an error.
  public init(_ description: String) { self.description = description }
}
