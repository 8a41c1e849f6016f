/// What is looked for among designs of one clock: objectives, and the limits that must be kept.
///
/// Every measure grows with every number of a ``DesignCost``; so its value for a lower bound of the
/// numbers is a lower bound of its values.
package struct SearchGoal: Sendable {
  /// What a measure's value depends on beside the design.
  package struct Scale: Sendable {
    /// Hz.
    var clock: Double
    var samples: Int
    /// W; 0 without a device.
    var staticPower: Double
    /// The error rate of the network, 0...1; 0 if it is not known.
    var errorRate: Double
    /// One by what the device has of each number of a design; 0 for what has no end.
    var perCapacity: SIMD8<Double>

    /// Creates a scale.
    package init(
      clock: Double, samples: Int, staticPower: Double, errorRate: Double = 0,
      perCapacity: SIMD8<Double> = .zero
    ) {
      self.clock = clock
      self.samples = samples
      self.staticPower = staticPower
      self.errorRate = errorRate
      self.perCapacity = perCapacity
    }
  }

  package var scale: Scale
  package var objectives: [DesignMeasure]
  package var constraints: [DesignConstraint]
  /// Whether to look for the design that exceeds its limits by the least part of them, instead.
  package var seeksLeastExcess = false

  /// Creates a goal.
  package init(
    scale: Scale, objectives: [DesignMeasure], constraints: [DesignConstraint],
    seeksLeastExcess: Bool = false
  ) {
    self.scale = scale
    self.objectives = objectives
    self.constraints = constraints
    self.seeksLeastExcess = seeksLeastExcess
  }

  /// Room for rounding where bounds are added up in another order than designs.
  static let tolerance = 1e-9

  /// The value of a measure.
  ///
  /// - Parameters:
  ///   - measure: which one.
  ///   - cost: of the whole design, or a lower bound of it.
  ///   - tail: cycles that 99 % of the samples keep, or a lower bound of them.
  /// - Returns: the value in the measure's unit.
  package func value(_ measure: DesignMeasure, _ cost: DesignCost, tail: Double) -> Double {
    switch measure {
    case .latency: cost[.cycles] / Double(scale.samples) / scale.clock
    case .latencyP99: tail / scale.clock
    case .power: scale.staticPower + scale.clock * cost[.energyPerCycle]
    case .energy:
      (scale.staticPower + scale.clock * cost[.energyPerCycle])
        * (cost[.cycles] / Double(scale.samples) / scale.clock)
    case .tables: cost[.tables]
    case .flipFlops: cost[.flipFlops]
    case .blockRAMs: cost[.blockRAMs]
    case .ultraRAMs: cost[.ultraRAMs]
    case .multipliers: cost[.multipliers]
    case .area: (cost.values * scale.perCapacity).max()
    case .lostFrames: cost[.lostFrames]
    case .errorRate: scale.errorRate
    }
  }

  /// The first limit that a design does not keep; nil if it keeps all.
  package func violation(_ cost: DesignCost, tail: Double, slack: Double = 0) -> Int? {
    if seeksLeastExcess { return nil }
    return constraints.firstIndex {
      value($0.measure, cost, tail: tail) > $0.limit * (1 + slack) + slack * slack
    }
  }

  /// What designs are compared by: less is better.
  package func score(_ cost: DesignCost, tail: Double) -> SIMD8<Double> {
    var score = SIMD8<Double>.zero
    if seeksLeastExcess {
      score[0] =
        constraints.map { $0.excess(value($0.measure, cost, tail: tail)) }.max().map { max($0, 0) }
        ?? 0
    } else {
      for (index, measure) in objectives.enumerated() {
        score[index] = Self.rounded(value(measure, cost, tail: tail))
      }
    }
    return score
  }

  /// To 40 significant bits: values that differ by rounding only, as sums in another order and products
  /// do, are equal, so that none of them is in a front beside the other.
  private static func rounded(_ value: Double) -> Double {
    guard value.isNormal else { return value }
    return Double(bitPattern: (value.bitPattern + (1 << 11)) & ~((1 << 12) - 1))
  }

  /// Positions in ``score(_:tail:)`` that count.
  var scoreDimensions: [Int] { seeksLeastExcess ? [0] : Array(objectives.indices) }

  /// The measures that decide.
  var measures: [DesignMeasure] {
    seeksLeastExcess ? constraints.map(\.measure) : objectives + constraints.map(\.measure)
  }
}

/// A design that was found: its choices, and what it costs.
package struct FoundDesign: Sendable {
  /// The position of the chosen alternative, a layer each.
  package var choices: [Int]
  package var cost: DesignCost
  /// Cycles that 99 % of the samples keep; nil if nobody asked.
  package var tail: Double?
  package var score: SIMD8<Double>
}
