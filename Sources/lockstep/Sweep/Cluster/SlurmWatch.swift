import Exploration
import Foundation
import Reports

/// A sweep on Slurm, watched to its end: results are merged as they arrive, and tasks that were killed are
/// submitted again.
struct SlurmWatch {
  let sweep: SlurmSweep
  let output: String
  let retries: Int
  let concurrent: Int?
  let isQuiet: Bool

  /// The folder as a word of a command.
  private var folder: String { sweep.folder.path.shellWord }

  /// Watches.
  ///
  /// - Parameters:
  ///   - collected: what is there of the tasks.
  ///   - merged: where their points go.
  /// - Throws: exit status 130 when it is interrupted, after saying how to go on; what is to be done if
  ///   tasks keep ending without their points.
  func run(_ collected: inout CollectedPoints, _ merged: inout MergedResults) async throws {
    let start = ContinuousClock.now
    let bar = ProgressBar(
      title: sweep.manifest.sweep, total: sweep.manifest.points.count, unit: "points",
      done: collected.points.count, output: isQuiet ? nil : .standardError)
    defer { bar.finish() }
    var lostBefore: Set<Int> = []
    var isAnswering = true
    do {
      while true {
        let new = collected.update()
        try merged.add(new)
        if collected.points.count == sweep.manifest.points.count {
          bar.advance(by: new.count, note: "")
          return
        }
        let status = try await answer(collected, bar, &isAnswering)
        bar.advance(by: new.count, note: status.map(note))
        if let status {
          // A task that has just left the queue may have written points since they were collected, and a
          // network file system may show them late: it counts as lost when it is so twice.
          let lost = status.tasks.lost.filter { lostBefore.contains($0.task) }
          lostBefore = Set(status.tasks.lost.map(\.task))
          try await handle(lost, status, bar)
        }
        let elapsed = (ContinuousClock.now - start) / .seconds(1)
        // Slurm's controller serves everybody: the longer it takes, the less often it is asked.
        try await Task.sleep(for: .seconds(min(max(elapsed / 20, 1), 30)))
      }
    } catch is CancellationError {
      bar.finish()
      StandardError.write(
        "no longer watching; the tasks go on. \(collected.points.count) of "
          + "\(NumberFormat.amount(sweep.manifest.points.count, of: "point")) are in \(output).\n"
          + "  lockstep sweep status \(folder)\n"
          + "  lockstep sweep collect \(folder) -o \(output.shellWord) --watch\n"
          + "  lockstep sweep cancel \(folder)\n")
      throw ExitStatus.interrupted.asError
    }
  }

  /// How far it is; nil while Slurm does not answer.
  private func answer(
    _ collected: CollectedPoints, _ bar: ProgressBar, _ isAnswering: inout Bool
  ) async throws -> SweepRunStatus? {
    do {
      let status = try await sweep.status(collected)
      isAnswering = true
      return status
    } catch let error as ExplorationError {
      // Controllers restart. What tasks do does not depend on them.
      if isAnswering { say("\(error); asking again until it answers", bar) }
      isAnswering = false
      return nil
    }
  }

  /// Submits lost tasks again, or gives up when nothing else can arrive.
  private func handle(
    _ lost: [SweepRunStatus.LostTask], _ status: SweepRunStatus, _ bar: ProgressBar
  ) async throws {
    guard !sweep.folder.submissions.isCancelled else {
      throw ExplorationError(
        message:
          "the sweep was cancelled; 'lockstep sweep retry \(folder)' submits again what is missing")
    }
    let again = lost.filter { $0.retries < retries }
    if !again.isEmpty {
      for task in again {
        say(
          "task \(task.task) has ended without "
            + "\(NumberFormat.amount(task.missingPoints, of: "point")) (\(task.reason)); submitted again, "
            + "\(task.retries + 1) of \(NumberFormat.amount(retries, of: "time"))", bar)
      }
      try await sweep.submit(again.map(\.task), as: .resubmitted, concurrent: concurrent)
      return
    }
    guard !lost.isEmpty, status.tasks.running.isEmpty, status.tasks.waiting.isEmpty,
      lost.count == status.tasks.lost.count
    else { return }
    throw ExplorationError(
      message:
        "\(NumberFormat.amount(lost.count, of: "task")) ended without all points and will not be "
        + "submitted again by itself; the first is task \(lost[0].task) (\(lost[0].reason)); see "
        + "\(sweep.folder.logs), and when the cause is gone, 'lockstep sweep retry \(folder)' submits "
        + "again what is missing")
  }

  private func note(_ status: SweepRunStatus) -> String {
    let tasks = status.tasks
    let lost = tasks.lost.isEmpty ? "" : ", \(tasks.lost.count) lost"
    let failed = status.points.failed == 0 ? "" : "; points failed: \(status.points.failed)"
    return "tasks: \(tasks.running.count) running, \(tasks.waiting.count) waiting\(lost)\(failed)"
  }

  private func say(_ notice: String, _ bar: ProgressBar) {
    if !isQuiet { bar.say("note: \(notice)") }
  }
}
