import Accelerator
import Exploration
import TestSupport
import Testing

/// A space whose costs add up, with made-up costs.
private struct RandomSpace {
  var layers: [[DesignCost]]
  var cycles: [[[UInt64]]]
  var goal: SearchGoal
  let samples: Int

  /// - Parameters:
  ///   - random: where the numbers come from.
  ///   - isCoarse: few different numbers, so that many designs are equal in some of them.
  ///   - isLarge: some 40,000 to 100,000 designs, instead of at most 16,807.
  init(_ random: inout SeededGenerator, isCoarse: Bool, isLarge: Bool = false) {
    let largest = isCoarse ? 4 : 1000
    let samples = Int.random(in: 1...(isLarge ? 3 : 9), using: &random)
    self.samples = samples
    let shape =
      [[10, 10, 10, 10, 10], [46, 46, 46], [6, 6, 6, 6, 6, 6, 2], [316, 316], [3, 30_000]]
      .randomElement(using: &random) ?? []
    let depth = isLarge ? shape.count : Int.random(in: 1...5, using: &random)
    layers = []
    cycles = []
    for layer in 0..<depth {
      var alternatives: [DesignCost] = []
      var times: [[UInt64]] = []
      for _ in 0..<(isLarge ? shape[layer] : Int.random(in: 1...7, using: &random)) {
        var cost = DesignCost.zero
        for dimension in DesignCost.Dimension.allCases {
          cost[dimension] = Double(Int.random(in: 0...largest, using: &random)) / 8
        }
        let own = (0..<samples).map { _ in UInt64.random(in: 1...UInt64(largest), using: &random) }
        cost[.cycles] = Double(own.reduce(0, +))
        alternatives.append(cost)
        times.append(own)
      }
      layers.append(alternatives)
      cycles.append(times)
    }
    goal = SearchGoal(
      scale: SearchGoal.Scale(
        clock: 2, samples: samples, staticPower: Double.random(in: 0...9, using: &random),
        errorRate: 0.1, perCapacity: SIMD8(0, 1, 2, 0.5, 0, 1, 0, 0)),
      objectives: [], constraints: [])
  }

  /// Every design: cost, tail, choices.
  var designs: [(cost: DesignCost, tail: Double, choices: [Int])] {
    var all: [(DesignCost, [UInt64], [Int])] = [
      (.zero, Array(repeating: 0, count: samples), [])
    ]
    for (costs, times) in zip(layers, cycles) {
      all = all.flatMap { design in
        costs.indices.map { index in
          (
            design.0 + costs[index], zip(design.1, times[index]).map { $0 + $1 },
            design.2 + [index]
          )
        }
      }
    }
    return all.map { cost, times, choices in
      (cost, Double(CycleDistribution(times).p99), choices)
    }
  }

  /// The scores of all designs that nobody beats, by comparing each with each.
  var bruteForce: [SIMD8<Double>] {
    let scores = designs.filter { goal.violation($0.cost, tail: $0.tail) == nil }.map {
      goal.score($0.cost, tail: $0.tail)
    }
    var front: [SIMD8<Double>] = []
    for score in scores where !front.contains(where: { all($0 .<= score) }) {
      front.removeAll { all(score .<= $0) }
      front.append(score)
    }
    return front.sorted(by: precedes)
  }
}

private func precedes(_ left: SIMD8<Double>, _ right: SIMD8<Double>) -> Bool {
  for index in left.indices where left[index] != right[index] { return left[index] < right[index] }
  return false
}

/// The search is exact: compared with all designs, one by one.
@Suite struct SearchTests {
  /// A random goal; some of its limits bind, some are impossible.
  private func makeGoal(
    _ space: inout RandomSpace, _ random: inout SeededGenerator, from measures: [DesignMeasure]
  ) {
    let shuffled = measures.shuffled(using: &random)
    space.goal.objectives = Array(shuffled.prefix(Int.random(in: 1...3, using: &random)))
    let designs = space.designs
    for measure in measures where Int.random(in: 0..<3, using: &random) == 0 {
      let design = designs[Int.random(in: designs.indices, using: &random)]
      let value = space.goal.value(measure, design.cost, tail: design.tail)
      let limit = value * [0.5, 0.9, 1, 1, 1.2][Int.random(in: 0..<5, using: &random)]
      space.goal.constraints.append(
        DesignConstraint(measure, atMost: limit, origin: measure.rawValue))
    }
    space.goal.seeksLeastExcess =
      !space.goal.constraints.isEmpty && Int.random(in: 0..<4, using: &random) == 0
  }

  @Test(arguments: 1...120)
  func mergingFindsWhatBruteForceFinds(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var space = RandomSpace(&random, isCoarse: seed.isMultiple(of: 2))
    makeGoal(&space, &random, from: DesignMeasure.allCases.filter { $0 != .latencyP99 })
    let (found, certificate) = ParetoMerging(
      layers: space.layers, base: .zero, goal: space.goal
    ).search()
    #expect(found.map(\.score).sorted(by: precedes) == space.bruteForce)
    #expect(certificate.isProof && certificate.designs == UInt64(space.designs.count))
    for design in found {
      let cost = zip(space.layers, design.choices).reduce(DesignCost.zero) { $0 + $1.0[$1.1] }
      #expect(cost == design.cost)
    }
  }

  @Test(arguments: 1...120)
  func branchAndBoundFindsWhatBruteForceFinds(seed: UInt64) throws {
    var random = SeededGenerator(seed: 1000 + seed)
    var space = RandomSpace(&random, isCoarse: seed.isMultiple(of: 2))
    makeGoal(&space, &random, from: DesignMeasure.allCases)
    var search = BranchAndBound(
      layers: space.layers,
      times: LockStepTimes(cycles: space.cycles, samples: space.samples, needsTail: true),
      goal: space.goal)
    let hints = seed.isMultiple(of: 3) ? [space.layers.map { $0.count - 1 }] : []
    let (found, certificate) = try search.search(base: .zero, hints: hints)
    #expect(found.map(\.score).sorted(by: precedes) == space.bruteForce)
    #expect(certificate.isProof && certificate.designs == UInt64(space.designs.count))
  }

  /// Spaces of up to 100,000 designs, with both methods.
  @Test(arguments: 1...12)
  func largeSpacesAreSearchedExactly(seed: UInt64) throws {
    var random = SeededGenerator(seed: 3000 + seed)
    var space = RandomSpace(&random, isCoarse: seed.isMultiple(of: 3), isLarge: true)
    makeGoal(&space, &random, from: DesignMeasure.allCases.filter { $0 != .latencyP99 })
    let truth = space.bruteForce
    let merged = ParetoMerging(layers: space.layers, base: .zero, goal: space.goal).search()
    #expect(merged.designs.map(\.score).sorted(by: precedes) == truth)
    #expect(merged.certificate.isProof && merged.certificate.designs >= 40_000)
    var search = BranchAndBound(
      layers: space.layers,
      times: LockStepTimes(cycles: space.cycles, samples: space.samples, needsTail: true),
      goal: space.goal)
    let bounded = try search.search(base: .zero, hints: merged.designs.map(\.choices))
    #expect(bounded.designs.map(\.score).sorted(by: precedes) == truth)
    #expect(bounded.certificate.isProof)
  }

  @Test(arguments: 1...40)
  func pipelinesAreSearchedExactly(seed: UInt64) throws {
    var random = SeededGenerator(seed: 2000 + seed)
    let layers = Int.random(in: 1...4, using: &random)
    let steps = Int.random(in: 1...6, using: &random)
    let geometry = PipelineGeometry(
      inputs: 40, neurons: Array(repeating: 90, count: layers),
      logicalToHardwareRatios: Array(repeating: 1, count: layers), timeSteps: steps)
    let model = FullyConnected2023(
      geometry, quirks: random.subset(of: FullyConnected2023.Quirk.self))
    let counts = (0..<Int.random(in: 1...5, using: &random)).map { _ in
      (0..<layers).map { _ in
        (0..<steps).map { _ in
          Bool.random(using: &random) ? 0 : UInt32.random(in: 0...40, using: &random)
        }
      }
    }
    let ratios = (0..<layers).map { _ in
      Array([1, 2, 3, 5, 9, 63, 64, 70].shuffled(using: &random).prefix(4))
    }
    var costs = ratios.map { layer in
      layer.map { ratio in
        var cost = DesignCost.zero
        cost[.tables] = 90 / Double(ratio)
        return cost
      }
    }
    costs[0][0][.tables] += 1
    let goal = SearchGoal(
      scale: SearchGoal.Scale(clock: 1, samples: counts.count, staticPower: 0),
      objectives: [seed.isMultiple(of: 2) ? .latency : .latencyP99, .tables], constraints: [])
    var search = BranchAndBound(
      layers: costs, times: PipelineTimes(model, ratios: ratios, counts: counts), goal: goal)
    let (found, certificate) = try search.search(base: .zero)

    var front: [SIMD8<Double>] = []
    for number in 0..<ratios.reduce(1, { $0 * $1.count }) {
      var (rest, candidate, cost) = (number, model, DesignCost.zero)
      for layer in 0..<layers {
        let choice = rest % ratios[layer].count
        rest /= ratios[layer].count
        candidate.geometry.logicalToHardwareRatios[layer] = ratios[layer][choice]
        cost = cost + costs[layer][choice]
      }
      let times = try? counts.map { try candidate.closedForm(counts: $0).latency }
      guard let times else { continue }
      cost[.cycles] = Double(times.reduce(0, +))
      let score = goal.score(cost, tail: Double(CycleDistribution(times).p99))
      if front.contains(where: { all($0 .<= score) }) { continue }
      front.removeAll { all(score .<= $0) }
      front.append(score)
    }
    #expect(found.map(\.score).sorted(by: precedes) == front.sorted(by: precedes))
    #expect(certificate.isProof)
  }

  /// With as many evaluations as there are designs, the genetic search is exact.
  @Test(arguments: 1...40)
  func geneticSearchFindsAllThatIsGood(seed: UInt64) throws {
    var random = SeededGenerator(seed: 4000 + seed)
    var space = RandomSpace(&random, isCoarse: seed.isMultiple(of: 2))
    makeGoal(&space, &random, from: DesignMeasure.allCases)
    let designs = space.designs.count
    func search(_ evaluations: Int, seed: UInt64) throws -> (
      designs: [FoundDesign], certificate: SearchCertificate
    ) {
      var genetic = GeneticSearch(
        layers: space.layers, base: .zero,
        times: LockStepTimes(cycles: space.cycles, samples: space.samples, needsTail: true),
        goal: space.goal, settings: .init(evaluations: evaluations, seed: seed))
      return try genetic.search()
    }
    let truth = space.bruteForce
    let whole = try search(designs, seed: seed)
    if whole.certificate.decided == UInt64(designs) {
      #expect(whole.designs.map(\.score).sorted(by: precedes) == truth)
      #expect(whole.certificate.isProof)
    } else {
      // It may stop when children are hardly ever new; most has been looked at then.
      #expect(Double(whole.certificate.decided) > 0.5 * Double(designs))
    }
    // A part of the space: nothing is found that is better than the truth, and the same every time.
    let some = try search(max(100, designs / 10), seed: 1)
    for design in some.designs {
      #expect(truth.contains { all($0 .<= design.score) })
      #expect(space.goal.violation(design.cost, tail: design.tail ?? 0) == nil)
    }
    let again = try search(max(100, designs / 10), seed: 1)
    #expect(again.designs.map(\.choices) == some.designs.map(\.choices))
  }

  /// Designs of which one has just as many cycles on average are seldom given up, worse ones soon.
  @Test func racesKeepTheirConfidence() throws {
    var random = SeededGenerator(seed: 5)
    let (samples, trials) = (512, 600)
    func cycles(_ work: [Double], times factor: Double) -> [UInt64] {
      work.map { UInt64(($0 * factor + Double.random(in: 0..<200, using: &random)).rounded()) }
    }
    /// Whether the second of two designs is given up, and how many samples it took.
    func race(_ factor: Double) -> (isGivenUp: Bool, samples: UInt64) {
      let work = (0..<samples).map { _ in Double.random(in: 500..<1500, using: &random) }
      var times = LockStepTimes(
        cycles: [[cycles(work, times: 1), cycles(work, times: factor)]], samples: samples,
        needsTail: false)
      var race = SampleRace(samples: samples, confidence: 0.99)
      times.choose(0, layer: 0)
      _ = race.run(&times) { _ in true }
      race.addRival(others: .zero)
      times.choose(1, layer: 0)
      guard case .givenUp = race.run(&times, isRival: { _ in true }) else {
        return (false, UInt64(samples))
      }
      return (true, UInt64(samples) - race.spared)
    }
    let equals = (0..<trials).count { _ in race(1).isGivenUp }
    #expect(Double(equals) / Double(trials) <= 0.02)
    let worse = (0..<trials).map { _ in race(1.1) }
    #expect(worse.count { $0.isGivenUp } == trials)
    let samplesNeeded = worse.reduce(UInt64(0)) { $0 + $1.samples }
    #expect(samplesNeeded < UInt64(trials * 40))
    // What is better is never given up.
    let better = (0..<trials).count { _ in race(0.97).isGivenUp }
    #expect(better == 0)
  }

  @Test(arguments: 1...40)
  func percentilesAreThoseOfReplays(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let values = (0..<Int.random(in: 1...400, using: &random)).map { _ in
      UInt64.random(in: 0...(seed.isMultiple(of: 2) ? 3 : 1_000_000), using: &random)
    }
    var scratch = values
    #expect(Percentile.tail(&scratch) == CycleDistribution(values).p99)
  }
}
