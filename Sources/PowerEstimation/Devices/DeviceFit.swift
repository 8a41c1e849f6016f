/// Whether a design fits a device; if not, what is missing, and what would fit.
public struct DeviceFit: Hashable, Codable, Sendable {
  /// How a pool of the device is used.
  public struct Use: Hashable, Codable, Sendable {
    /// The pool.
    public var pool: DeviceCapacity.Pool
    /// What the design needs.
    public var needed: Estimate
    /// What the device has.
    public var available: Double

    /// The part that is used; nil if the device has nothing of it.
    public var share: Double? { available == 0 ? nil : needed.value / available }

    /// What is missing at the most likely count; 0 if nothing is.
    public var missing: Double { max(needed.value - available, 0) }
  }

  /// The answer.
  public enum Verdict: String, Hashable, Codable, Sendable {
    /// Even the upper bounds fit.
    case fits
    /// The most likely counts fit, the upper bounds do not.
    case tight
    /// The most likely counts do not fit.
    case doesNotFit = "does not fit"
  }

  /// The device's name.
  public var device: String
  /// Every pool.
  public var uses: [Use]
  /// The answer.
  public var verdict: Verdict
  /// The largest allocation that fits, if this one does not; nil if none does, even with one
  /// processing element a layer.
  public var suggestion: Allocation?
  /// What the design needs at the least, with one processing element a layer, if nothing fits.
  public var smallest: DeviceCapacity?

  /// Compares a design with a device.
  ///
  /// - Parameters:
  ///   - design: the accelerator.
  ///   - options: what the hardware file does not say.
  ///   - total: what the design needs.
  ///   - device: the device.
  init(
    _ design: HardwareDesign, options: ResourceOptions, total: ResourceEstimate, on device: Device
  ) {
    self.device = device.name
    uses = Self.uses(of: device, by: total)
    verdict = Verdict(uses)
    guard verdict == .doesNotFit else { return }
    suggestion = AllocationSearch.best(for: design, options: options, device: device)
    if suggestion == nil {
      smallest = AllocationSearch.smallest(for: design, options: options, device: device)
    }
  }
}

extension DeviceFit {
  /// How a design uses the pools of a device.
  static func uses(of device: Device, by total: ResourceEstimate) -> [Use] {
    DeviceCapacity.Pool.allCases.map { pool in
      Use(
        pool: pool,
        needed: Estimate(
          DeviceCapacity(total.value)[pool], low: DeviceCapacity(total.low)[pool],
          high: DeviceCapacity(total.high)[pool]), available: device.capacity[pool])
    }
  }
}

extension DeviceFit.Verdict {
  /// The answer for all pools together.
  init(_ uses: [DeviceFit.Use]) {
    self =
      uses.allSatisfy { $0.needed.high <= $0.available }
      ? .fits : uses.allSatisfy { $0.needed.value <= $0.available } ? .tight : .doesNotFit
  }
}

/// Other numbers of processing elements for a design.
public struct Allocation: Hashable, Codable, Sendable {
  /// A layer whose number of processing elements changes.
  public struct Change: Hashable, Codable, Sendable {
    /// The layer's name.
    public var layer: String
    /// Processing elements before; of several event controllers, of each.
    public var from: Int
    /// Processing elements after.
    public var to: Int
  }

  /// The layers that change.
  public var changes: [Change]
  /// Where the weights of fully connected layers go, if that changes.
  public var fullyConnectedWeights: ResourceOptions.WeightMemory?
  /// What the design needs then.
  public var needed: DeviceCapacity
  /// Whether no larger allocation fits: all were considered; else it was found step by step.
  public var isExact: Bool
}
