import PowerEstimation

/// What resources mean in cost: their counts, and the energy that they take in a cycle.
struct DesignPricing: Sendable {
  /// Which of an estimate's numbers are believed.
  enum Belief: Sendable {
    /// The lower bounds.
    case low
    /// The most likely numbers.
    case typical
    /// The upper bounds.
    case high

    /// The number of an estimate.
    func value(_ estimate: Estimate) -> Double {
      switch self {
      case .low: estimate.low
      case .typical: estimate.value
      case .high: estimate.high
      }
    }

    fileprivate func counts(_ estimate: ResourceEstimate) -> ResourceCounts {
      switch self {
      case .low: estimate.low
      case .typical: estimate.value
      case .high: estimate.high
      }
    }
  }

  /// Joules a cycle of one of each kind of resource.
  private(set) var energies: [PowerCoefficient.Kind: Double] = [:]
  /// W; 0 without a device.
  private(set) var staticPower = 0.0
  /// Which counts of resources are believed.
  var counts = Belief.typical

  /// Creates the pricing of the most likely numbers.
  ///
  /// - Parameters:
  ///   - device: the device; nil if none is named, so that nothing takes power.
  ///   - coefficients: its coefficients.
  init(device: Device?, coefficients: CoefficientSet?) {
    staticPower = device?.staticPower.value ?? 0
    for kind in PowerCoefficient.Kind.allCases where kind.isVectorless {
      energies[kind] = coefficients?[kind].energy.value
    }
  }

  /// The same with another number for a coefficient.
  func with(_ kind: PowerCoefficient.Kind, _ energy: Double) -> DesignPricing {
    var pricing = self
    pricing.energies[kind] = energy
    return pricing
  }

  /// The same with another static power, W.
  func with(staticPower: Double) -> DesignPricing {
    var pricing = self
    pricing.staticPower = staticPower
    return pricing
  }

  /// The same with other counts of resources.
  func with(counts: Belief) -> DesignPricing {
    var pricing = self
    pricing.counts = counts
    return pricing
  }

  /// What resources cost; cycles and lost frames are zero.
  func cost(of resources: ResourceEstimate) -> DesignCost {
    let counts = counts.counts(resources)
    var cost = DesignCost.zero
    cost[.tables] = counts.tables
    cost[.flipFlops] = counts.flipFlops
    cost[.blockRAMs] = counts.blockRAMs
    cost[.ultraRAMs] = counts.ultraRAMs
    cost[.multipliers] = counts.multipliers
    // As the vectorless estimate: clock x count x coefficient.
    for kind in PowerCoefficient.Kind.allCases {
      guard let energy = energies[kind] else { continue }
      cost[.energyPerCycle] += counts[kind.resource] * energy
    }
    return cost.onGrid
  }
}
