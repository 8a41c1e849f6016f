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

  /// The table with everything.
  public var table: TextTable { table(for: TextStyle()) }

  /// The table for a device.
  ///
  /// - Parameter style: what the device can show; measures are left out that it has no room for.
  /// - Returns: the table.
  public func table(for style: TextStyle) -> TextTable {
    var measures = Measure.all
    var table = table(of: measures)
    while let width = style.width, table.naturalWidth > width,
      let least = measures.filter({ $0.rank > 0 }).max(by: { $0.rank < $1.rank })
    {
      measures.removeAll { $0.title == least.title }
      table = self.table(of: measures)
    }
    return table
  }

  /// A column of what was measured.
  private struct Measure: Sendable {
    let title: String
    /// The larger, the sooner it is left out where there is no room; those of 0 never are.
    let rank: Int
    let text: @Sendable (SweepMeasurement) -> String

    static let all = [
      Measure(title: "accuracy [%]", rank: 0) {
        NumberFormat.decimal($0.accuracy.share * 100, places: 2)
      },
      Measure(title: "firing [%]", rank: 3) {
        NumberFormat.decimal($0.firingRate * 100, places: 2)
      },
      Measure(title: "cycles", rank: 4) {
        NumberFormat.decimal($0.latencyCycles.mean, places: 0)
      },
      Measure(title: "p99", rank: 5) { NumberFormat.count($0.latencyCycles.p99) },
      Measure(title: "latency [µs]", rank: 0) {
        NumberFormat.decimal($0.latencySeconds.mean * 1e6, places: 1)
      },
      Measure(title: "power [W]", rank: 2) {
        NumberFormat.decimal($0.vectorless.watts.value, places: 3)
      },
      Measure(title: "mJ an image", rank: 0) {
        NumberFormat.decimal($0.vectorless.joulesPerImage.value * 1e3, places: 3)
      },
      Measure(title: "FPS/W", rank: 1) {
        NumberFormat.decimal($0.vectorless.framesPerSecondPerWatt.value, places: 0)
      },
    ]
  }

  private func table(of measures: [Measure]) -> TextTable {
    let varying = varyingNames
    let keyLength = shortestKey
    var table = TextTable(
      title: "Points",
      explanation:
        "Accuracy and firing rate on the test samples; latency and power (vectorless, in "
        + "the mean) on those that were replayed.",
      columns: (showsKeys ? [.number("key")] : [])
        + varying.map { isNumber($0) ? .number($0) : .text($0) }
        + measures.map { .number($0.title) })
    for point in points {
      let names =
        (showsKeys ? [String(point.key.prefix(keyLength))] : [])
        + varying.map { point.named[$0] ?? "" }
      table.append(
        names + (point.measurement.map { m in measures.map { $0.text(m) } } ?? ["failed"]))
    }
    return table
  }

  /// How many characters tell the keys apart, with some to spare for points to come.
  private var shortestKey: Int {
    let keys = Set(points.map(\.key))
    let longest = keys.map(\.count).max() ?? 0
    return (8..<max(longest, 9)).first { length in
      Set(keys.map { $0.prefix(length) }).count == keys.count
    } ?? longest
  }

  /// The names of what is not the same for all points, what figures draw first.
  var varyingNames: [String] {
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
  var named: [String: String] {
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
