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
    /// NSGA-II: generation by generation, what is good is combined; no proof.
    case genetic = "genetic search"
  }

  /// Designs that a limit excludes.
  public struct Exclusion: Codable, Hashable, Sendable {
    /// The limit.
    public var constraint: DesignConstraint
    /// Designs, most of them in one go with others.
    public var designs: UInt64
  }

  /// How far the search was at some moment.
  public struct Step: Codable, Hashable, Sendable {
    /// Designs that were evaluated or excluded.
    public var decided: UInt64
    /// Whole designs whose objectives were computed.
    public var evaluated: UInt64
    /// Allocations that were still in the running: of the first layers while they are merged, of all
    /// layers otherwise.
    public var kept: Int
    /// The best value of the first objective among whole designs, in its unit; nil while there is none.
    public var best: Double?
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
  /// Samples that were not looked at, because a design was worse than another with 99 % confidence; a
  /// genetic search counts such designs as ``dominated``.
  public var samplesSpared: UInt64 = 0
  /// By how much at most a design of the space may be better than all that were found, in every
  /// objective at once: 0.03 for 3 %; nil if it is not known, or 0 because it is proved.
  public var gap: Double?
  /// How the search came there, in its order: after every layer that was merged, or whenever a whole
  /// design was better than all before.
  public var steps: [Step] = []

  init(_ method: Method, designs: UInt64, constraints: [DesignConstraint]) {
    self.method = method
    self.designs = designs
    excluded = constraints.map { Exclusion(constraint: $0, designs: 0) }
  }

  /// Whether every design is accounted for: then nothing in the space is better than the result.
  public var isProof: Bool { decided == designs && samplesSpared == 0 }

  /// Designs that were evaluated or excluded.
  public var decided: UInt64 {
    evaluated + dominated + neverFinishing + excluded.reduce(0) { $0 + $1.designs }
  }

  /// Notes how far the search is.
  mutating func step(kept: Int, best: Double?) {
    steps.append(Step(decided: decided, evaluated: evaluated, kept: kept, best: best))
  }

  /// Adds the search of another part of the space.
  mutating func add(_ other: SearchCertificate) {
    let before = steps.compactMap(\.best).min()
    for step in other.steps {
      steps.append(
        Step(
          decided: decided + step.decided, evaluated: evaluated + step.evaluated, kept: step.kept,
          best: [before, step.best].compactMap(\.self).min()))
    }
    samplesSpared += other.samplesSpared
    if method != other.method, other.method == .genetic { method = .genetic }
    if let other = other.gap { gap = max(gap ?? 0, other) }
    designs += other.designs
    evaluated += other.evaluated
    dominated += other.dominated
    neverFinishing += other.neverFinishing
    for index in excluded.indices { excluded[index].designs += other.excluded[index].designs }
  }
}
