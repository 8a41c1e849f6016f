/// The exact search of a pipeline as if the slowest layer alone decided its speed.
///
/// No design is faster than its slowest layer, so that for every design there is one of these scores that
/// is at least as good: a bound for what a search that is not exact may have missed. The designs
/// themselves are good beginnings.
struct PipelineRelaxation {
  /// The best designs of the relaxed space.
  let designs: [[Int]]
  /// Their scores in it.
  let scores: [SIMD8<Double>]
  /// How it was searched: if no relaxed design keeps the limits, none does.
  let certificate: SearchCertificate

  /// Relaxes a space; nil if mean and percentile of the latency are asked for at the same time, which
  /// takes two numbers for the time.
  init?(_ space: MeasuredSpace, _ times: PipelineTimes, _ goal: SearchGoal) {
    let byTail = goal.measures.contains(.latencyP99)
    guard !byTail || !goal.measures.contains(where: { $0 == .latency || $0 == .energy }) else {
      return nil
    }
    var relaxed = goal
    relaxed.objectives = goal.objectives.map { $0 == .latencyP99 ? .latency : $0 }
    relaxed.constraints = goal.constraints.map { constraint in
      var constraint = constraint
      if constraint.measure == .latencyP99 { constraint.measure = .latency }
      return constraint
    }
    let found = ParetoMerging(
      layers: times.relaxed(space.costs, byTail: byTail), base: space.baseCost, goal: relaxed,
      takesSlowest: true
    ).search()
    designs = found.designs.map(\.choices)
    scores = found.designs.map(\.score)
    certificate = found.certificate
  }
}
