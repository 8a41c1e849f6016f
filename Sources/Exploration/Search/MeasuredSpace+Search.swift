import Accelerator

extension MeasuredSpace {
  /// Costs of the alternatives, `[layer][alternative]`.
  var costs: [[DesignCost]] { layers.map { $0.alternatives.map(\.cost) } }

  /// Every design of one clock that no other is as good as.
  ///
  /// - Parameters:
  ///   - goal: what is looked for.
  ///   - report: told the designs that are decided and the best value so far.
  /// - Returns: the designs, in ascending order of the first objective, and the proof.
  /// - Throws: `CancellationError` if the task is cancelled.
  func search(
    _ goal: SearchGoal, report: ((UInt64, Double?) -> Void)? = nil
  ) throws -> (designs: [FoundDesign], certificate: SearchCertificate) {
    if layersOverlap {
      guard let times = pipelineTimes else {
        return ([], SearchCertificate(.branchAndBound, designs: 0, constraints: goal.constraints))
      }
      var search = BranchAndBound(layers: costs, times: times, goal: goal)
      search.pulse = SearchPulse(report)
      return try search.search(base: baseCost)
    }
    guard goal.measures.contains(.latencyP99) else {
      let found = ParetoMerging(layers: costs, base: baseCost, goal: goal).search()
      try Task.checkCancellation()
      return found
    }
    var search = BranchAndBound(
      layers: costs,
      times: LockStepTimes(
        cycles: layers.map { $0.alternatives.map(\.cycles) }, samples: samples.count,
        needsTail: true), goal: goal)
    search.pulse = SearchPulse(report)
    return try search.search(base: baseCost, hints: hints(for: goal))
  }

  /// Designs that are good by the mean latency instead of the 99th percentile.
  private func hints(for goal: SearchGoal) -> [[Int]] {
    var mean = goal
    mean.seeksLeastExcess = false
    mean.objectives = goal.objectives.map { $0 == .latencyP99 ? .latency : $0 }
    if goal.seeksLeastExcess { mean.objectives = [.latency] }
    if Set(mean.objectives).count < mean.objectives.count {
      mean.objectives = Array(Set(mean.objectives)).sorted { $0.rawValue < $1.rawValue }
    }
    mean.constraints =
      goal.seeksLeastExcess
      ? [] : goal.constraints.filter { $0.measure != .latencyP99 }
    return ParetoMerging(layers: costs, base: baseCost, goal: mean).search().designs.map(\.choices)
  }

  private var pipelineTimes: PipelineTimes? {
    guard let model = base.model as? FullyConnected2023 else { return nil }
    let key = HardwareParameter.logicalToHardwareRatio.key
    return PipelineTimes(
      model, ratios: layers.map { $0.alternatives.map { $0.numbers[key] ?? 1 } }, counts: counts)
  }

  /// Cycles that 99 % of the samples keep on a design.
  func tail(of choices: [Int]) -> Double {
    var cycles = sampleCycles(of: choices)
    return Double(Percentile.tail(&cycles))
  }

  /// Cycles of every sample on a design; none if it never finishes one of them.
  func sampleCycles(of choices: [Int]) -> [UInt64] {
    if layersOverlap {
      guard var times = pipelineTimes else { return [] }
      for (layer, choice) in choices.enumerated() { times.choose(choice, layer: layer) }
      return times.cycles() == nil ? [] : times.lastCycles
    }
    var sums = Array(repeating: UInt64(0), count: samples.count)
    for (layer, choice) in zip(layers, choices) {
      for (sample, cycles) in layer.alternatives[choice].cycles.enumerated() {
        sums[sample] += cycles
      }
    }
    return sums
  }

  /// What no design undercuts in any number, and the cycles that 99 % of the samples keep at best.
  var leastCost: (cost: DesignCost, tail: Double) {
    var cost = layers.reduce(baseCost) { sum, layer in
      let costs = layer.alternatives.map(\.cost)
      return sum + costs.reduce(costs.first ?? .zero) { $0.minimum($1) }
    }
    if layersOverlap {
      guard var times = pipelineTimes else { return (cost, 0) }
      let cycles = times.lowerBound(chosenLayers: 0)
      cost[.cycles] = cycles.total
      return (cost, cycles.tail)
    }
    var times = LockStepTimes(
      cycles: layers.map { $0.alternatives.map(\.cycles) }, samples: samples.count,
      needsTail: true)
    return (cost, times.lowerBound(chosenLayers: 0).tail)
  }
}
