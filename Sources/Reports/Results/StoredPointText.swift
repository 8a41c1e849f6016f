import Exploration
import PowerEstimation

/// Everything that is known of a point, for people.
public struct StoredPointText: Sendable {
  /// The point.
  public var stored: StoredPoint

  /// Creates a text.
  public init(_ stored: StoredPoint) { self.stored = stored }

  /// The text, which ends in a line break.
  ///
  /// - Parameter style: what the device can show.
  /// - Returns: tables, and the command that trains the network.
  public func text(_ style: TextStyle) -> String {
    let tables = [origin] + measured + [settings]
    return tables.map { $0.rendered(style) }.joined(separator: "\n")
      + style.adapted("\nTrain it again:\n  \(stored.point.provenance.command)\n")
  }

  private static func table(_ title: String, _ explanation: String = "") -> TextTable {
    TextTable(
      title: title, explanation: explanation, columns: [.text("what"), .text("value")])
  }

  private var origin: TextTable {
    let point = stored.point
    let provenance = point.provenance
    var table = Self.table("Point \(point.key)")
    table.append([
      stored.sweeps.count == 1 ? "sweep" : "sweeps", stored.sweeps.joined(separator: ", "),
    ])
    table.append(["recorded", "\(stored.recorded) by lockstep \(provenance.softwareVersion)"])
    table.append([
      "data",
      "\(provenance.dataSet) (\(provenance.dataFingerprint)): "
        + "\(NumberFormat.count(provenance.trainingSamples)) samples to learn, "
        + "\(NumberFormat.count(provenance.validationSamples)) to choose the epoch",
    ])
    table.append([
      "network", "\(point.hyperparameters.network), \(point.hyperparameters.timeSteps) time steps",
    ])
    if let epoch = provenance.bestEpoch { table.append(["best epoch", "\(epoch)"]) }
    if let weights = provenance.weightsFingerprint { table.append(["weights", weights]) }
    if let trace = provenance.traceFingerprint { table.append(["trace", trace]) }
    if case .failed(let reason) = point.outcome { table.append(["failed", reason]) }
    return table
  }

  private var measured: [TextTable] {
    guard let measurement = stored.point.measurement else { return [] }
    let platform = measurement.platform
    var table = Self.table(
      "Measured",
      "On \(platform.name) (\(platform.generation)) at "
        + "\(NumberFormat.frequency(platform.clockHertz)), \(platform.device); latency and power of "
        + "\(NumberFormat.amount(platform.samples, of: "sample")).")
    let (accuracy, cycles) = (measurement.accuracy, measurement.latencyCycles)
    table.append([
      "accuracy",
      "\(NumberFormat.decimal(accuracy.share * 100, places: 2)) % "
        + "(\(NumberFormat.count(accuracy.correct)) of \(NumberFormat.count(accuracy.samples)))",
    ])
    table.append([
      "latency",
      "\(NumberFormat.duration(measurement.latencySeconds.mean)) in the mean, "
        + "\(NumberFormat.duration(measurement.latencySeconds.p99)) for 99 %",
    ])
    table.append([
      "cycles",
      "\(NumberFormat.decimal(cycles.mean, places: 2)) in the mean, "
        + "\(NumberFormat.count(cycles.minimum)) to \(NumberFormat.count(cycles.maximum))",
    ])
    for (name, power) in [
      ("vectorless", measurement.vectorless), ("activity", measurement.activity),
    ] {
      table.append(["power, \(name)", QuantityFormat.interval(power.watts, "W")])
      table.append(["energy, \(name)", QuantityFormat.interval(power.joulesPerImage, "J")])
      table.append(["FPS/W, \(name)", QuantityFormat.interval(power.framesPerSecondPerWatt, "/J")])
    }
    var layers = TextTable(
      title: "Firing", explanation: "Spikes per neuron and time step on the test samples.",
      columns: [.text("layer"), .number("neurons"), .number("firing [%]")])
    for layer in measurement.layers {
      layers.append([
        layer.name, NumberFormat.count(layer.neurons),
        NumberFormat.decimal(layer.firingRate * 100, places: 2),
      ])
    }
    return [table, layers]
  }

  private var settings: TextTable {
    let constants = stored.point.hyperparameters
    var table = Self.table("Settings")
    table.append(["surrogate", constants.surrogate])
    if let scale = constants.scale { table.append(["scale", "\(scale)"]) }
    table.append(["beta", "\(constants.beta)"])
    table.append(["theta", "\(constants.theta)"])
    table.append(["seed", "\(stored.point.seed)"])
    for (name, value) in constants.settings.sorted(by: { $0.key < $1.key })
    where name != "seed" && name != "surrogate" {
      table.append([name, value])
    }
    return table
  }
}
