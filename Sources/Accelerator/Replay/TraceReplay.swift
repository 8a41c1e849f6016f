import Foundation
import SpikeTraces

/// The replay of a trace on an accelerator.
///
/// ```swift
/// let trace = try TraceReader(path: "digits-test.spikes")
/// let hardware = try HardwareFile(path: "hardware/digits-demo.yaml")
/// let report = try await TraceReplay(of: trace, on: hardware).report()
/// print(report.latencySeconds.mean)
/// ```
///
/// Timing follows from the recorded spikes alone, so no weights are needed, and the result is the same
/// on every machine and with any number of threads.
public struct TraceReplay: Sendable {
  /// The trace.
  public let trace: TraceReader
  /// The hardware, fitted to the trace's network.
  public let hardware: BoundHardware
  /// The samples that are replayed.
  public let samples: Range<Int>

  /// Prepares a replay: fits the hardware to the network and checks all of it.
  ///
  /// - Parameters:
  ///   - trace: the recorded spikes.
  ///   - hardware: the accelerator.
  ///   - samples: which samples to replay, all if `nil`.
  /// - Throws: ``HardwareError`` or ``ReplayError`` if the three do not fit each other.
  public init(
    of trace: TraceReader, on hardware: HardwareFile, samples: Range<Int>? = nil
  ) throws {
    let available = 0..<trace.sampleCount
    let chosen = samples ?? available
    guard !available.isEmpty else {
      throw ReplayError("\(trace.path): the trace has no samples; record it again")
    }
    guard !chosen.isEmpty, available.contains(chosen.lowerBound),
      chosen.upperBound <= available.upperBound
    else {
      throw ReplayError(
        "\(trace.path): the trace has \(available.count) samples, from 0 to "
          + "\(available.upperBound - 1); choose samples among them")
    }
    self.trace = trace
    self.samples = chosen
    self.hardware = try hardware.fit(to: trace.header, trace: trace.path)
  }

  /// Replays the samples and sums up what they cost.
  ///
  /// - Parameters:
  ///   - threads: how many samples to replay at the same time; more than the machine has cores does
  ///     not help.
  ///   - engine: how to compute what a sample costs.
  ///   - extras: what the report holds beyond cycles and counts.
  ///   - didFinishSample: called after each sample, from any thread.
  /// - Returns: the report.
  /// - Throws: what reading the trace throws, for the first sample that cannot be read;
  ///   ``ReplayError`` if both engines were asked for and disagree;
  ///   `CancellationError` if the task is cancelled.
  public func report(
    threads: Int, engine: ReplayEngine = .event, extras: ReplayExtras = ReplayExtras(),
    didFinishSample: @escaping @Sendable () -> Void = {}
  ) async throws -> ReplayReport {
    let (trace, hardware) = (trace, hardware)
    let explains = extras.explains
    let relaxations = explains ? hardware.relaxations(for: trace.header) : []
    let sum = try await ParallelSamples.replay(
      samples, workers: threads,
      makingWorker: {
        let explainer =
          explains
          ? try SampleExplainer(
            hardware, relaxations: relaxations, timeSteps: trace.header.timeSteps) : nil
        return try TraceWorker(
          trace: trace, hardware: hardware, engine: engine, explainer: explainer)
      },
      didFinish: didFinishSample)
    var report = try ReplayReport(
      sum, trace: provenance, hardware: hardware, engine: engine,
      engines: hardware.layers.indices.map { hardware.model.engines(ofLayer: $0) },
      notes: (trace.recoveryWarning.map { [$0] } ?? []) + certainHazards)
    if let sums = sum.explanation {
      report.explanation = try ReplayExplanation(
        sums, hardware: hardware, states: SampleExplainer.stateNames(of: hardware),
        relaxations: relaxations, latency: sum.layers.reduce(0) { $0 + $1.cycles.reduce(0, +) })
    }
    if let request = extras.stream { report.stream = try stream(request, sum) }
    if extras.hasBaseline { report.baseline = baseline(report.layers) }
    return report
  }

  private func stream(
    _ request: ReplayExtras.Stream, _ sum: ReplayAggregate
  ) throws(ReplayError) -> StreamReport {
    let isLockStep = !type(of: hardware.model).layersOverlap
    let order = sum.samples.indices.sorted { sum.samples[$0] < sum.samples[$1] }
    let costs = order.map { index -> [StreamSchedule.Cost] in
      if isLockStep {
        return sum.layers.map {
          StreamSchedule.Cost(cycles: $0.cycles[index], activeCycles: $0.activeCycles[index])
        }
      }
      // The layers of a pipeline work on one sample together: the accelerator is a single stage.
      return [
        StreamSchedule.Cost(cycles: sum.latencies[index], activeCycles: sum.latencies[index])
      ]
    }
    return try StreamReport(
      costs, names: isLockStep ? hardware.layers.map(\.name) : [hardware.file.name],
      clocks: isLockStep ? hardware.clocks : [ClockDomain(frequency: hardware.file.clock)],
      buffers: hardware.file.spikeBuffers, arrivals: request.arrivals, seed: request.seed,
      deadline: request.deadline)
  }

  private func baseline(_ reports: [LayerReport]) -> [BaselineComparison] {
    let header = trace.header
    let first = hardware.firstLayer
    var input = header.boundaries[first]
    return zip(header.layers.dropFirst(first), zip(reports, hardware.layers)).map { layer, pair in
      let (report, bound) = pair
      defer { input = layer.output }
      return BaselineComparison(
        layer: layer.name,
        denseCycles: DenseSchedule.cycles(
          of: layer, input: input,
          processingElements: report.processingElements * bound.eventControllers,
          timeSteps: header.timeSteps), meanCycles: report.cycles.mean)
    }
  }

  /// What the hardware does wrong with this configuration, or may do with some spikes, a sentence
  /// each; known before anything is replayed.
  public var hazards: [String] { hardware.hazards }

  /// What the hardware does wrong with any spikes; of what it does with some, the replay reports what
  /// it met.
  private var certainHazards: [String] {
    hardware.model.hazards.filter { !$0.dependsOnSpikes }
      .map { "\(hardware.layers[$0.layer].name): \($0.description)" }
  }

  private var provenance: ReplayedTrace {
    let header = trace.header
    return ReplayedTrace(
      path: trace.path, network: header.networkName, dataSet: header.dataSet.name,
      split: header.dataSet.split, input: header.input,
      coding: header.coding.rawValue, timeSteps: header.timeSteps,
      firstSample: samples.lowerBound, samples: samples.count, samplesInTrace: trace.sampleCount,
      seed: header.seed, softwareVersion: header.softwareVersion)
  }
}
