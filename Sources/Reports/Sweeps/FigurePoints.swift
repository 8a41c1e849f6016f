import Exploration

/// The points of a figure, checked to be of one experiment.
struct FigurePoints: Sendable {
  let points: [SweepPoint]
  let notices: [String]

  /// Checks that only what a figure shows varies.
  ///
  /// - Parameters:
  ///   - results: the results.
  ///   - shown: what may vary, beside the seed: `beta`, `scale`.
  ///   - figure: the figure's name.
  /// - Throws: `ExplorationError` that names what else varies, or why no point was measured.
  init(_ results: SweepResults, shown: Set<String>, figure: String) throws(ExplorationError) {
    points = results.points
    notices = results.notices
    guard points.contains(where: { $0.measurement != nil }) else {
      throw ExplorationError(
        message: "none of the \(points.count) points could be measured ("
          + (points.first?.failureText ?? "there are none") + "); change the sweep")
    }
    var values: [String: Set<String>] = [:]
    for point in points {
      for (name, value) in point.conditions { values[name, default: []].insert(value) }
    }
    let strays = values.filter { $0.value.count > 1 && !shown.contains($0.key) }
    if let stray = strays.min(by: { $0.key < $1.key }) {
      throw ExplorationError(
        message: "the points of \(figure) differ in \(stray.key), too ("
          + stray.value.sorted().prefix(4).joined(separator: "; ")
          + "): they are of different experiments; draw a figure of each file alone, or of one sweep "
          + "with --sweep")
    }
  }
}

extension SweepPoint {
  /// What must be the same for all points of an experiment unless a figure shows it, by name.
  fileprivate var conditions: [String: String] {
    var values = hyperparameters.settings
    for name in ["seed", "surrogate"] { values[name] = nil }
    values["surrogate"] = hyperparameters.surrogate
    values["scale"] = hyperparameters.scale.map { "\($0)" } ?? "none"
    values["beta"] = "\(hyperparameters.beta)"
    values["theta"] = "\(hyperparameters.theta)"
    values["time steps"] = "\(hyperparameters.timeSteps)"
    values["network"] = hyperparameters.network
    values["data"] = "\(provenance.dataSet) \(provenance.dataFingerprint)"
    values["training samples"] = "\(provenance.trainingSamples)"
    if let measurement {
      values["accelerator"] =
        "\(measurement.platform.name) at \(measurement.platform.clockHertz) Hz"
      values["test samples"] = "\(measurement.accuracy.samples)"
      values["replayed samples"] = "\(measurement.platform.samples)"
    }
    return values
  }

  fileprivate var failureText: String {
    if case .failed(let reason) = outcome { return reason }
    return "measured"
  }
}
