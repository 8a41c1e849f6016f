import GRDB
import PowerEstimation

/// The columns of a point, derived from it when it is added.
struct PointColumns {
  /// Names and values of one row.
  typealias Row = [(column: String, value: (any DatabaseValueConvertible)?)]

  let point: SweepPoint

  /// The row of `points`, but for the line itself and the time.
  var identity: Row {
    let constants = point.hyperparameters
    let origin = point.provenance
    var failure: String?
    if case .failed(let reason) = point.outcome { failure = reason }
    return [
      ("key", point.key), ("seed", seed), ("surrogate", constants.surrogate),
      ("scale", constants.scale), ("beta", constants.beta), ("theta", constants.theta),
      ("time_steps", constants.timeSteps), ("network", constants.network),
      ("status", failure == nil ? "measured" : "failed"), ("failure", failure),
      ("data_set", origin.dataSet), ("data_fingerprint", origin.dataFingerprint),
      ("training_samples", origin.trainingSamples),
      ("validation_samples", origin.validationSamples), ("best_epoch", origin.bestEpoch),
      ("weights_fingerprint", origin.weightsFingerprint),
      ("trace_fingerprint", origin.traceFingerprint),
      ("software_version", origin.softwareVersion), ("command", origin.command),
    ]
  }

  /// The row of `measurements`; nil if the point failed.
  var measurement: Row? {
    guard let measured = point.measurement else { return nil }
    let (power, activity) = (measured.vectorless, measured.activity)
    return [
      ("point_key", point.key), ("correct_samples", measured.accuracy.correct),
      ("test_samples", measured.accuracy.samples), ("firing_rate", measured.firingRate),
      ("hardware", measured.platform.name), ("generation", measured.platform.generation),
      ("device", measured.platform.device), ("clock_hertz", measured.platform.clockHertz),
      ("replayed_samples", measured.platform.samples),
      ("latency_mean_cycles", measured.latencyCycles.mean),
      ("latency_minimum_cycles", Int64(clamping: measured.latencyCycles.minimum)),
      ("latency_p50_cycles", Int64(clamping: measured.latencyCycles.p50)),
      ("latency_p99_cycles", Int64(clamping: measured.latencyCycles.p99)),
      ("latency_maximum_cycles", Int64(clamping: measured.latencyCycles.maximum)),
      ("latency_mean_seconds", measured.latencySeconds.mean),
      ("latency_p99_seconds", measured.latencySeconds.p99),
      ("power_watts", power.watts.value), ("power_watts_low", power.watts.low),
      ("power_watts_high", power.watts.high),
      ("joules_per_image", power.joulesPerImage.value),
      ("joules_per_image_low", power.joulesPerImage.low),
      ("joules_per_image_high", power.joulesPerImage.high),
      ("frames_per_second_per_watt", power.framesPerSecondPerWatt.value),
      ("frames_per_second_per_watt_low", power.framesPerSecondPerWatt.low),
      ("frames_per_second_per_watt_high", power.framesPerSecondPerWatt.high),
      ("activity_power_watts", activity.watts.value),
      ("activity_power_watts_low", activity.watts.low),
      ("activity_power_watts_high", activity.watts.high),
      ("activity_joules_per_image", activity.joulesPerImage.value),
      ("activity_joules_per_image_low", activity.joulesPerImage.low),
      ("activity_joules_per_image_high", activity.joulesPerImage.high),
      ("activity_frames_per_second_per_watt", activity.framesPerSecondPerWatt.value),
      ("activity_frames_per_second_per_watt_low", activity.framesPerSecondPerWatt.low),
      ("activity_frames_per_second_per_watt_high", activity.framesPerSecondPerWatt.high),
    ]
  }

  /// The rows of `hyperparameters`.
  var hyperparameters: [Row] {
    point.hyperparameters.settings.sorted { $0.key < $1.key }.map { name, value in
      [("point_key", point.key), ("name", name), ("value", value)]
    }
  }

  /// The rows of `layers`.
  var layers: [Row] {
    (point.measurement?.layers ?? []).enumerated().map { position, layer in
      [
        ("point_key", point.key), ("position", position), ("name", layer.name),
        ("neurons", layer.neurons), ("firing_rate", layer.firingRate),
      ]
    }
  }

  // SQLite's integers have 63 bits and a sign; a larger seed is kept as text.
  private var seed: any DatabaseValueConvertible {
    if let seed = Int64(exactly: point.seed) { return seed }
    return "\(point.seed)"
  }
}

extension Database {
  /// Adds a row.
  func insert(into table: String, _ row: PointColumns.Row) throws {
    let columns = row.map(\.column).joined(separator: ", ")
    let marks = row.map { _ in "?" }.joined(separator: ", ")
    try cachedStatement(sql: "INSERT INTO \(table) (\(columns)) VALUES (\(marks))").execute(
      arguments: StatementArguments(row.map(\.value)))
  }
}
