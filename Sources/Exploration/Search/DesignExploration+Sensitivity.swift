import PowerEstimation

extension DesignExploration {
  /// Searches again with the lower and the upper bound of everything that is estimated, one thing at a
  /// time: counts of resources and, if energy or power is asked for, its coefficients and static power.
  ///
  /// - Parameters:
  ///   - front: the front with the most likely numbers.
  ///   - options: how to search.
  /// - Returns: a row for each thing that is estimated.
  /// - Throws: `CancellationError` if the task is cancelled.
  func sensitivity(
    of front: [Found], _ options: SearchOptions
  ) throws -> [ExplorationReport.Sensitivity] {
    guard let pricing = variants.first?.pricing else { return [] }
    var rows: [ExplorationReport.Sensitivity] = []
    func add(
      _ name: String, _ unit: String, _ number: Estimate,
      _ priced: (DesignPricing.Belief) -> DesignPricing
    ) throws {
      rows.append(
        ExplorationReport.Sensitivity(
          coefficient: name, unit: unit, number: number.value,
          low: try outcome(number.low, priced(.low), front, options),
          high: try outcome(number.high, priced(.high), front, options)))
    }
    let asked = space.objectives + space.constraints.map(\.measure)
    let costsEnergy = asked.contains(.energy) || asked.contains(.power)
    if costsEnergy, let device {
      try add("static power", "W", device.staticPower) { belief in
        pricing.with(staticPower: belief.value(device.staticPower))
      }
    }
    for kind in PowerCoefficient.Kind.allCases
    where costsEnergy && kind.isVectorless && uses(kind.resource) {
      guard let energy = coefficients?[kind].energy else { continue }
      try add("energy of a \(kind.basis) (\(kind.rawValue))", "J", energy) { belief in
        pricing.with(kind, belief.value(energy))
      }
    }
    try add("counts of resources", "", Estimate(exactly: 1)) { pricing.with(counts: $0) }
    return rows
  }

  /// Whether any design has a resource of that kind.
  private func uses(_ resource: Resource) -> Bool {
    variants.contains { variant in
      variant.baseResources[resource].high > 0
        || variant.layers.contains { layer in
          layer.alternatives.contains { $0.resources[resource].high > 0 }
        }
    }
  }

  private func outcome(
    _ number: Double, _ pricing: DesignPricing, _ front: [Found], _ options: SearchOptions
  ) throws -> ExplorationReport.Sensitivity.Outcome {
    let repriced = variants.map { $0.repriced(pricing) }
    let found = try search(repriced, constraints, options).designs
    return ExplorationReport.Sensitivity.Outcome(
      number: number, front: found.count,
      kept: found.count { design in front.contains { $0.isSame(as: design) } },
      best: found.first.map { design($0, in: repriced) },
      bestStays: zip(found.prefix(1), front.prefix(1)).contains { $0.isSame(as: $1) })
  }
}
