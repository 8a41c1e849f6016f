/// How much of each resource something is expected to need, with bounds.
public struct ResourceEstimate: Hashable, Codable, Sendable {
  /// The most likely counts.
  public var value: ResourceCounts
  /// The lower bounds.
  public var low: ResourceCounts
  /// The upper bounds.
  public var high: ResourceCounts

  /// Creates an estimate.
  public init(value: ResourceCounts, low: ResourceCounts, high: ResourceCounts) {
    self.value = value
    self.low = low
    self.high = high
  }

  /// Nothing.
  public static let zero = ResourceEstimate(
    value: ResourceCounts(), low: ResourceCounts(), high: ResourceCounts())

  /// The estimate of one resource.
  public subscript(resource: Resource) -> Estimate {
    get { Estimate(value[resource], low: low[resource], high: high[resource]) }
    set {
      value[resource] = newValue.value
      low[resource] = newValue.low
      high[resource] = newValue.high
    }
  }

  /// All look-up tables, whatever they serve as.
  public var tables: Estimate { self[.logicTables] + self[.memoryTables] }

  /// The sum, resource by resource, with the bounds' sums as bounds.
  public static func + (left: ResourceEstimate, right: ResourceEstimate) -> ResourceEstimate {
    ResourceEstimate(
      value: left.value + right.value, low: left.low + right.low, high: left.high + right.high)
  }

  /// So many times as much of everything.
  public static func * (estimate: ResourceEstimate, factor: Double) -> ResourceEstimate {
    ResourceEstimate(
      value: estimate.value * factor, low: estimate.low * factor, high: estimate.high * factor)
  }
}
