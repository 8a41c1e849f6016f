/// What a design, or a part of it, costs, in numbers that add up over layers.
///
/// One vector, so that adding and comparing are a few instructions.
package struct DesignCost: Hashable, Sendable {
  /// A number that adds up.
  package enum Dimension: Int, CaseIterable {
    /// Cycles of all samples together.
    case cycles
    /// Look-up tables, whatever they serve as.
    case tables
    /// Flip-flops and latches.
    case flipFlops
    /// Block RAMs of 36 Kb.
    case blockRAMs
    /// Ultra RAMs.
    case ultraRAMs
    /// Multipliers with adders.
    case multipliers
    /// Joules a cycle without static power: watts a hertz.
    case energyPerCycle
    /// Finished frames that the hardware loses, of all samples together.
    case lostFrames
  }

  package var values: SIMD8<Double>

  /// Creates a cost.
  package init(values: SIMD8<Double>) { self.values = values }

  package static let zero = DesignCost(values: .zero)

  package subscript(dimension: Dimension) -> Double {
    get { values[dimension.rawValue] }
    set { values[dimension.rawValue] = newValue }
  }

  package static func + (left: DesignCost, right: DesignCost) -> DesignCost {
    DesignCost(values: left.values + right.values)
  }

  /// The same, rounded so that sums are exact, whatever the order: to 2^-24 of a resource and 2^-76 J.
  ///
  /// Designs that differ by rounding only would all belong to a front.
  var onGrid: DesignCost {
    var scale = SIMD8<Double>(repeating: 0x1p24)
    scale[Dimension.energyPerCycle.rawValue] = 0x1p76
    return DesignCost(values: (values * scale).rounded(.toNearestOrEven) / scale)
  }

  /// The smaller number in every dimension.
  package func minimum(_ other: DesignCost) -> DesignCost {
    DesignCost(values: pointwiseMin(values, other.values))
  }

  /// The larger number in every dimension.
  package func maximum(_ other: DesignCost) -> DesignCost {
    DesignCost(values: pointwiseMax(values, other.values))
  }
}
