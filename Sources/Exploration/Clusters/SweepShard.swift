/// One of the equal parts of a sweep: every `count`-th point, beginning with number `index`.
///
/// Which points a part has depends on nothing but these two numbers and the order of the sweep's points.
/// All parts together have every point once. Neighbours, which often take equally long, go to different
/// parts.
public struct SweepShard: Hashable, Sendable, CustomStringConvertible {
  /// Which part this is, from 0.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// Creates a part.
  ///
  /// - Parameters:
  ///   - index: which part, from 0.
  ///   - count: of how many.
  /// - Throws: ``ExplorationError`` unless 0 <= index < count.
  public init(index: Int, count: Int) throws(ExplorationError) {
    guard count > 0, 0..<count ~= index else {
      throw ExplorationError(
        message: "there is no shard \(index) of \(count): shards are numbered from 0, so that the "
          + (count > 0 ? "last one is \(count - 1)/\(count)" : "only one is 0/1"))
    }
    self.index = index
    self.count = count
  }

  /// Reads a part as people write it.
  ///
  /// - Parameters:
  ///   - text: `2/8`; `auto`, if the scheduler of the array tells index and count; `auto/8`, if it
  ///     tells the index.
  ///   - environment: the variables of the process.
  /// - Throws: ``ExplorationError`` with the remedy.
  public init(text: String, environment: [String: String]) throws(ExplorationError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    if text == "auto" {
      try self.init(environment: environment)
    } else if parts.count == 2, parts[0] == "auto", let count = Self.number(parts[1]) {
      try self.init(environment: environment, count: count)
    } else if parts.count == 2, let index = Self.number(parts[0]),
      let count = Self.number(parts[1])
    {
      try self.init(index: index, count: count)
    } else {
      throw ExplorationError(
        message:
          "'\(text.prefix(40))' is no shard; write 0/8 for the first of eight, 7/8 for the last, "
          + "or auto in a job array")
    }
  }

  private static func number(_ text: Substring) -> Int? {
    text.utf8.allSatisfy { 0x30...0x39 ~= $0 } ? Int(text) : nil
  }

  /// Whether a point belongs to the part.
  ///
  /// - Parameter position: the point's place in the sweep, from 0.
  /// - Returns: true for one part of those with the same count.
  public func contains(_ position: Int) -> Bool { position % count == index }

  /// The places of the part's points in a sweep.
  ///
  /// - Parameter points: how many points the sweep has.
  /// - Returns: the places, from 0, ascending.
  public func positions(of points: Int) -> StrideTo<Int> {
    stride(from: index, to: points, by: count)
  }

  /// As people write it: `2/8`.
  public var description: String { "\(index)/\(count)" }
}
