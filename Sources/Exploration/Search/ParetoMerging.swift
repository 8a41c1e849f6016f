/// The exact search of a space whose costs add up over layers.
///
/// Layer by layer, every allocation so far is joined with every alternative of the next layer. What
/// exceeds a limit even with the cheapest rest is left out, and so is what another allocation is as
/// good as in every number that counts: both may be completed alike. What remains after the last layer
/// holds every best design.
package struct ParetoMerging {
  /// Costs of the alternatives, `[layer][alternative]`.
  let layers: [[DesignCost]]
  /// What every design costs beside its layers.
  let base: DesignCost
  let goal: SearchGoal
  /// Whether layers work at the same time, so that the slowest decides: the cycles of a design are the
  /// most of its layers instead of their sum.
  let takesSlowest: Bool

  /// The cheapest, and the dearest, that the layers from the k-th on can be in each number.
  private let leastRest: [DesignCost]
  private let mostRest: [DesignCost]
  /// Designs that one choice of the first k layers stands for.
  private let completions: [UInt64]

  package init(
    layers: [[DesignCost]], base: DesignCost, goal: SearchGoal, takesSlowest: Bool = false
  ) {
    self.takesSlowest = takesSlowest
    self.layers = layers
    self.base = base
    self.goal = goal
    var (least, most, counts) = ([DesignCost.zero], [DesignCost.zero], [UInt64(1)])
    for layer in layers.reversed() {
      guard let first = layer.first else { continue }
      let (cheapest, dearest) = (
        layer.reduce(first) { $0.minimum($1) }, layer.reduce(first) { $0.maximum($1) }
      )
      least.append(Self.joined(cheapest, least[least.count - 1], takesSlowest))
      most.append(Self.joined(dearest, most[most.count - 1], takesSlowest))
      counts.append(counts[counts.count - 1] * UInt64(layer.count))
    }
    leastRest = least.reversed()
    mostRest = most.reversed()
    completions = counts.reversed()
  }

  private static func joined(
    _ left: DesignCost, _ right: DesignCost, _ takesSlowest: Bool
  ) -> DesignCost {
    var sum = left + right
    if takesSlowest { sum[.cycles] = max(left[.cycles], right[.cycles]) }
    return sum
  }

  /// Allocations of the first layers, each an alternative added to one of the stage before.
  private struct Stage {
    var costs: [DesignCost] = []
    var parents: [Int32] = []
    var alternatives: [Int32] = []
  }

  /// Every design that no other is as good as, in ascending order of the first objective.
  package func search() -> (designs: [FoundDesign], certificate: SearchCertificate) {
    var certificate = SearchCertificate(
      .merging, designs: completions[0], constraints: goal.constraints)
    var stages = [Stage(costs: [base], parents: [0], alternatives: [0])]
    for depth in layers.indices {
      var next = join(stages[depth], with: depth, &certificate)
      if depth + 1 < layers.count { keepFront(&next, depth, &certificate) }
      stages.append(next)
      certificate.step(kept: next.costs.count, best: nil)
    }
    let last = stages[layers.count]
    let scores = last.costs.map { goal.score($0, tail: 0) }
    certificate.evaluated += UInt64(scores.count)
    let front = ParetoFilter.front(of: scores, dimensions: goal.scoreDimensions)
    certificate.step(kept: front.count, best: front.first.map { scores[$0][0] })
    let designs = front.map { position in
      FoundDesign(
        choices: choices(of: position, stages), cost: last.costs[position], tail: nil,
        score: scores[position])
    }
    return (designs, certificate)
  }

  private func join(
    _ stage: Stage, with depth: Int, _ certificate: inout SearchCertificate
  ) -> Stage {
    var next = Stage()
    let layer = layers[depth]
    let (rest, standsFor) = (leastRest[depth + 1], completions[depth + 1])
    let slack = depth + 1 < layers.count ? SearchGoal.tolerance : 0
    for (parent, cost) in stage.costs.enumerated() where !Task.isCancelled {
      for (alternative, added) in layer.enumerated() {
        let sum = Self.joined(cost, added, takesSlowest)
        let least = Self.joined(sum, rest, takesSlowest)
        if let violated = goal.violation(least, tail: 0, slack: slack) {
          certificate.excluded[violated].designs += standsFor
          continue
        }
        next.costs.append(sum)
        next.parents.append(Int32(truncatingIfNeeded: parent))
        next.alternatives.append(Int32(truncatingIfNeeded: alternative))
      }
    }
    return next
  }

  private func keepFront(
    _ stage: inout Stage, _ depth: Int, _ certificate: inout SearchCertificate
  ) {
    let kept = ParetoFilter.front(
      of: stage.costs.map(\.values), dimensions: decidingDimensions(stage, depth))
    certificate.dominated += UInt64(stage.costs.count - kept.count) * completions[depth + 1]
    stage = Stage(
      costs: kept.map { stage.costs[$0] }, parents: kept.map { stage.parents[$0] },
      alternatives: kept.map { stage.alternatives[$0] })
  }

  /// The numbers in which allocations may still differ in a way that matters: those of objectives,
  /// and those of limits that some completion can exceed.
  private func decidingDimensions(_ stage: Stage, _ depth: Int) -> [Int] {
    var dearest = stage.costs.first ?? .zero
    for cost in stage.costs { dearest = dearest.maximum(cost) }
    dearest = Self.joined(dearest, mostRest[depth + 1], takesSlowest)
    var measures = goal.seeksLeastExcess ? [] : goal.objectives
    for constraint in goal.constraints {
      let most = goal.value(constraint.measure, dearest, tail: 0)
      if most > constraint.limit * (1 - SearchGoal.tolerance) {
        measures.append(constraint.measure)
      }
    }
    return Set(measures.flatMap(\.dimensions).map(\.rawValue)).sorted()
  }

  private func choices(of position: Int, _ stages: [Stage]) -> [Int] {
    var position = position
    var choices: [Int] = []
    for stage in stages.dropFirst().reversed() {
      choices.append(Int(stage.alternatives[position]))
      position = Int(stage.parents[position])
    }
    return choices.reversed()
  }
}
