/// What a device has, or a design takes of it, by the pools that it can run out of.
public struct DeviceCapacity: Hashable, Codable, Sendable {
  /// Look-up tables, whatever they serve as.
  public var tables: Double
  /// Flip-flops and latches.
  public var flipFlops: Double
  /// Block RAMs of 36 Kb.
  public var blockRAMs: Double
  /// Ultra RAMs of 288 Kb.
  public var ultraRAMs: Double
  /// Multipliers with adders.
  public var multipliers: Double

  /// Creates a capacity.
  public init(
    tables: Double, flipFlops: Double, blockRAMs: Double, ultraRAMs: Double, multipliers: Double
  ) {
    self.tables = tables
    self.flipFlops = flipFlops
    self.blockRAMs = blockRAMs
    self.ultraRAMs = ultraRAMs
    self.multipliers = multipliers
  }

  /// What counts of resources take of each pool.
  public init(_ counts: ResourceCounts) {
    self.init(
      tables: counts.tables, flipFlops: counts.flipFlops, blockRAMs: counts.blockRAMs,
      ultraRAMs: counts.ultraRAMs, multipliers: counts.multipliers)
  }

  /// A pool that a design can run out of.
  public enum Pool: String, CaseIterable, Hashable, Codable, Sendable {
    /// Look-up tables, whatever they serve as.
    case tables = "LUT"
    /// Flip-flops and latches.
    case flipFlops = "FF"
    /// Block RAMs of 36 Kb.
    case blockRAMs = "BRAM36"
    /// Ultra RAMs of 288 Kb.
    case ultraRAMs = "URAM"
    /// Multipliers with adders.
    case multipliers = "DSP"
  }

  /// The size of a pool.
  public subscript(pool: Pool) -> Double {
    switch pool {
    case .tables: tables
    case .flipFlops: flipFlops
    case .blockRAMs: blockRAMs
    case .ultraRAMs: ultraRAMs
    case .multipliers: multipliers
    }
  }

  /// Whether a design that takes so much fits.
  func holds(_ other: DeviceCapacity) -> Bool {
    Pool.allCases.allSatisfy { other[$0] <= self[$0] }
  }

  static func + (left: DeviceCapacity, right: DeviceCapacity) -> DeviceCapacity {
    DeviceCapacity(
      tables: left.tables + right.tables, flipFlops: left.flipFlops + right.flipFlops,
      blockRAMs: left.blockRAMs + right.blockRAMs, ultraRAMs: left.ultraRAMs + right.ultraRAMs,
      multipliers: left.multipliers + right.multipliers)
  }

  /// The smaller of two in every pool.
  func minimum(_ other: DeviceCapacity) -> DeviceCapacity {
    DeviceCapacity(
      tables: min(tables, other.tables), flipFlops: min(flipFlops, other.flipFlops),
      blockRAMs: min(blockRAMs, other.blockRAMs), ultraRAMs: min(ultraRAMs, other.ultraRAMs),
      multipliers: min(multipliers, other.multipliers))
  }

  static let zero = DeviceCapacity(ResourceCounts())
}
