import Accelerator
import Exploration
import PowerEstimation

/// Points of sweeps with some numbers.
enum ExamplePoint {
  /// A point that was measured.
  static func measured(
    _ key: String, sweep: String = "test", beta: Double = 0.5, correct: Int = 80, seed: UInt64 = 1,
    version: String = "0.1.0", cycles: [UInt64] = [900, 1000, 1400]
  ) -> SweepPoint {
    let cycles = CycleDistribution(cycles)
    let power = SweepMeasurement.Power(
      watts: Estimate(1, low: 0.5, high: 2), joulesPerImage: Estimate(1e-5, low: 5e-6, high: 2e-5),
      framesPerSecondPerWatt: Estimate(1e5, low: 5e4, high: 2e5))
    return SweepPoint(
      key: key, sweep: sweep,
      hyperparameters: SweepHyperparameters(
        surrogate: "fast-sigmoid", scale: 0.25, beta: beta, theta: 1, timeSteps: 10,
        network: "16C3-100", settings: ["epochs": "1"]), seed: seed,
      provenance: SweepProvenance(
        softwareVersion: version, command: "lockstep train", dataSet: "digits",
        dataFingerprint: "ab", trainingSamples: 10, validationSamples: 5, bestEpoch: 1,
        weightsFingerprint: "cd", traceFingerprint: "ef"),
      outcome: .measured(
        SweepMeasurement(
          accuracy: .init(samples: 100, correct: correct),
          layers: [
            .init(name: "conv1", neurons: 300, firingRate: 0.1),
            .init(name: "fc1", neurons: 100, firingRate: 0.3),
          ],
          platform: .init(
            name: "demo", generation: "conv-2023", clockHertz: 1e8, device: "XCKU5P", samples: 3),
          latencyCycles: cycles, latencySeconds: TimeDistribution(cycles, clock: 1e8),
          vectorless: power, activity: power)))
  }

  /// A point that failed.
  static func failed(_ key: String, sweep: String = "test", reason: String = "diverged")
    -> SweepPoint
  {
    var point = measured(key, sweep: sweep, beta: 0.9)
    point.outcome = .failed(reason)
    return point
  }

  /// Points of several sweeps whose numbers are random; the same for equal seeds.
  static func random(_ count: Int, using generator: inout some RandomNumberGenerator)
    -> [SweepPoint]
  {
    (0..<count).map { _ in
      let key = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
      let sweep = ["one", "two \u{301}\"'; DROP", "three"].randomElement(using: &generator) ?? ""
      guard Int.random(in: 0..<5, using: &generator) > 0 else {
        return failed(key, sweep: sweep, reason: "line\nbreak, comma and \"quote\"")
      }
      var point = measured(
        key, sweep: sweep, beta: Double.random(in: 0...1, using: &generator),
        correct: Int.random(in: 0...100, using: &generator),
        seed: UInt64.random(in: .min ... .max, using: &generator),
        cycles: (0..<5).map { _ in UInt64.random(in: 1...1_000_000_000_000, using: &generator) })
      point.hyperparameters.scale = Bool.random(using: &generator) ? nil : 1e-300
      point.hyperparameters.settings["learningRate"] =
        "\(Double.random(in: 0...1, using: &generator))"
      return point
    }
  }
}
