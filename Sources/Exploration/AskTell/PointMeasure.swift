import PowerEstimation

/// A number that comes back for a point, for optimisers to improve.
public struct PointMeasure: Hashable, Sendable {
  /// Which way is better.
  public enum Direction: String, Codable, Sendable {
    /// More.
    case higher
    /// Less.
    case lower
  }

  /// The field's name.
  public let name: String
  /// Its unit; `1` for parts of one.
  public let unit: String
  /// Which way is better.
  public let better: Direction
  private let read: @Sendable (SweepMeasurement) -> Double

  private init(
    _ name: String, _ unit: String, _ better: Direction,
    _ read: @escaping @Sendable (SweepMeasurement) -> Double
  ) {
    self.name = name
    self.unit = unit
    self.better = better
    self.read = read
  }

  /// Its value for a point.
  public func value(_ measurement: SweepMeasurement) -> Double { read(measurement) }

  /// Measures are equal if their names are.
  public static func == (left: PointMeasure, right: PointMeasure) -> Bool {
    left.name == right.name
  }

  /// By the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// All measures, in the order in which they are explained.
  public static let all = [
    PointMeasure("accuracy", "1", .higher) { $0.accuracy.share },
    PointMeasure("firingRate", "1", .lower) { $0.firingRate },
    PointMeasure("latencyCycles", "cycles", .lower) { $0.latencyCycles.mean },
    PointMeasure("latencySeconds", "s", .lower) { $0.latencySeconds.mean },
    PointMeasure("latencyP99Seconds", "s", .lower) { $0.latencySeconds.p99 },
    PointMeasure("watts", "W", .lower) { $0.vectorless.watts.value },
    PointMeasure("joulesPerImage", "J", .lower) { $0.vectorless.joulesPerImage.value },
    PointMeasure("framesPerSecondPerWatt", "1/J", .higher) {
      $0.vectorless.framesPerSecondPerWatt.value
    },
    PointMeasure("activityWatts", "W", .lower) { $0.activity.watts.value },
    PointMeasure("activityJoulesPerImage", "J", .lower) { $0.activity.joulesPerImage.value },
    PointMeasure("activityFramesPerSecondPerWatt", "1/J", .higher) {
      $0.activity.framesPerSecondPerWatt.value
    },
  ]
}
