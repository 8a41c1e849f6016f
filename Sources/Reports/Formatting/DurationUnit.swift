/// The unit in which a span of time reads best.
public enum DurationUnit: String, CaseIterable, Sendable {
  /// 1e-9 s.
  case nanoseconds = "ns"
  /// 1e-6 s.
  case microseconds = "µs"
  /// 1e-3 s.
  case milliseconds = "ms"
  /// The SI unit.
  case seconds = "s"

  /// The largest unit of which `seconds` is at least one.
  public init(fitting seconds: Double) {
    switch abs(seconds) {
    case 0.9995...: self = .seconds
    case 0.999_5e-3...: self = .milliseconds
    case 0.999_5e-6...: self = .microseconds
    case 0: self = .seconds
    default: self = .nanoseconds
    }
  }

  /// The unit's length in seconds.
  public var seconds: Double {
    switch self {
    case .nanoseconds: 1e-9
    case .microseconds: 1e-6
    case .milliseconds: 1e-3
    case .seconds: 1
    }
  }

  /// The value in this unit, without the unit: for table cells below a header that names it.
  public func value(_ seconds: Double) -> String {
    NumberFormat.significant(seconds / self.seconds)
  }

  /// The value with its unit.
  public func text(_ seconds: Double) -> String { value(seconds) + " " + rawValue }
}
