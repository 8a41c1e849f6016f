/// How far what a vendor's tool makes of a design is from what Yosys counts.
///
/// Our judgement, not measured: no vendor tool was at hand. It combines look-up tables (two small ones
/// in one) and uses the multiplexers of a slice, which saves 10 to 30 %; latches and gated clocks cost
/// some. Block RAMs without an attribute may become distributed RAM or the other way round. Products
/// with constants are multipliers for Yosys and shifted sums for the vendor.
public enum SynthesisUncertainty {
  /// The lowest and the highest multiple of Yosys's count that a vendor's tool is expected to report.
  ///
  /// - Parameter resource: what is counted.
  /// - Returns: the two factors.
  public static func factors(of resource: Resource) -> (low: Double, high: Double) {
    switch resource {
    case .logicTables, .memoryTables: (0.70, 1.15)
    case .flipFlops: (0.95, 1.05)
    case .blockRAMs: (0.90, 1.10)
    case .ultraRAMs: (1, 1)
    case .multipliers: (0, 1)
    }
  }

  /// How far an assembled or assumed component may be off, as a factor in both directions.
  ///
  /// - Parameter basis: what the counts rest on.
  /// - Returns: the factor; 1 where nothing is added.
  static func factor(of basis: ComponentResources.Basis) -> Double {
    switch basis {
    case .synthesis, .packing: 1
    case .assembled: 1.2
    case .assumption: 2
    }
  }

  static func bounds(
    of counts: ResourceCounts, basis: ComponentResources.Basis, formulaError: Double
  ) -> ResourceEstimate {
    var estimate = ResourceEstimate(value: counts, low: counts, high: counts)
    let spread = factor(of: basis)
    for resource in Resource.allCases {
      let (low, high) = factors(of: resource)
      let error = resource == .logicTables ? formulaError : 0
      // A word is as wide as it is: memories of an assumed machine are counted, not guessed.
      let isCounted = [.blockRAMs, .ultraRAMs].contains(resource) && basis != .assumption
      let factor = isCounted ? 1 : spread
      estimate.low[resource] *= low * (1 - error) / factor
      estimate.high[resource] *= high * (1 + error) * factor
    }
    return estimate
  }
}
