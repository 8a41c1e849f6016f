/// How a device is run.
///
/// The energy of every event changes with the square of the voltage, as that of charging a capacitance.
public struct OperatingPoint: Hashable, Codable, Sendable {
  /// The frequency, as a multiple of the hardware file's; all clocks of layers scale with it.
  public var frequencyScale: Double
  /// The supply of the logic, V; nil: that of the device.
  public var voltage: Double?
  /// Whether a layer's clock stands still while the layer is not active.
  public var gatesClocks: Bool

  /// As the hardware file and the device say, clocks always running: as published.
  public static let published = OperatingPoint()

  /// Creates an operating point.
  public init(frequencyScale: Double = 1, voltage: Double? = nil, gatesClocks: Bool = false) {
    self.frequencyScale = frequencyScale
    self.voltage = voltage
    self.gatesClocks = gatesClocks
  }

  /// By how much static power changes: with the cube, an assumption (leakage currents grow faster than
  /// the voltage, roughly with its square).
  package func staticScale(from nominal: Double) -> Double {
    let ratio = (voltage ?? nominal) / nominal
    return ratio * ratio * ratio
  }
}
