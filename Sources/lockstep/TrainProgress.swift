import Foundation
import Training

/// The training's progress on standard error: one line that changes on a terminal, else one line an
/// epoch.
struct TrainProgress {
  private let isShown: Bool
  private let isTerminal = isatty(FileHandle.standardError.fileDescriptor) != 0
  private var lastUpdate = ContinuousClock.now

  init(isShown: Bool) { self.isShown = isShown }

  mutating func show(_ event: TrainingEvent) {
    guard isShown else { return }
    switch event {
    case .batch(let batch):
      let now = ContinuousClock.now
      guard isTerminal, lastUpdate.duration(to: now) > .milliseconds(80) else { return }
      lastUpdate = now
      let done =
        (Double(batch.epoch - 1) + Double(batch.batch) / Double(batch.batches))
        / Double(batch.epochs)
      write(
        "\r" + Self.bar(done)
          + String(
            format: " epoch %d/%d  loss %.3f  accuracy %.1f %%\u{1B}[K", batch.epoch, batch.epochs,
            batch.loss, 100 * batch.accuracy))
    case .epoch(let epoch):
      let rates = epoch.firingRates.map { String(format: "%.1f", 100 * $0) }.joined(separator: "/")
      write(
        (isTerminal ? "\r" : "")
          + String(
            format: "epoch %3d  loss %.3f  training %.1f %%  validation %.1f %%  firing ",
            epoch.epoch, epoch.loss, 100 * epoch.trainingAccuracy, 100 * epoch.validationAccuracy)
          + "\(rates) %\(epoch.isBest ? "  best" : "")" + (isTerminal ? "\u{1B}[K\n" : "\n"))
    case .notice(let notice):
      write("notice: \(notice)\n")
    }
  }

  func finish() {
    if isShown, isTerminal { write("\r\u{1B}[K") }
  }

  private static func bar(_ part: Double) -> String {
    let width = 24
    let full = min(width, max(0, Int(part * Double(width))))
    return "[" + String(repeating: "=", count: full) + String(repeating: " ", count: width - full)
      + "]"
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
