import Accelerator
import Exploration
import PowerEstimation

extension SweepPoint {
  /// A point whose latency and efficiency follow from its microseconds.
  static func example(
    _ surrogate: String = "fast-sigmoid", scale: Double = 0.25, beta: Double = 0.25,
    theta: Double = 1, seed: UInt64 = 1, accuracy: Int, firing: Double = 0.1,
    microseconds: UInt64 = 1000
  ) -> SweepPoint {
    let cycles = CycleDistribution([microseconds * 100])
    let seconds = Double(microseconds) * 1e-6
    let power = SweepMeasurement.Power(
      watts: Estimate(1, low: 0.6, high: 1.4),
      joulesPerImage: Estimate(1, low: 0.6, high: 1.4) * seconds,
      framesPerSecondPerWatt: 1 / (Estimate(1, low: 0.6, high: 1.4) * seconds))
    return SweepPoint(
      key: "\(surrogate) \(scale) \(beta) \(theta) \(seed)", sweep: "test",
      hyperparameters: SweepHyperparameters(
        surrogate: surrogate, scale: scale, beta: beta, theta: theta, timeSteps: 10,
        network: "16C3-100", settings: ["epochs": "4", "seed": "\(seed)", "surrogate": surrogate]),
      seed: seed,
      provenance: SweepProvenance(
        softwareVersion: "0.1.0", command: "lockstep train", dataSet: "fashion-mnist",
        dataFingerprint: "ab", trainingSamples: 10, validationSamples: 5),
      outcome: .measured(
        SweepMeasurement(
          accuracy: .init(samples: 1000, correct: accuracy),
          layers: [.init(name: "conv1", neurons: 300, firingRate: firing)],
          platform: .init(
            name: "demo", generation: "conv-2023", clockHertz: 1e8, device: "XCKU5P", samples: 1),
          latencyCycles: cycles, latencySeconds: TimeDistribution(cycles, clock: 1e8),
          vectorless: power, activity: power)))
  }
}
