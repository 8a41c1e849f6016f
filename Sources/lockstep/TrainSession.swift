import Datasets
import Foundation
import Reports
import SpikingNetworks
import Training

/// One run of `lockstep train`, from resolved options to the written files.
struct TrainSession {
  let plan: TrainPlan
  let threads: Int

  init(_ options: TrainOptions) throws {
    threads = try TrainOptions.checkedThreads(options.threads)
    plan = try TrainPlan(options)
  }

  /// Trains, tests, records and writes; an interrupted training is written, but not recorded.
  func run(_ files: TrainFiles, showsProgress: Bool) throws -> TrainReport {
    let (network, settings, parts) = (plan.network, plan.settings, plan.parts)
    let (data, testData) = (plan.data, plan.testData)
    if showsProgress {
      for remark in plan.remarks { StandardError.write("note: \(remark)\n") }
    }
    let trainer = try Trainer(network, settings: settings, data: data, parts: parts)
    let stop = StopSignal()
    let progress = TrainProgress(
      batches: settings.epochs * settings.batches(of: parts.training.count),
      isShown: showsProgress, stop: stop)
    let start = ContinuousClock.now
    let result = try trainer.run(threads: threads, stop: stop) { progress.show($0) }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    progress.finish()
    let hyperparameters = settings.summary
    try writeLog(result.epochs, to: files.log)
    try ModelFile(network: result.network, hyperparameters: hyperparameters)
      .write(to: files.model)
    let test = try result.network.evaluate(
      testData, samples: parts.test, encoder: settings.encoder, loss: settings.loss,
      seed: settings.seed, threads: threads)
    var report = TrainReport(
      network: network, settings: settings, parts: parts, result: result, test: test,
      seconds: seconds, files: [files.model, files.log])
    guard !result.wasStopped else { return report }
    let bar = ProgressBar(
      title: "recording", total: parts.learning.count + parts.test.count, unit: "samples",
      output: showsProgress ? .standardError : nil)
    let recorder = SpikeRecorder(
      result.network, encoder: settings.encoder, seed: settings.seed,
      hyperparameters: hyperparameters)
    for (images, samples, split, path) in [
      (data, parts.learning, "train", files.trainTrace),
      (testData, parts.test, "test", files.testTrace),
    ] {
      let isWhole = try recorder.record(
        images, samples: samples, split: split, to: path, threads: threads, stop: stop
      ) {
        if Task.isCancelled { stop.raise() }
        bar.advance()
      }
      guard isWhole else { break }
      report.files.append(path)
    }
    bar.finish()
    report.wasRecordingStopped = stop.isRaised
    return report
  }

  private func writeLog(_ epochs: [EpochSummary], to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var lines = Data()
    for epoch in epochs {
      lines.append(try encoder.encode(epoch))
      lines.append(0x0A)
    }
    do {
      try lines.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw TrainingError(
        .recording, "the log cannot be written (\(error.localizedDescription))",
        remedy: "check that the folder may be written to and has space", location: path)
    }
  }
}
