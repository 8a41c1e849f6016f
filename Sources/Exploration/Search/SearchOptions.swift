/// How a space is searched.
public struct SearchOptions: Hashable, Sendable {
  /// The ways to search.
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// Exactly, unless that takes too many designs; then genetically, from what was found.
    case automatic = "auto"
    /// Exactly, however long it takes.
    case exact
    /// NSGA-II, with a bound of what it may have missed where one is known.
    case genetic
  }

  /// The way.
  public var method: Method
  /// Designs that a genetic search evaluates.
  public var evaluations: Int
  /// Of what a genetic search draws by lot.
  public var seed: UInt64

  /// Creates options.
  public init(method: Method = .automatic, evaluations: Int = 20_000, seed: UInt64 = 1) {
    self.method = method
    self.evaluations = evaluations
    self.seed = seed
  }

  /// Whole designs that an automatic search computes before it gives up the proof: some seconds' worth,
  /// but the same number on any machine.
  ///
  /// - Parameters:
  ///   - samples: samples of each design.
  ///   - areAdded: whether the cycles of a sample are a sum over layers, instead of a computation of
  ///     the whole pipeline.
  /// - Returns: the number.
  static func wholeDesigns(samples: Int, areAdded: Bool) -> UInt64 {
    UInt64(max(10_000, (areAdded ? 400_000_000 : 8_000_000) / max(samples, 1)))
  }
}
