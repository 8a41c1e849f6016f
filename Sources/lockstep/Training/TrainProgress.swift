import Foundation
import Reports
import Training

/// A training's progress on standard error: a bar with a plot below, lines of JSON, or nothing.
final class TrainProgress {
  private let form: TrainRunOptions.ProgressForm
  private let bar: ProgressBar
  private let epochs: Int
  private let isPlotted: Bool
  private let start = ContinuousClock.now
  private var samples = 0
  private var ending = ""
  private var notices: [String] = []

  /// Starts the progress.
  ///
  /// - Parameters:
  ///   - options: what to show.
  ///   - epochs: of the training.
  ///   - batches: of an epoch.
  ///   - checkpoint: where the training goes on.
  init(
    _ options: TrainRunOptions, epochs: Int, batches: Int, resuming checkpoint: TrainingCheckpoint?
  ) {
    form = options.progressForm
    self.epochs = epochs
    isPlotted = options.plot
    let done = checkpoint.map { $0.finishedEpochs * batches + $0.batchesOfNextEpoch } ?? 0
    bar = ProgressBar(
      title: "training", total: epochs * batches, unit: "batches", done: done,
      output: form == .bar ? .standardError : nil)
  }

  /// A batch was learned.
  func show(_ batch: BatchProgress) {
    samples += batch.samples
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let pace = seconds > 0.2 ? ", \(NumberFormat.count(Int(Double(samples) / seconds)))/s" : ""
    bar.advance(
      note: String(
        format: "epoch %d/%d, batch %d/%d, loss %.3f, accuracy %.1f %%", batch.epoch,
        batch.epochs, batch.batch, batch.batches, batch.loss, 100 * batch.accuracy) + pace + ending)
  }

  /// An epoch ended; all of them so far are given.
  func show(_ records: [EpochRecord]) {
    guard let last = records.last else { return }
    let cycles = last.platforms.map { ", \(NumberFormat.count(Int($0.cycles.mean))) cycles" }
    ending =
      String(format: ", validation %.1f %%", 100 * last.summary.validationAccuracy)
      + cycles.joined()
    if form == .json, let line = try? TrainLog.line(last) {
      StandardError.write(String(decoding: line, as: UTF8.self))
    }
    guard form == .bar, isPlotted else { return }
    bar.show(below: Self.plot(records, epochs: epochs).lines(TextStyle.detected(descriptor: 2)))
  }

  /// Something the user should know.
  func show(notice: String) {
    if form == .json {
      StandardError.write(
        (try? ResultJSON.line(["notice": notice])) ?? "notice: \(notice)\n")
    } else {
      notices.append(notice)
    }
  }

  /// Leaves the bar's line and says what was noticed.
  func finish() {
    bar.finish()
    for notice in notices { StandardError.write("notice: \(notice)\n") }
    notices = []
  }

  /// Accuracy, loss, spikes and cycles over the epochs.
  static func plot(_ records: [EpochRecord], epochs: Int) -> EpochPlot {
    let summaries = records.map(\.summary)
    var series = [
      EpochPlot.Series(
        title: "accuracy", values: summaries.map(\.validationAccuracy), form: .share),
      EpochPlot.Series(title: "loss", values: summaries.map(\.loss), form: .number),
      EpochPlot.Series(
        title: "firing rate",
        values: summaries.map { summary in
          summary.firingRates.reduce(0, +) / Double(max(1, summary.firingRates.count))
        }, form: .share),
    ]
    for name in records.last?.platforms.map(\.name) ?? [] {
      series.append(
        EpochPlot.Series(
          title: "cycles \(name)",
          values: records.map { record in
            record.platforms.first { $0.name == name }?.cycles.mean ?? .nan
          }, form: .count))
    }
    return EpochPlot(series, epochs: epochs)
  }
}
