/// Why one replay takes longer than another: `lockstep compare`.
///
/// Cycles are means over the samples of each replay. The contributions add up to the difference.
public struct ReplayComparison: Hashable, Codable, Sendable {
  /// What changed, and by how much.
  public struct Contribution: Hashable, Codable, Sendable {
    /// The layer's name.
    public var layer: String
    /// Engine and state on the critical path; nil where the replays do not say.
    public var engine: String?
    /// The state.
    public var state: String?
    /// Mean cycles a sample in the first replay.
    public var before: Double
    /// Mean cycles a sample in the second replay.
    public var after: Double
    /// By how much the second takes longer.
    public var difference: Double { after - before }

    private enum CodingKeys: CodingKey { case layer, engine, state, before, after, difference }

    /// Creates a contribution.
    public init(layer: String, engine: String?, state: String?, before: Double, after: Double) {
      self.layer = layer
      self.engine = engine
      self.state = state
      self.before = before
      self.after = after
    }

    /// Reads a contribution; the difference follows from the rest.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      layer = try values.decode(String.self, forKey: .layer)
      engine = try values.decodeIfPresent(String.self, forKey: .engine)
      state = try values.decodeIfPresent(String.self, forKey: .state)
      before = try values.decode(Double.self, forKey: .before)
      after = try values.decode(Double.self, forKey: .after)
    }

    /// Writes a contribution and the difference.
    public func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encode(layer, forKey: .layer)
      try values.encodeIfPresent(engine, forKey: .engine)
      try values.encodeIfPresent(state, forKey: .state)
      try values.encode(before, forKey: .before)
      try values.encode(after, forKey: .after)
      try values.encode(difference, forKey: .difference)
    }
  }

  /// The names of the two: accelerator and file.
  public var names: [String]
  /// Mean latency of the first replay, cycles.
  public var before: Double
  /// Mean latency of the second replay, cycles.
  public var after: Double
  /// Mean latency of the first replay, s.
  public var secondsBefore: Double
  /// Mean latency of the second replay, s.
  public var secondsAfter: Double
  /// What changed, largest change first.
  public var contributions: [Contribution]
  /// Why the two may not be comparable, a sentence each.
  public var warnings: [String]

  /// By how many cycles a sample the second replay takes longer.
  public var difference: Double { after - before }

  /// Compares two replays.
  ///
  /// By engine and state of the critical path if both replays were made with `--explain`, by layer
  /// otherwise.
  ///
  /// - Parameters:
  ///   - first: the replay to compare with.
  ///   - second: the other one.
  public init(_ first: ReplayReport, _ second: ReplayReport) {
    names = [first, second].map(\.hardware.name)
    before = first.latencyCycles.mean
    after = second.latencyCycles.mean
    secondsBefore = first.latencySeconds.mean
    secondsAfter = second.latencySeconds.mean
    warnings = Self.warnings(first, second)
    let explained = first.explanation != nil && second.explanation != nil
    if !explained {
      warnings.append(
        "the cycles are compared by layer only; make both reports with 'lockstep replay --explain' to "
          + "see engines and states")
    }
    var sums: [Key: (before: Double, after: Double)] = [:]
    var order: [Key] = []
    for (isSecond, report) in [(false, first), (true, second)] {
      let samples = Double(max(report.trace.samples, 1))
      for (key, cycles) in Self.parts(of: report, explained: explained) {
        if sums[key] == nil { order.append(key) }
        let mean = Double(cycles) / samples
        if isSecond {
          sums[key, default: (0, 0)].after += mean
        } else {
          sums[key, default: (0, 0)].before += mean
        }
      }
    }
    contributions = order.enumerated().compactMap { position, key in
      sums[key].map { (position, key, $0) }
    }
    .sorted { left, right in
      let (first, second) = (abs(left.2.after - left.2.before), abs(right.2.after - right.2.before))
      return first == second ? left.0 < right.0 : first > second
    }
    .map { _, key, sum in
      Contribution(
        layer: key.layer, engine: key.engine, state: key.state, before: sum.before,
        after: sum.after)
    }
  }

  private struct Key: Hashable {
    var layer: String
    var engine: String?
    var state: String?
  }

  private static func parts(of report: ReplayReport, explained: Bool) -> [(Key, UInt64)] {
    if explained, let path = report.explanation?.criticalPath {
      return path.map { (Key(layer: $0.layer, engine: $0.engine, state: $0.state), $0.cycles) }
    }
    return report.layers.map { (Key(layer: $0.name), $0.totalCycles) }
  }

  private static func warnings(_ first: ReplayReport, _ second: ReplayReport) -> [String] {
    var warnings: [String] = []
    func check(_ what: String, _ left: String, _ right: String) {
      if left != right { warnings.append("the replays differ in \(what): \(left) and \(right)") }
    }
    check("their trace", first.trace.path, second.trace.path)
    check("their network", first.trace.network, second.trace.network)
    check(
      "their samples",
      "\(first.trace.samples) from \(first.trace.firstSample)",
      "\(second.trace.samples) from \(second.trace.firstSample)")
    check("their time steps", "\(first.trace.timeSteps)", "\(second.trace.timeSteps)")
    check("their platform", first.hardware.platform.rawValue, second.hardware.platform.rawValue)
    if first.hardware.clockHertz != second.hardware.clockHertz {
      warnings.append("the replays differ in their clock: compare times, not cycles")
    }
    return warnings
  }
}
