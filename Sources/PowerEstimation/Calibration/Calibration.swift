/// Coefficients of a device from Vivado's own reports of designs on it.
public struct Calibration: Hashable, Encodable, Sendable {
  /// Two reports of the same design.
  public struct Pair: Hashable, Sendable {
    /// What the design takes.
    public var utilization: UtilizationReport
    /// What it uses.
    public var power: VivadoPowerReport
    /// The clock, Hz.
    public var clockHertz: Double
    /// How messages name it.
    public var name: String

    /// Creates a pair.
    ///
    /// - Parameters:
    ///   - utilization: what the design takes.
    ///   - power: what it uses.
    ///   - clockHertz: its clock if the report does not name exactly one.
    ///   - name: how messages name it.
    /// - Throws: ``EstimationError`` if the clock is not known.
    public init(
      utilization: UtilizationReport, power: VivadoPowerReport, clockHertz: Double?, name: String
    ) throws(EstimationError) {
      guard let clock = clockHertz ?? power.clockHertz else {
        throw EstimationError(
          file: name,
          message:
            "the report does not name exactly one clock; say which with --clock, for example "
            + "--clock '100 MHz'")
      }
      self.utilization = utilization
      self.power = power
      self.clockHertz = clock
      self.name = name
    }
  }

  /// How far the refitted model is off for a design.
  public struct Residual: Hashable, Codable, Sendable {
    /// The design.
    public var name: String
    /// What Vivado reports, W.
    public var reported: Double
    /// What the refitted model gives, W.
    public var fitted: Double

    /// By how much the model is off.
    public var relative: Double { reported == 0 ? 0 : fitted / reported - 1 }
  }

  /// The device with the new coefficients.
  public var device: Device
  /// The total power of every design.
  public var residuals: [Residual]

  /// Refits the coefficients.
  ///
  /// Of several designs a coefficient is the one with the least sum of squared relative errors; its
  /// bounds are those of the single designs, with the rounding of the reports.
  ///
  /// - Parameters:
  ///   - device: the device, whose other numbers stay.
  ///   - pairs: reports of one design or more, all on that device.
  /// - Throws: ``EstimationError`` if there are none, or of another device.
  public init(_ device: Device, from pairs: [Pair]) throws(EstimationError) {
    guard let first = pairs.first else {
      throw EstimationError(
        message: "give at least one --utilization and one --power report to calibrate with")
    }
    for pair in pairs {
      guard let named = pair.utilization.device,
        !named.uppercased().hasPrefix(device.name.uppercased())
      else { continue }
      throw EstimationError(
        file: pair.name,
        message:
          "the report is of device \(named), not of \(device.name); calibrate each device with "
          + "its own reports")
    }
    var device = device
    let origin = "calibrated with " + pairs.map(\.name).joined(separator: ", ")
    device.voltage = first.power.voltage ?? device.voltage
    device.calibrated = []
    for kind in PowerCoefficient.Kind.allCases where kind.isVectorless {
      guard let energy = Self.energy(of: kind, pairs) else { continue }
      device.calibrated.append(PowerCoefficient(kind: kind, energy: energy, source: origin))
    }
    let statics = pairs.map(\.power.staticPower)
    device.staticPower = Estimate(
      statics.reduce(0) { $0 + $1.value } / Double(statics.count),
      low: statics.reduce(.infinity) { min($0, $1.low) },
      high: statics.reduce(0) { max($0, $1.high) })
    device.staticSource = origin
    self.device = device
    let calibrated = device
    residuals = pairs.map { pair in
      var fitted = calibrated.staticPower.value
      for coefficient in calibrated.calibrated {
        let count = pair.utilization.counts[coefficient.kind.resource]
        fitted += coefficient.energy.value * count * pair.clockHertz
      }
      return Residual(
        name: pair.name,
        reported: pair.power.staticPower.value + pair.power.dynamicPower.value, fitted: fitted)
    }
  }

  /// One coefficient from all designs that have the resource; nil if none has.
  private static func energy(of kind: PowerCoefficient.Kind, _ pairs: [Pair]) -> Estimate? {
    let single = pairs.compactMap { pair -> Estimate? in
      let cycles = pair.utilization.counts[kind.resource] * pair.clockHertz
      guard cycles > 0, let power = pair.power.components[kind], power.high > 0 else { return nil }
      return power / cycles
    }
    guard !single.isEmpty else { return nil }
    // Minimises the sum of (c / c_i - 1)² over the designs.
    let inverse = single.reduce(0) { $0 + 1 / $1.value }
    let squares = single.reduce(0) { $0 + 1 / ($1.value * $1.value) }
    return Estimate(
      inverse / squares, low: single.reduce(.infinity) { min($0, $1.low) },
      high: single.reduce(0) { max($0, $1.high) })
  }

  /// Adopts how much more or less of each resource Vivado reports than we estimate for the same design.
  ///
  /// - Parameters:
  ///   - estimate: our estimate.
  ///   - measured: Vivado's counts.
  public mutating func adopt(estimate: ResourceCounts, measured: ResourceCounts) {
    for resource in Resource.allCases where estimate[resource] > 0 && measured[resource] > 0 {
      device.resourceScale[resource] = measured[resource] / estimate[resource]
    }
  }
}
