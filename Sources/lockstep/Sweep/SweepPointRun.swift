import Accelerator
import Exploration
import Foundation
import PowerEstimation
import SpikeTraces
import SpikingNetworks
import Training

/// One point of a sweep: train, test, record, replay, estimate power; on one thread.
struct SweepPointRun {
  private let bench: SweepBench
  private let job: SweepPlan.Job
  private let training: TrainPlan

  init(_ bench: SweepBench, _ job: SweepPlan.Job) throws {
    self.bench = bench
    self.job = job
    training = try TrainPlan(job.options, sharing: bench.data)
  }

  /// The point.
  ///
  /// - Throws: `CancellationError` if the task is cancelled, and what keeps all points from being run. A
  ///   failure of this point alone is its outcome.
  func point() async throws -> SweepPoint {
    var provenance = SweepProvenance(
      softwareVersion: SoftwareVersion.current, command: job.command,
      dataSet: training.data.name,
      dataFingerprint: job.dataFingerprint,
      trainingSamples: training.parts.training.count,
      validationSamples: training.parts.validation.count)
    let outcome: SweepPoint.Outcome
    do {
      outcome = .measured(try await measure(&provenance))
    } catch let error as TrainingError where error.code == .diverged {
      outcome = .failed(error.description)
    } catch let error as ReplayError {
      outcome = .failed(error.description)
    }
    return SweepPoint(
      key: job.key, sweep: bench.name, hyperparameters: hyperparameters,
      seed: training.settings.seed, provenance: provenance, outcome: outcome)
  }

  private func measure(_ provenance: inout SweepProvenance) async throws -> SweepMeasurement {
    let settings = training.settings
    let stop = StopSignal()
    let result = try Trainer(
      training.network, settings: settings, data: training.data, parts: training.parts
    ).run(threads: 1, stop: stop) { _ in
      if Task.isCancelled { stop.raise() }
    }
    if result.wasStopped { throw CancellationError() }
    if case .diverged(let error) = result.ending { throw error }
    let network = result.network
    let test = try network.evaluate(
      training.testData, samples: training.parts.test, encoder: settings.encoder,
      loss: settings.loss, seed: settings.seed, threads: 1)
    provenance.bestEpoch = result.bestEpoch
    provenance.weightsFingerprint = network.fingerprint

    let path = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lockstep-\(ProcessInfo.processInfo.processIdentifier)-\(job.key).spikes"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SpikeRecorder(
      network, encoder: settings.encoder, seed: settings.seed,
      hyperparameters: settings.summary
    ).record(
      training.testData, samples: Array(training.parts.test.prefix(bench.replaySamples)),
      split: "test", to: path, threads: 1)
    var digest = Fingerprint()
    digest.add(bytes: try Data(contentsOf: URL(fileURLWithPath: path)))
    provenance.traceFingerprint = digest.text
    return try await measurement(network, test, trace: TraceReader(path: path))
  }

  private func measurement(
    _ network: SpikingNetwork, _ test: Evaluation, trace: TraceReader
  ) async throws -> SweepMeasurement {
    let job = try TraceReplay(of: trace, on: bench.hardware)
    let report = try await job.report(threads: 1)
    let power = try PowerChoices.parse([]).estimates(
      report, on: job.hardware, network: trace.header, ResourceChoices.parse([])
    ).power
    guard let activity = power.activity else {
      throw ReplayError("the replay counted no events, and power depends on them")
    }
    return SweepMeasurement(
      accuracy: .init(samples: test.samples, correct: test.correct),
      layers: zip(network.plan.layers, test.firingRates).map { layer, rate in
        .init(name: layer.name, neurons: layer.shape.neurons.count, firingRate: rate)
      },
      platform: .init(
        name: report.hardware.name, generation: report.hardware.platform.rawValue,
        clockHertz: report.hardware.clockHertz, device: power.device.name,
        samples: report.trace.samples),
      latencyCycles: report.latencyCycles, latencySeconds: report.latencySeconds,
      vectorless: .init(power.vectorless), activity: .init(activity))
  }

  private var hyperparameters: SweepHyperparameters {
    let neuron = training.network.layers.last?.neuron ?? .leaky(beta: 0, threshold: 1)
    let (name, scale) = training.settings.surrogate.nameAndScale
    return SweepHyperparameters(
      surrogate: name, scale: scale, beta: Self.decimal(neuron.model.decay),
      theta: Self.decimal(neuron.threshold), timeSteps: training.network.timeSteps,
      network: NetworkNotation.text(training.network.layers),
      settings: training.settings.summary)
  }

  /// The number as it was written: 0.9, not 0.899999976.
  fileprivate static func decimal(_ value: Float) -> Double { Double("\(value)") ?? Double(value) }
}

extension Surrogate {
  /// The name on the command line, and the scale if it has one.
  fileprivate var nameAndScale: (String, Double?) {
    func named(_ name: TrainOptions.SurrogateName, _ scale: Float?) -> (String, Double?) {
      (name.rawValue, scale.map(SweepPointRun.decimal))
    }
    return switch self {
    case .fastSigmoid(let slope): named(.fastSigmoid, slope)
    case .arctangent(let alpha): named(.arctangent, alpha)
    case .sigmoid(let slope): named(.sigmoid, slope)
    case .spikeRateEscape(_, let slope): named(.spikeRateEscape, slope)
    case .straightThrough: named(.straightThrough, nil)
    case .triangle(let slope): named(.triangle, slope)
    case .triangularOfSnnTorch(let threshold):
      ("triangular-snntorch", SweepPointRun.decimal(threshold))
    }
  }
}
