/// An FPGA: what it has, and what its power depends on.
///
/// Devices are data: `hardware/devices/*.yaml`, explained in `docs/Resources.md`.
public struct Device: Hashable, Codable, Sendable {
  /// The vendor's name of the part: `XCKU5P`.
  public var name: String
  /// The family that it belongs to, for readers.
  public var family: String
  /// How its memories are built.
  public var memories: MemoryFamily
  /// What it has.
  public var capacity: DeviceCapacity
  /// The supply of its logic at which all its numbers hold, V.
  public var voltage: Double
  /// What it takes while nothing moves, W.
  public var staticPower: Estimate
  /// Where the static power comes from.
  public var staticSource: String
  /// The name of its set of power coefficients.
  public var coefficients: String
  /// Coefficients that hold for this device instead of those of the set, from a calibration.
  public var calibrated: [PowerCoefficient]
  /// By how much measured counts of resources differed from ours, from a calibration.
  public var resourceScale: [Resource: Double]
  /// Where the capacities come from.
  public var source: String
}
