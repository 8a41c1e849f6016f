/// A way in which the published hardware misbehaves with a configuration.
public struct Hazard: Hashable, Sendable, CustomStringConvertible {
  /// How bad it is.
  public enum Severity: Hashable, Sendable {
    /// The hardware never finishes.
    case neverFinishes
    /// The timing is that of the hardware, but spikes are lost or filed wrongly.
    case corrupts
  }

  /// The layer's position, from 0.
  public let layer: Int
  /// How bad it is.
  public let severity: Severity
  /// The parameter to change.
  public let parameter: String
  /// The mechanism, and what to do.
  public let description: String
  /// Whether it happens with some spikes only; a replay reports what it met.
  public var dependsOnSpikes = false
}
