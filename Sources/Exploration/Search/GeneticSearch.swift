import SeededRandom

/// The search of a space that is too large to be searched exactly: NSGA-II.
///
/// Deb, Pratap, Agarwal and Meyarivan, "A fast and elitist multiobjective genetic algorithm: NSGA-II",
/// IEEE Transactions on Evolutionary Computation 6 (2), 2002: ranks by dominance, crowding distance,
/// binary tournaments, and constraints by what they are exceeded by. A design is evaluated once; every
/// one that no other is as good as is kept, whether it stays in the population or not.
package struct GeneticSearch<Times: SampleTimes> {
  /// How it searches.
  package struct Settings: Sendable {
    /// Designs of a generation.
    var population = 96
    /// Designs to evaluate.
    var evaluations: Int
    /// Of everything that is drawn by lot.
    var seed: UInt64
    /// The confidence with which a design is given up after some of the samples; 1 for never.
    var confidence: Double

    /// Creates settings.
    package init(evaluations: Int, seed: UInt64, confidence: Double = 0.99) {
      self.evaluations = evaluations
      self.seed = seed
      self.confidence = confidence
    }
  }

  private let layers: [[DesignCost]]
  private let goal: SearchGoal
  private let base: DesignCost
  private let settings: Settings
  /// 1 for all numbers that count but the cycles.
  private let othersMask: SIMD8<Double>
  private var times: Times
  private var random: RandomStream
  private var seen: Set<UInt64> = []
  private var archive: [FoundDesign] = []
  private var race: SampleRace
  private var certificate: SearchCertificate
  private var best = Double.infinity
  /// Told the designs that are decided and the best value so far, now and then.
  var pulse = SearchPulse(nil)

  package init(
    layers: [[DesignCost]], base: DesignCost, times: Times, goal: SearchGoal, settings: Settings
  ) {
    self.layers = layers
    self.base = base
    self.times = times
    self.goal = goal
    self.settings = settings
    var mask = SIMD8<Double>.zero
    for dimension in goal.measures.flatMap(\.dimensions) where dimension != .cycles {
      mask[dimension.rawValue] = 1
    }
    othersMask = mask
    random = RandomStream(seed: settings.seed, path: RandomPurpose.designs.rawValue)
    // Confidence bounds are those of means.
    let isRaced = !goal.measures.contains(.latencyP99) && !goal.seeksLeastExcess
    race = SampleRace(
      samples: goal.scale.samples, confidence: isRaced ? settings.confidence : 1)
    certificate = SearchCertificate(
      .genetic, designs: layers.reduce(1) { $0 * UInt64($1.count) }, constraints: goal.constraints)
  }

  /// The best designs that were found, in ascending order of the first objective.
  ///
  /// - Parameter seeds: designs to begin with.
  /// - Returns: the designs, and how they were searched for; a proof only if every design was evaluated.
  /// - Throws: `CancellationError` if the task is cancelled.
  package mutating func search(
    seeds: [[Int]] = []
  ) throws -> (designs: [FoundDesign], certificate: SearchCertificate) {
    var population: [GeneticIndividual] = []
    for choices in seeds.prefix(settings.population / 2) { add(choices, to: &population) }
    for layer in [layers.map { _ in 0 }, layers.map { $0.count - 1 }] {
      add(layer, to: &population)
    }
    try fill(&population, upTo: settings.population, childrenOf: [])
    GeneticIndividual.rank(&population, goal.scoreDimensions)
    while seen.count < settings.evaluations, UInt64(seen.count) < certificate.designs {
      try Task.checkCancellation()
      pulse.report?(certificate.decided, best < .infinity ? best : nil)
      let parents = population
      let before = population.count
      try fill(&population, upTo: before + settings.population, childrenOf: parents)
      // Nothing new can be reached any more.
      guard population.count > before else { break }
      GeneticIndividual.rank(&population, goal.scoreDimensions)
      population.sort(by: GeneticIndividual.isBetter)
      population = Array(population.prefix(settings.population))
      GeneticIndividual.rank(&population, goal.scoreDimensions)
    }
    let scores = archive.map(\.score)
    let order = ParetoFilter.front(of: scores, dimensions: goal.scoreDimensions)
    certificate.step(kept: order.count, best: order.first.map { scores[$0][0] })
    certificate.samplesSpared = race.spared
    return (order.map { archive[$0] }, certificate)
  }

  /// Adds new designs until there are so many, or until hardly any is new.
  private mutating func fill(
    _ population: inout [GeneticIndividual], upTo count: Int,
    childrenOf parents: [GeneticIndividual]
  ) throws {
    var failures = 0
    while population.count < count, seen.count < settings.evaluations, failures < 50 * count {
      try Task.checkCancellation()
      if !add(child(of: parents), to: &population) { failures += 1 }
    }
  }

  private mutating func randomChoices() -> [Int] {
    layers.map { Int.random(in: $0.indices, using: &random) }
  }

  /// Uniform crossover of two winners of tournaments, and mutations: half of them to a neighbouring
  /// alternative, half to any; without parents, any design.
  private mutating func child(of parents: [GeneticIndividual]) -> [Int] {
    func winner(_ random: inout RandomStream) -> GeneticIndividual? {
      guard let first = parents.randomElement(using: &random),
        let second = parents.randomElement(using: &random)
      else { return nil }
      return GeneticIndividual.isBetter(first, second) ? first : second
    }
    guard let mother = winner(&random), let father = winner(&random) else {
      return randomChoices()
    }
    var choices = zip(mother.choices, father.choices).map {
      Bool.random(using: &random) ? $0 : $1
    }
    var mutations = 0
    for layer in choices.indices
    where Double.random(in: 0..<1, using: &random) < 1.5 / Double(choices.count) {
      mutate(&choices, layer)
      mutations += 1
    }
    if mutations == 0, choices == mother.choices || choices == father.choices {
      mutate(&choices, Int.random(in: choices.indices, using: &random))
    }
    return choices
  }

  private mutating func mutate(_ choices: inout [Int], _ layer: Int) {
    let last = layers[layer].count - 1
    choices[layer] =
      Bool.random(using: &random)
      ? min(max(choices[layer] + (Bool.random(using: &random) ? 1 : -1), 0), last)
      : Int.random(in: 0...last, using: &random)
  }

  /// Evaluates a design; false if it is known.
  @discardableResult
  private mutating func add(_ choices: [Int], to population: inout [GeneticIndividual]) -> Bool {
    var number: UInt64 = 0
    for (layer, choice) in choices.enumerated() {
      number = number * UInt64(layers[layer].count) + UInt64(choice)
    }
    guard seen.insert(number).inserted else { return false }
    if let individual = evaluate(choices) { population.append(individual) }
    return true
  }

  /// The design's scores; nil if it never finishes a sample, or was given up.
  private mutating func evaluate(_ choices: [Int]) -> GeneticIndividual? {
    var cost = base
    for (layer, choice) in choices.enumerated() {
      times.choose(choice, layer: layer)
      cost = cost + layers[layer][choice]
    }
    // What exceeds a limit whatever its cycles are need not be simulated.
    if let violated = goal.violation(cost, tail: 0) {
      certificate.excluded[violated].designs += 1
      return GeneticIndividual(choices: choices, score: .zero, excess: excess(cost, tail: 0))
    }
    let own = DesignCost(values: cost.values * othersMask)
    let outcome = race.run(&times) { $0.others.isAsGood(as: own) }
    switch outcome {
    case .neverFinishes:
      certificate.neverFinishing += 1
      return nil
    case .givenUp:
      certificate.dominated += 1
      return nil
    case .finished(let cycles, let tail):
      cost[.cycles] = cycles
      let score = goal.score(cost, tail: tail)
      let individual = GeneticIndividual(
        choices: choices, score: score,
        excess: goal.seeksLeastExcess ? 0 : excess(cost, tail: tail))
      if let violated = goal.violation(cost, tail: tail) {
        certificate.excluded[violated].designs += 1
        return individual
      }
      certificate.evaluated += 1
      guard !archive.contains(where: { all($0.score .<= score) }) else { return individual }
      archive.removeAll { all(score .<= $0.score) }
      archive.append(FoundDesign(choices: choices, cost: cost, tail: tail, score: score))
      race.addRival(others: own)
      if score[0] < best {
        best = score[0]
        certificate.step(kept: archive.count, best: best)
      }
      return individual
    }
  }

  /// By how much of the limits a design exceeds them, all together.
  private func excess(_ cost: DesignCost, tail: Double) -> Double {
    goal.constraints.reduce(0) {
      $0 + max(0, $1.excess(goal.value($1.measure, cost, tail: tail)))
    }
  }
}

extension DesignCost {
  /// Whether it is no larger in any number.
  func isAsGood(as other: DesignCost) -> Bool { all(values .<= other.values) }
}
