/// A design of a generation of ``GeneticSearch``.
struct GeneticIndividual {
  var choices: [Int]
  var score: SIMD8<Double>
  /// By how much of the limits it exceeds them, all together; 0 if it keeps them.
  var excess: Double
  var rank = 0
  var crowding = 0.0

  /// Whether it goes before another: by rank, then by how lonely it is in the front of its rank.
  static func isBetter(_ left: GeneticIndividual, _ right: GeneticIndividual) -> Bool {
    left.rank != right.rank ? left.rank < right.rank : left.crowding > right.crowding
  }

  /// Whether the first is better in one objective and worse in none, or exceeds the limits by less.
  private static func dominates(_ left: GeneticIndividual, _ right: GeneticIndividual) -> Bool {
    if left.excess > 0 || right.excess > 0 { return left.excess < right.excess }
    return all(left.score .<= right.score) && any(left.score .< right.score)
  }

  /// Ranks by dominance, from 0, and crowding distances within each.
  static func rank(_ population: inout [GeneticIndividual], _ dimensions: [Int]) {
    var dominators = Array(repeating: 0, count: population.count)
    var dominated = Array(repeating: [Int](), count: population.count)
    for left in population.indices {
      for right in population.indices where dominates(population[left], population[right]) {
        dominated[left].append(right)
        dominators[right] += 1
      }
    }
    var front = population.indices.filter { dominators[$0] == 0 }
    var rank = 0
    while !front.isEmpty {
      crowd(&population, front, dimensions)
      var next: [Int] = []
      for member in front {
        population[member].rank = rank
        for other in dominated[member] {
          dominators[other] -= 1
          if dominators[other] == 0 { next.append(other) }
        }
      }
      front = next.sorted()
      rank += 1
    }
  }

  private static func crowd(
    _ population: inout [GeneticIndividual], _ front: [Int], _ dimensions: [Int]
  ) {
    for member in front { population[member].crowding = 0 }
    for dimension in dimensions {
      let order = front.sorted {
        (population[$0].score[dimension], $0) < (population[$1].score[dimension], $1)
      }
      guard let first = order.first, let last = order.last else { continue }
      let width = population[last].score[dimension] - population[first].score[dimension]
      population[first].crowding = .infinity
      population[last].crowding = .infinity
      guard width > 0 else { continue }
      for index in order.indices.dropFirst().dropLast() {
        let gap =
          population[order[index + 1]].score[dimension]
          - population[order[index - 1]].score[dimension]
        population[order[index]].crowding += gap / width
      }
    }
  }
}
