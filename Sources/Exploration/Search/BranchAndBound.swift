/// The exact search of a space whose times do not add up, or not in the number that is asked for.
///
/// Allocations are completed layer by layer, in depth. Each open one has a lower bound of every
/// measure: what its layers take with the least that the others can add. It is left out if that
/// exceeds a limit, or if a whole design is known that is as good as the bound in every objective.
package struct BranchAndBound<Times: SampleTimes> {
  /// Costs of the alternatives but their cycles, `[layer][alternative]`.
  private let layers: [[DesignCost]]
  private let goal: SearchGoal
  private let leastRest: [DesignCost]
  private let completions: [UInt64]
  private var times: Times

  private var chosen: [Int]
  /// The best whole designs so far: none is as good as another.
  private var front: [FoundDesign] = []
  private var certificate: SearchCertificate
  /// Whole designs after which the search is given up; nil for never.
  private let limit: UInt64?
  /// Whether the limit was reached, so that nothing is proved.
  package private(set) var isGivenUp = false
  private var wholeDesigns: UInt64 = 0
  /// The best value of the first objective so far.
  private var best = Double.infinity
  /// Told the designs that are decided and the best value so far, now and then.
  var pulse = SearchPulse(nil)

  package init(
    layers: [[DesignCost]], times: Times, goal: SearchGoal, limit: UInt64? = nil
  ) {
    self.limit = limit
    self.layers = layers
    self.times = times
    self.goal = goal
    var (least, counts) = ([DesignCost.zero], [UInt64(1)])
    for layer in layers.reversed() {
      guard let first = layer.first else { continue }
      least.append(layer.reduce(first) { $0.minimum($1) } + least[least.count - 1])
      counts.append(counts[counts.count - 1] * UInt64(layer.count))
    }
    leastRest = least.reversed()
    completions = counts.reversed()
    chosen = layers.map { _ in 0 }
    certificate = SearchCertificate(
      .branchAndBound, designs: completions[0], constraints: goal.constraints)
  }

  /// Every design that no other is as good as, in ascending order of the first objective.
  ///
  /// - Parameters:
  ///   - base: what every design costs beside its layers.
  ///   - hints: designs that may be good; they only save time.
  /// - Returns: the designs and the proof; none if the limit was reached.
  /// - Throws: `CancellationError` if the task is cancelled.
  package mutating func search(
    base: DesignCost, hints: [[Int]] = []
  ) throws -> (designs: [FoundDesign], certificate: SearchCertificate) {
    for hint in hints {
      var cost = base
      for (layer, alternative) in hint.enumerated() {
        chosen[layer] = alternative
        times.choose(alternative, layer: layer)
        cost = cost + layers[layer][alternative]
      }
      evaluate(cost, counts: false)
    }
    try visit(0, base)
    let scores = front.map(\.score)
    let order = ParetoFilter.front(of: scores, dimensions: goal.scoreDimensions)
    certificate.step(kept: order.count, best: order.first.map { scores[$0][0] })
    return (order.map { front[$0] }, certificate)
  }

  private mutating func visit(_ depth: Int, _ cost: DesignCost) throws {
    if isGivenUp { return }
    if pulse.isDue() {
      try Task.checkCancellation()
      pulse.report?(certificate.decided, best < .infinity ? best : nil)
    }
    guard depth < layers.count else {
      wholeDesigns += 1
      if let limit, wholeDesigns > limit {
        isGivenUp = true
      } else {
        evaluate(cost, counts: true)
      }
      return
    }
    for alternative in layers[depth].indices {
      chosen[depth] = alternative
      times.choose(alternative, layer: depth)
      let sum = cost + layers[depth][alternative]
      var bound = sum + leastRest[depth + 1]
      let cycles = times.lowerBound(chosenLayers: depth + 1)
      bound[.cycles] = cycles.total
      if let violated = goal.violation(bound, tail: cycles.tail, slack: SearchGoal.tolerance) {
        certificate.excluded[violated].designs += completions[depth + 1]
      } else if isDominated(goal.score(bound, tail: cycles.tail) * (1 - SearchGoal.tolerance)) {
        certificate.dominated += completions[depth + 1]
      } else {
        try visit(depth + 1, sum)
      }
    }
  }

  private func isDominated(_ score: SIMD8<Double>) -> Bool {
    front.contains { all($0.score .<= score) }
  }

  private mutating func evaluate(_ cost: DesignCost, counts: Bool) {
    guard let cycles = times.cycles() else {
      if counts { certificate.neverFinishing += 1 }
      return
    }
    var cost = cost
    cost[.cycles] = cycles.total
    if let violated = goal.violation(cost, tail: cycles.tail) {
      if counts { certificate.excluded[violated].designs += 1 }
      return
    }
    if counts { certificate.evaluated += 1 }
    let score = goal.score(cost, tail: cycles.tail)
    guard !isDominated(score) else { return }
    front.removeAll { all(score .<= $0.score) }
    front.append(FoundDesign(choices: chosen, cost: cost, tail: cycles.tail, score: score))
    if score[0] < best {
      best = score[0]
      certificate.step(kept: front.count, best: best)
    }
  }
}
