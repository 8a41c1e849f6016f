/// How much of each resource something needs, or a device has.
public struct ResourceCounts: Hashable, Codable, Sendable {
  /// Look-up tables that compute.
  public var logicTables = 0.0
  /// Look-up tables that serve as memory.
  public var memoryTables = 0.0
  /// Flip-flops and latches.
  public var flipFlops = 0.0
  /// Block RAMs of 36 Kb.
  public var blockRAMs = 0.0
  /// Ultra RAMs of 288 Kb.
  public var ultraRAMs = 0.0
  /// Multipliers with adders (DSP slices).
  public var multipliers = 0.0

  /// Creates counts; what is not named is zero.
  public init(
    logicTables: Double = 0, memoryTables: Double = 0, flipFlops: Double = 0, blockRAMs: Double = 0,
    ultraRAMs: Double = 0, multipliers: Double = 0
  ) {
    self.logicTables = logicTables
    self.memoryTables = memoryTables
    self.flipFlops = flipFlops
    self.blockRAMs = blockRAMs
    self.ultraRAMs = ultraRAMs
    self.multipliers = multipliers
  }

  /// The count of one resource.
  public subscript(resource: Resource) -> Double {
    get { self[keyPath: Self.path(resource)] }
    set { self[keyPath: Self.path(resource)] = newValue }
  }

  /// All look-up tables, whatever they serve as: what a device has is one pool.
  public var tables: Double { logicTables + memoryTables }

  /// The sum, resource by resource.
  public static func + (left: ResourceCounts, right: ResourceCounts) -> ResourceCounts {
    var sum = left
    for resource in Resource.allCases { sum[resource] += right[resource] }
    return sum
  }

  /// So many times as much of everything.
  public static func * (counts: ResourceCounts, factor: Double) -> ResourceCounts {
    var product = counts
    for resource in Resource.allCases { product[resource] *= factor }
    return product
  }

  private static func path(_ resource: Resource) -> WritableKeyPath<ResourceCounts, Double> {
    switch resource {
    case .logicTables: \.logicTables
    case .memoryTables: \.memoryTables
    case .flipFlops: \.flipFlops
    case .blockRAMs: \.blockRAMs
    case .ultraRAMs: \.ultraRAMs
    case .multipliers: \.multipliers
    }
  }
}
