import Accelerator
import Foundation
import Reports
import SpikeTraces
import SpikingNetworks
import Training

/// One run of `lockstep train`: the trainer, and what happens around it after batches and epochs.
final class TrainRun {
  let plan: TrainPlan
  let threads: Int
  let options: TrainRunOptions
  let files: TrainFiles
  let trainer: Trainer
  /// What the data are, for headers.
  let dataIdentity: DataIdentity
  let stop = StopSignal()
  private let resumption: TrainResumption?
  private let arguments: [String]
  private let meters: [PlatformMeter]
  private let onTheWay: [RecordedPart]
  private let atTheEnd: [RecordedPart]
  private let log: TrainLog
  private let progress: TrainProgress
  private var notices: [String]

  /// Checks all that can be checked before the first batch.
  init(
    _ plan: TrainPlan, _ options: TrainRunOptions, files: TrainFiles, threads: Int,
    resuming resumption: TrainResumption?
  ) throws {
    self.plan = plan
    self.threads = threads
    self.options = options
    self.files = files
    self.resumption = resumption
    arguments =
      resumption?.checkpoint.arguments
      ?? TrainResumption.ownArguments.filter { $0 != "--restart" }
    trainer = try Trainer(
      plan.network, settings: plan.settings, data: plan.data, parts: plan.parts)
    dataIdentity = try trainer.identity().data
    let recorder = SpikeRecorder(
      trainer.network, encoder: plan.settings.encoder, seed: plan.settings.seed)
    let observed = min(options.platformSamples, plan.parts.validation.count)
    meters = try options.platform.map { file in
      try PlatformMeter(
        file: file, header: recorder.header(plan.data, split: "validation"), samples: observed)
    }
    let selection = options.recordSamples
    onTheWay =
      options.record.every == nil && !options.record.last
      ? [] : try (selection ?? .onTheWay(plan)).parts(plan)
    atTheEnd = options.record.best ? try (selection ?? .all).parts(plan) : []
    // A network that cannot be recorded is noticed before it is trained.
    if !onTheWay.isEmpty || !atTheEnd.isEmpty {
      _ = try recorder.header(plan.data, split: "train")
    }
    notices = plan.remarks + ((resumption?.notice).map { [$0] } ?? [])
    for meter in meters { notices += meter.hazards.map { "\(meter.name): \($0)" } }
    if let checkpoint = resumption?.checkpoint {
      try trainer.check(checkpoint)
    } else {
      try files.checkpoint.makeRoom(isAsked: options.restart)
    }
    log = try TrainLog(path: files.log, resuming: resumption?.checkpoint)
    progress = TrainProgress(
      options, epochs: plan.settings.epochs,
      batches: plan.settings.batches(of: plan.parts.training.count),
      resuming: resumption?.checkpoint)
  }

  /// Trains, tests, records and writes.
  func run() throws -> TrainReport {
    for notice in notices { progress.show(notice: notice) }
    let start = ContinuousClock.now
    let result: TrainingResult
    do {
      result = try trainer.run(
        threads: threads, resuming: resumption?.checkpoint,
        checkpoints: options.checkpoint.interval, stop: stop, observer: observer,
        progress: handle)
    } catch {
      progress.finish()
      throw error
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    progress.finish()
    let origin = TraceOrigin(self, result: result)
    try ModelFile(network: result.network, hyperparameters: origin.best.hyperparameters)
      .write(to: files.model)
    let test = try evaluate(result.network)
    var report = TrainReport(
      network: plan.network, settings: plan.settings, parts: plan.parts, result: result,
      epochs: log.epochs, notices: notices, test: test, seconds: seconds,
      files: [files.model, files.log])
    for timeSteps in plan.preset.furtherTestTimeSteps
    where timeSteps != plan.network.timeSteps && plan.data.kind == .images {
      var description = result.network.description
      description.timeSteps = timeSteps
      let network = try SpikingNetwork(description, weights: result.network.weights)
      report.furtherTests.append(
        .init(timeSteps: timeSteps, evaluation: try evaluate(network)))
    }
    switch result.ending {
    case .stopped:
      if files.checkpoint.exists { report.resumable = files.checkpoint.path }
      return report
    case .diverged:
      break
    case .finished, .outOfPatience:
      try recordAtTheEnd(result, origin, &report)
    }
    if !report.wasRecordingStopped { files.checkpoint.remove() }
    return report
  }

  /// How a network does on the test samples.
  private func evaluate(_ network: SpikingNetwork) throws(TrainingError) -> Evaluation {
    try network.evaluate(
      plan.testData, samples: plan.parts.test, encoder: plan.settings.encoder,
      loss: plan.settings.loss, seed: plan.settings.seed, threads: threads)
  }

  /// Looks at the validation samples for all platforms.
  private var observer: SampleObserver? {
    guard !meters.isEmpty else { return nil }
    let meters = meters
    return SampleObserver(
      samples: min(options.platformSamples, plan.parts.validation.count)
    ) { position, record in
      for meter in meters { meter.observe(position, record) }
    }
  }

  private func handle(_ event: TrainingEvent) throws(TrainingError) {
    if Task.isCancelled { stop.raise() }
    switch event {
    case .batch(let batch): progress.show(batch)
    case .epoch(let summary, let network): try finishEpoch(summary, network)
    case .notice(let notice): progress.show(notice: notice)
    case .checkpoint(var checkpoint):
      checkpoint.arguments = arguments
      do {
        try files.checkpoint.write(checkpoint)
      } catch {
        // Training goes on: what is learned is worth more than the way back to it.
        note(error.description)
      }
    }
  }

  private func finishEpoch(
    _ summary: EpochSummary, _ network: SpikingNetwork
  ) throws(TrainingError) {
    var record = EpochRecord(summary: summary)
    for meter in meters {
      let (cost, failure) = meter.finishEpoch()
      if let cost { record.platforms.append(cost) }
      if let failure { note(failure) }
    }
    try log.append(record)
    progress.show(log.epochs)
    guard options.record.includes(epoch: summary.epoch) else { return }
    let recorder = TraceOrigin.Network(self, network, summary).recorder(self)
    for part in onTheWay {
      // Finished even if the training is being stopped, so that resuming need not come back to it.
      try recorder.record(
        part.data, samples: part.samples, split: part.split,
        to: files.trace(part.suffix, epoch: summary.epoch), threads: threads)
    }
  }

  private func recordAtTheEnd(
    _ result: TrainingResult, _ origin: TraceOrigin, _ report: inout TrainReport
  ) throws {
    var work: [(SpikeRecorder, RecordedPart, path: String)] = []
    if options.record.last, let last = origin.last,
      !options.record.includes(epoch: result.epochs.count)
    {
      work += onTheWay.map {
        (last.recorder(self), $0, files.trace($0.suffix, epoch: result.epochs.count))
      }
    }
    work += atTheEnd.map { (origin.best.recorder(self), $0, files.trace($0.suffix)) }
    report.files += files.tracesOnTheWay(
      result.epochs.map(\.epoch).filter(options.record.includes), parts: onTheWay)
    let bar = ProgressBar(
      title: "recording", total: work.reduce(0) { $0 + $1.1.samples.count }, unit: "samples",
      output: options.progressForm == .bar && !work.isEmpty ? .standardError : nil)
    for (recorder, part, path) in work {
      let isWhole = try recorder.record(
        part.data, samples: part.samples, split: part.split, to: path, threads: threads,
        stop: stop
      ) {
        if Task.isCancelled { stop.raise() }
        bar.advance()
      }
      guard isWhole else { break }
      report.files.append(path)
    }
    bar.finish()
    report.wasRecordingStopped = stop.isRaised
    if stop.isRaised, files.checkpoint.exists { report.resumable = files.checkpoint.path }
  }

  private func note(_ notice: String) {
    guard !notices.contains(notice) else { return }
    notices.append(notice)
    progress.show(notice: notice)
  }
}

extension CheckpointFile {
  /// Makes sure that no unfinished training is overwritten unasked.
  fileprivate func makeRoom(isAsked: Bool) throws {
    guard exists else { return }
    guard !isAsked else { return remove() }
    let position = (try? TrainingCheckpoint(decoding: Data(contentsOf: URL(fileURLWithPath: path))))
      .map { ", \($0.position)" }
    throw TrainingError(
      .checkpoint, "there is an unfinished training\(position ?? "")",
      remedy: "go on with it: lockstep train --resume \(path); or begin anew with --restart",
      location: path)
  }
}
