import Exploration
import Foundation
import Reports

extension SweepCommand {
  /// Runs all points on Slurm.
  ///
  /// Nothing that is there is submitted again: neither points of the results file, nor those in the
  /// sweep's folder, nor tasks in the queue.
  func runOnSlurm(_ plan: SweepPlan) async throws {
    var merged = try MergedResults(path: output, keys: plan.jobs.map(\.key), of: plan.name)
    for notice in plan.remarks + merged.sink.notices { note(notice) }
    let isFile = input.name.hasSuffix(".yaml") || input.name.hasSuffix(".yml")
    let sweep = try await SlurmSweep(
      plan,
      specification: isFile
        ? String(contentsOfFile: input.name, encoding: .utf8) : input.name,
      slurm, known: merged.points)
    var collected = CollectedPoints(sweep.folder, sweep.manifest)
    try merged.add(collected.update())
    if collected.points.count < plan.jobs.count {
      let missing = try await sweep.status(collected).tasks.lost.map(\.task)
      if missing.isEmpty {
        note("all missing tasks are queued already")
      } else {
        let job = try await sweep.submit(
          missing, as: .submitted, concurrent: slurm.concurrent)
        note(
          "submitted \(NumberFormat.amount(missing.count, of: "task")) of "
            + "\(NumberFormat.amount(sweep.manifest.tasks, of: "task")) as job \(job), in "
            + sweep.folder.path)
      }
      if slurm.detach {
        note(
          "'lockstep sweep status \(sweep.folder.path.shellWord)' tells how far it is; the same command without "
            + "--detach, or 'lockstep sweep collect', fetches the points")
        return
      }
      try await SlurmWatch(
        sweep: sweep, output: output, retries: slurm.retries, concurrent: slurm.concurrent,
        isQuiet: quiet
      ).run(&collected, &merged)
    }
    try show(plan.jobs.compactMap { merged.points[$0.key] })
  }
}
