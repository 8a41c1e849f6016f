import Exploration

extension FigurePoints {
  /// What a reader must know before believing the figure.
  func warnings(_ groups: [SweepGroup]) -> [String] {
    var warnings = notices.map { "\($0)." }
    let most = groups.map(\.measurements.count).max() ?? 0
    let fewer = groups.count { $0.measurements.count < most }
    if fewer > 0 {
      warnings.append(
        "\(fewer) of \(groups.count) settings have fewer seeds than the others (which have \(most)); "
          + "the sweep is not finished, or points failed.")
    }
    return warnings
  }

  /// A sentence if no network has learned anything: the paper calls an accuracy below 20 % a failure.
  func chanceStatement(_ groups: [SweepGroup]) -> String? {
    guard let best = groups.map(\.accuracy).max(), best < 0.2 else { return nil }
    return
      "None of these networks has learned its task (\(NumberFormat.percent(best)) at most): train "
      + "for longer before reading anything into this figure."
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
