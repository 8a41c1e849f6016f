import Exploration
import PowerEstimation

/// The points of a sweep that differ in nothing but the seed, and their means.
struct SweepGroup: Sendable {
  let hyperparameters: SweepHyperparameters
  let measurements: [SweepMeasurement]
  /// Points that could not be measured.
  let failures: Int

  /// The groups of points, in the order in which they first appear; those without a measured point are
  /// left out.
  ///
  /// - Parameters:
  ///   - points: the points.
  ///   - key: what points of a group have in common.
  /// - Returns: the groups.
  static func groups<Key: Hashable>(
    of points: [SweepPoint], by key: (SweepHyperparameters) -> Key
  ) -> [SweepGroup] {
    var order: [Key] = []
    var members: [Key: [SweepPoint]] = [:]
    for point in points {
      let key = key(point.hyperparameters)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(point)
    }
    return order.compactMap { key in
      guard let points = members[key], let first = points.first else { return nil }
      let measurements = points.sorted { $0.seed < $1.seed }.compactMap(\.measurement)
      guard !measurements.isEmpty else { return nil }
      return SweepGroup(
        hyperparameters: first.hyperparameters, measurements: measurements,
        failures: points.count - measurements.count)
    }
  }

  /// The mean over seeds.
  func mean(_ value: (SweepMeasurement) -> Double) -> Double {
    measurements.reduce(0) { $0 + value($1) } / Double(measurements.count)
  }

  /// The smallest and the largest value of a seed.
  func range(_ value: (SweepMeasurement) -> Double) -> ClosedRange<Double> {
    let values = measurements.map(value)
    return (values.min() ?? 0)...(values.max() ?? 0)
  }

  var accuracy: Double { mean { $0.accuracy.share } }
  var firingRate: Double { mean(\.firingRate) }
  var seconds: Double { mean { $0.latencySeconds.mean } }
  var efficiency: Double { mean { $0.vectorless.framesPerSecondPerWatt.value } }

  /// The mean of an estimate and of its bounds.
  func mean(_ value: (SweepMeasurement) -> Estimate) -> Estimate {
    Estimate(
      mean { value($0).value }, low: mean { value($0).low }, high: mean { value($0).high })
  }
}

extension SweepGroup {
  /// The row of a chart: numbers for the axes, texts for the tooltip.
  var row: [String: ChartJSON] {
    let accuracies = range { $0.accuracy.share }
    let efficiencies = range { $0.vectorless.framesPerSecondPerWatt.value }
    return [
      "surrogate": .text(hyperparameters.surrogate),
      "scale": hyperparameters.scale.map { .number($0) } ?? .null,
      "beta": .number(hyperparameters.beta), "theta": .number(hyperparameters.theta),
      "accuracy": .number(accuracy), "accuracyLow": .number(accuracies.lowerBound),
      "accuracyHigh": .number(accuracies.upperBound),
      "efficiency": .number(efficiency), "efficiencyLow": .number(efficiencies.lowerBound),
      "efficiencyHigh": .number(efficiencies.upperBound),
      "firing": .number(firingRate), "latency": .number(seconds * 1e6),
      "seeds": .text(seedText),
      "accuracyText": .text(Self.percentText(accuracies, mean: accuracy)),
      "latencyText": .text(
        "\(NumberFormat.duration(seconds)) (p50 "
          + "\(NumberFormat.duration(mean { $0.latencySeconds.p50 })), p99 "
          + "\(NumberFormat.duration(mean { $0.latencySeconds.p99 })))"),
      "cyclesText": .text(NumberFormat.decimal(mean { $0.latencyCycles.mean }, places: 0)),
      "powerText": .text(Self.text(mean(\.vectorless.watts), unit: "W")),
      "energyText": .text(Self.text(mean(\.vectorless.joulesPerImage) * 1e3, unit: "mJ")),
      "efficiencyText": .text(Self.text(mean(\.vectorless.framesPerSecondPerWatt), unit: "")),
      "activityText": .text(Self.text(mean(\.activity.framesPerSecondPerWatt), unit: "")),
    ]
  }

  /// What pointing at a mark shows.
  static let tooltip: ChartJSON = [
    ["field": "surrogate"], ["field": "scale"], ["field": "beta"], ["field": "theta"],
    ["field": "accuracyText", "title": "accuracy"],
    ["field": "firing", "title": "firing rate", "format": ".2%"],
    ["field": "latencyText", "title": "latency"], ["field": "cyclesText", "title": "cycles"],
    ["field": "powerText", "title": "power (vectorless)"],
    ["field": "energyText", "title": "energy an image"],
    ["field": "efficiencyText", "title": "FPS/W (vectorless)"],
    ["field": "activityText", "title": "FPS/W (from events)"], ["field": "seeds"],
  ]

  private var seedText: String {
    NumberFormat.amount(measurements.count, of: "seed")
      + (failures > 0 ? ", \(failures) more failed" : "")
  }

  private static func percentText(_ range: ClosedRange<Double>, mean: Double) -> String {
    let text = NumberFormat.decimal(mean * 100, places: 2) + " %"
    guard range.lowerBound < range.upperBound else { return text }
    return text + " (\(NumberFormat.decimal(range.lowerBound * 100, places: 2)) to "
      + "\(NumberFormat.decimal(range.upperBound * 100, places: 2)))"
  }

  static func text(_ estimate: Estimate, unit: String) -> String {
    NumberFormat.significant(estimate.value) + (unit.isEmpty ? "" : " " + unit)
      + " (\(NumberFormat.significant(estimate.low)) to \(NumberFormat.significant(estimate.high)))"
  }
}
