import Foundation
import Reports
import Training

/// The training's progress on standard error, and Ctrl-C on its way to the trainer.
final class TrainProgress {
  private let bar: ProgressBar
  private let stop: StopSignal
  private var notices: [String] = []
  private var validation = ""

  init(batches: Int, isShown: Bool, stop: StopSignal) {
    self.stop = stop
    bar = ProgressBar(
      title: "training", total: batches, unit: "batches",
      output: isShown ? .standardError : nil)
  }

  /// Takes an event; asks the trainer to stop if the command was cancelled meanwhile.
  func show(_ event: TrainingEvent) {
    if Task.isCancelled { stop.raise() }
    switch event {
    case .batch(let batch):
      bar.advance(
        note: String(
          format: "epoch %d, loss %.3f, accuracy %.1f %%", batch.epoch, batch.loss,
          100 * batch.accuracy) + validation)
    case .epoch(let epoch):
      validation = String(format: ", validation %.1f %%", 100 * epoch.validationAccuracy)
    case .notice(let notice):
      notices.append(notice)
    }
  }

  /// Leaves the bar's line and says what was noticed.
  func finish() {
    bar.finish()
    for notice in notices { StandardError.write("notice: \(notice)\n") }
  }
}
