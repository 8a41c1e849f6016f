import Foundation

extension SweepPoint: Codable {
  private enum CodingKeys: String, CodingKey {
    case format, schemaVersion, key, sweep, hyperparameters, seed, provenance, measurement, failure
  }

  /// Reads a point whose format and version were checked.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    key = try values.decode(String.self, forKey: .key)
    sweep = try values.decode(String.self, forKey: .sweep)
    hyperparameters = try values.decode(SweepHyperparameters.self, forKey: .hyperparameters)
    seed = try values.decode(UInt64.self, forKey: .seed)
    provenance = try values.decode(SweepProvenance.self, forKey: .provenance)
    let failure = try values.decodeIfPresent(String.self, forKey: .failure)
    let measurement = try values.decodeIfPresent(SweepMeasurement.self, forKey: .measurement)
    switch (measurement, failure) {
    case (let measurement?, nil): outcome = .measured(measurement)
    case (nil, let failure?): outcome = .failed(failure)
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .measurement, in: values,
        debugDescription: "there must be either a measurement or a failure")
    }
  }

  /// Writes the point with its format and version.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(Self.format, forKey: .format)
    try values.encode(Self.currentSchema, forKey: .schemaVersion)
    try values.encode(key, forKey: .key)
    try values.encode(sweep, forKey: .sweep)
    try values.encode(hyperparameters, forKey: .hyperparameters)
    try values.encode(seed, forKey: .seed)
    try values.encode(provenance, forKey: .provenance)
    switch outcome {
    case .measured(let measurement): try values.encode(measurement, forKey: .measurement)
    case .failed(let failure): try values.encode(failure, forKey: .failure)
    }
  }

  /// The point as a line of a results file, with its line break.
  ///
  /// - Returns: one line of JSON whose keys are sorted: equal points give equal bytes.
  /// - Throws: what encoding throws, for numbers that are not finite.
  public func line() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// What of the point's numbers cannot be, in words; nil if all of them can.
  var impossibility: String? {
    func finite(_ name: String, _ value: Double) -> String? {
      value.isFinite ? nil : "\(name) is not a finite number"
    }
    if let issue = finite("beta", hyperparameters.beta) ?? finite("theta", hyperparameters.theta) {
      return issue
    }
    if let scale = hyperparameters.scale, !(scale.isFinite && scale > 0) {
      return "the surrogate's scale is \(scale); it must be positive"
    }
    return measurement?.impossibility
  }
}

extension SweepMeasurement {
  /// What of the numbers cannot be, in words; nil if all of them can.
  fileprivate var impossibility: String? {
    guard accuracy.samples > 0, 0...accuracy.samples ~= accuracy.correct else {
      return "\(accuracy.correct) of \(accuracy.samples) test samples are right"
    }
    guard !layers.isEmpty else { return "there are no layers" }
    for layer in layers where layer.neurons < 1 || !(0...1 ~= layer.firingRate) {
      return "layer \(layer.name) has \(layer.neurons) neurons and firing rate \(layer.firingRate)"
    }
    guard platform.samples > 0, platform.clockHertz.isFinite, platform.clockHertz > 0 else {
      return "the platform has \(platform.samples) samples and a clock of \(platform.clockHertz) Hz"
    }
    let cycles = [
      Double(latencyCycles.minimum), latencyCycles.mean, Double(latencyCycles.maximum),
    ]
    guard latencyCycles.mean > 0, cycles == cycles.sorted(), latencySeconds.mean.isFinite,
      latencySeconds.mean > 0
    else { return "a mean latency of \(latencyCycles.mean) cycles cannot be" }
    for (name, power) in [("vectorless", vectorless), ("activity", activity)] {
      for estimate in [power.watts, power.joulesPerImage, power.framesPerSecondPerWatt] {
        guard estimate.low > 0, estimate.low <= estimate.value, estimate.value <= estimate.high,
          estimate.high.isFinite
        else { return "the \(name) power has bounds that are not positive or not in order" }
      }
    }
    return nil
  }
}
