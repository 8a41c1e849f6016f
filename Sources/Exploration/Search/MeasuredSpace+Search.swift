import Accelerator
import SeededRandom

extension MeasuredSpace {
  /// Costs of the alternatives, `[layer][alternative]`.
  var costs: [[DesignCost]] { layers.map { $0.alternatives.map(\.cost) } }

  /// The designs of one clock that no other is as good as: all of them, with a proof, unless the method
  /// or the size of the space does not allow that.
  ///
  /// - Parameters:
  ///   - goal: what is looked for.
  ///   - options: how.
  ///   - report: told the designs that are decided and the best value so far.
  /// - Returns: the designs, in ascending order of the first objective, and the proof.
  /// - Throws: `CancellationError` if the task is cancelled.
  func search(
    _ goal: SearchGoal, _ options: SearchOptions, report: ((UInt64, Double?) -> Void)? = nil
  ) throws -> (designs: [FoundDesign], certificate: SearchCertificate) {
    if !layersOverlap, !goal.measures.contains(.latencyP99), options.method != .genetic {
      let found = ParetoMerging(layers: costs, base: baseCost, goal: goal).search()
      try Task.checkCancellation()
      return found
    }
    if let model = base.model as? FullyConnected2023 {
      let times = pipelineTimes(model, counts)
      let relaxation = PipelineRelaxation(self, times, goal)
      if let relaxation, relaxation.designs.isEmpty, relaxation.certificate.isProof {
        return ([], relaxation.certificate)
      }
      return try search(
        goal, options, times: { order in pipelineTimes(model, order.map { counts[$0] }) },
        hints: relaxation?.designs ?? [], relaxed: relaxation?.scores, report: report)
    }
    return try search(
      goal, options,
      times: { order in
        LockStepTimes(
          cycles: layers.map { layer in
            layer.alternatives.map { alternative in order.map { alternative.cycles[$0] } }
          }, samples: order.count, needsTail: true)
      }, hints: hints(for: goal), relaxed: nil, report: report)
  }

  /// Bounds, and if that takes too long, breeds.
  ///
  /// - Parameters:
  ///   - goal: what is looked for.
  ///   - options: how.
  ///   - times: how long samples take, in an order of the samples.
  ///   - hints: designs that may be good.
  ///   - relaxed: scores of which every design has one that is at least as good; nil if not known.
  ///   - report: told the designs that are decided and the best value so far.
  /// - Returns: the designs, in ascending order of the first objective, and the proof if there is one.
  /// - Throws: `CancellationError` if the task is cancelled.
  private func search<Times: SampleTimes>(
    _ goal: SearchGoal, _ options: SearchOptions, times: ([Int]) -> Times, hints: [[Int]],
    relaxed: [SIMD8<Double>]?, report: ((UInt64, Double?) -> Void)?
  ) throws -> (designs: [FoundDesign], certificate: SearchCertificate) {
    var seeds = hints
    if options.method != .genetic {
      var exact = BranchAndBound(
        layers: costs, times: times(Array(counts.indices)), goal: goal,
        limit: options.method == .exact
          ? nil : SearchOptions.wholeDesigns(samples: counts.count, areAdded: !layersOverlap))
      exact.pulse = SearchPulse(report)
      let result = try exact.search(base: baseCost, hints: hints)
      guard exact.isGivenUp else { return result }
      seeds = result.designs.map(\.choices) + hints
    }
    // The samples of a trace may be in the order of their classes.
    var order = Array(counts.indices)
    var random = RandomStream(
      seed: options.seed, path: RandomPurpose.designs.rawValue, RandomPurpose.sampleOrder.rawValue)
    random.shuffle(&order)
    var search = GeneticSearch(
      layers: costs, base: baseCost, times: times(order), goal: goal,
      settings: .init(evaluations: options.evaluations, seed: options.seed))
    search.pulse = SearchPulse(report)
    var result = try search.search(seeds: seeds)
    result.certificate.gap = relaxed.flatMap { bound in
      Self.gap(between: bound, and: result.designs.map(\.score), goal.scoreDimensions)
    }
    return result
  }

  /// The least factor, less 1, by which scores must be made better to be as good as every bound.
  private static func gap(
    between bounds: [SIMD8<Double>], and scores: [SIMD8<Double>], _ dimensions: [Int]
  ) -> Double? {
    guard !scores.isEmpty else { return nil }
    var largest = 0.0
    for bound in bounds {
      var least = Double.infinity
      for score in scores {
        var needed = 0.0
        for dimension in dimensions where score[dimension] > bound[dimension] {
          needed = max(needed, score[dimension] / bound[dimension] - 1)
        }
        least = min(least, needed)
      }
      largest = max(largest, least)
    }
    return largest.isFinite ? largest : nil
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
    (base.model as? FullyConnected2023).map { pipelineTimes($0, counts) }
  }

  private func pipelineTimes(
    _ model: FullyConnected2023, _ counts: [[[UInt32]]]
  ) -> PipelineTimes {
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
      var cycles = Array(repeating: UInt64(0), count: samples.count)
      return times.cycles(of: counts.indices, into: &cycles) ? cycles : []
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
