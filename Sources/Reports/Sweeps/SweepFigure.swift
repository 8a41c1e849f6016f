import Exploration
import SpikeTraces

/// A published figure, drawn from the results of a sweep.
public protocol SweepFigure: Sendable {
  /// The word that names the figure on the command line.
  static var name: String { get }
  /// Draws the figure of some results.
  ///
  /// - Parameter results: the points of one sweep; nothing may vary that the figure does not show.
  /// - Throws: `ExplorationError` that says what keeps the results from being this figure.
  init(_ results: SweepResults) throws(ExplorationError)
  /// What the figure shows in these results: sentences that are computed from them.
  var statements: [String] { get }
  /// The figure's marks: means over seeds.
  var rows: [ChartJSON] { get }
  /// The whole page.
  var page: Page { get }
}

extension SweepFigure {
  /// The figure's content for programs.
  public var content: ChartJSON {
    [
      "schemaVersion": 1, "figure": .text(Self.name),
      "softwareVersion": .text(SoftwareVersion.current),
      "statements": .list(statements.map { .text($0) }), "marks": .list(rows),
    ]
  }

  static var footer: String {
    "Lockstep \(SoftwareVersion.current). Latencies are simulated, exactly as the published "
      + "register-transfer code behaves (docs/Validation.md); power is estimated (docs/Power.md)."
  }
}

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
          + "): they are of different experiments; draw a figure of each file alone")
    }
  }

  /// What the figure rests on.
  var provenance: TextTable {
    var table = TextTable(columns: [.text("what"), .text("value")])
    guard let first = points.first(where: { $0.measurement != nil }),
      let measurement = first.measurement
    else { return table }
    let settings = first.hyperparameters.settings
    let seeds = Set(points.map(\.seed)).sorted().map { "\($0)" }.joined(separator: ", ")
    let failed = points.count { $0.measurement == nil }
    table.append([
      "points", "\(points.count), seeds \(seeds)" + (failed > 0 ? "; \(failed) failed" : ""),
    ])
    table.append([
      "data",
      "\(first.provenance.dataSet) (\(first.provenance.dataFingerprint)): "
        + "\(NumberFormat.count(first.provenance.trainingSamples)) samples to learn, "
        + "\(NumberFormat.count(first.provenance.validationSamples)) to choose the epoch, "
        + "\(NumberFormat.count(measurement.accuracy.samples)) to test",
    ])
    table.append([
      "network", "\(first.hyperparameters.network), \(first.hyperparameters.timeSteps) time steps",
    ])
    table.append([
      "training",
      ["epochs", "batchSize", "optimiser", "learningRate", "schedule", "loss", "encoder"]
        .compactMap { name in settings[name].map { "\(name) \($0)" } }.joined(separator: ", "),
    ])
    table.append([
      "accelerator",
      "\(measurement.platform.name) (\(measurement.platform.generation)), "
        + "\(NumberFormat.frequency(measurement.platform.clockHertz)), \(measurement.platform.device); "
        + "\(measurement.platform.samples) test samples replayed at each point",
    ])
    table.append([
      "power",
      "vectorless, as published: from resources and clock. Bounds of a point's own power are in "
        + "the tooltips; they are some 40 % wide and the same for all points, and cancel in ratios",
    ])
    table.append(["first point", first.provenance.command])
    table.append([
      "made by",
      "lockstep " + Set(points.map(\.provenance.softwareVersion)).sorted().joined(separator: ", "),
    ])
    return table
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
