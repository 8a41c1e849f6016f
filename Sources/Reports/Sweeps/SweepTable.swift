import Exploration

/// The points of a sweep as a table: what varies, and what came of it.
public struct SweepTable: Sendable {
  /// The points.
  public var points: [SweepPoint]
  /// Whether each row begins with the point's key.
  public var showsKeys: Bool

  /// Creates a table of points.
  public init(_ points: [SweepPoint], showsKeys: Bool = false) {
    self.points = points
    self.showsKeys = showsKeys
  }

  /// The table.
  public var table: TextTable {
    let varying = varyingNames
    var table = TextTable(
      title: "Points",
      explanation:
        "Accuracy and firing rate on the test samples; latency and power (vectorless, in "
        + "the mean) on those that were replayed.",
      columns: (showsKeys ? [.text("key")] : [])
        + varying.map { isNumber($0) ? .number($0) : .text($0) }
        + [
          .number("accuracy [%]"), .number("firing [%]"), .number("cycles"), .number("p99"),
          .number("latency [µs]"), .number("power [W]"), .number("mJ an image"), .number("FPS/W"),
        ])
    for point in points {
      let names = (showsKeys ? [point.key] : []) + varying.map { point.named[$0] ?? "" }
      guard let measurement = point.measurement else {
        table.append(names + ["failed"])
        continue
      }
      let power = measurement.vectorless
      table.append(
        names + [
          NumberFormat.decimal(measurement.accuracy.share * 100, places: 2),
          NumberFormat.decimal(measurement.firingRate * 100, places: 2),
          NumberFormat.decimal(measurement.latencyCycles.mean, places: 0),
          NumberFormat.count(measurement.latencyCycles.p99),
          NumberFormat.decimal(measurement.latencySeconds.mean * 1e6, places: 1),
          NumberFormat.decimal(power.watts.value, places: 3),
          NumberFormat.decimal(power.joulesPerImage.value * 1e3, places: 3),
          NumberFormat.decimal(power.framesPerSecondPerWatt.value, places: 0),
        ])
    }
    return table
  }

  /// The names of what is not the same for all points, what figures draw first.
  private var varyingNames: [String] {
    let first = SweepPoint.leadingNames
    let all = Set(points.flatMap(\.named.keys))
    return (first + all.subtracting(first).sorted()).filter { name in
      all.contains(name) && Set(points.map { $0.named[name] }).count > 1
    }
  }

  private func isNumber(_ name: String) -> Bool {
    points.allSatisfy { point in point.named[name].map { Double($0) != nil } ?? true }
  }
}

extension SweepPoint {
  fileprivate static let leadingNames = [
    "surrogate", "scale", "beta", "theta", "T", "network", "seed",
  ]

  /// All that may vary, by name.
  fileprivate var named: [String: String] {
    var values = hyperparameters.settings
    // The surrogate and the seed have columns of their own.
    values["surrogate"] = hyperparameters.surrogate
    values["seed"] = "\(seed)"
    values["scale"] = hyperparameters.scale.map { "\($0)" }
    values["beta"] = "\(hyperparameters.beta)"
    values["theta"] = "\(hyperparameters.theta)"
    values["T"] = "\(hyperparameters.timeSteps)"
    values["network"] = hyperparameters.network
    return values
  }
}
