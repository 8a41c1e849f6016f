/// Why a result is believed to be the best: every design of the space was evaluated or excluded.
///
/// ``evaluated``, ``dominated``, ``excluded`` and ``neverFinishing`` add up to ``designs`` if the
/// search was complete.
public struct SearchCertificate: Codable, Hashable, Sendable {
  /// How the space was searched.
  public enum Method: String, Codable, Hashable, Sendable {
    /// Layer by layer, keeping of the allocations so far those that no other is as good as.
    case merging = "pareto merging"
    /// Layer by layer in depth, leaving out what its lower bound rules out.
    case branchAndBound = "branch and bound"
  }

  /// Designs that a limit excludes.
  public struct Exclusion: Codable, Hashable, Sendable {
    /// The limit.
    public var constraint: DesignConstraint
    /// Designs, most of them in one go with others.
    public var designs: UInt64
  }

  /// How the space was searched.
  public var method: Method
  /// Designs in the space.
  public var designs: UInt64
  /// Whole designs whose objectives were computed.
  public var evaluated: UInt64 = 0
  /// Designs left out because another is at least as good, whatever their other layers are.
  public var dominated: UInt64 = 0
  /// Designs left out because of a limit, limit by limit.
  public var excluded: [Exclusion]
  /// Designs that never finish one of the samples.
  public var neverFinishing: UInt64 = 0

  init(_ method: Method, designs: UInt64, constraints: [DesignConstraint]) {
    self.method = method
    self.designs = designs
    excluded = constraints.map { Exclusion(constraint: $0, designs: 0) }
  }

  /// Whether every design is accounted for: then nothing in the space is better than the result.
  public var isProof: Bool {
    evaluated + dominated + neverFinishing + excluded.reduce(0) { $0 + $1.designs } == designs
  }

  mutating func add(_ other: SearchCertificate) {
    designs += other.designs
    evaluated += other.evaluated
    dominated += other.dominated
    neverFinishing += other.neverFinishing
    for index in excluded.indices { excluded[index].designs += other.excluded[index].designs }
  }
}
