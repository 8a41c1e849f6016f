/// The words of a memory and their width.
public struct MemoryShape: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Words.
  public var depth: Int
  /// Bits of a word.
  public var width: Int

  /// Creates a shape.
  ///
  /// - Parameters:
  ///   - depth: words, at least 1.
  ///   - width: bits of a word, at least 1.
  public init(depth: Int, width: Int) {
    self.depth = depth
    self.width = width
  }

  /// All bits.
  public var bits: Int { depth * width }

  /// The shape as people write it: `1024 x 32`.
  public var description: String { "\(depth) x \(width)" }
}
