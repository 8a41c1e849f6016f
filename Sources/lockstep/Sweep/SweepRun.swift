import Exploration
import Foundation
import Reports

/// The points of a sweep at work: several at a time, a thread each.
struct SweepRun {
  private let plan: SweepPlan
  private let file: SweepResultsFile
  private let threads: Int
  private let isQuiet: Bool

  init(_ plan: SweepPlan, file: SweepResultsFile, threads: Int, isQuiet: Bool) {
    self.plan = plan
    self.file = file
    self.threads = threads
    self.isQuiet = isQuiet
  }

  /// Runs the points that are not in the file yet, and adds them to it as they end.
  ///
  /// - Returns: all points of the sweep, in its order.
  /// - Throws: exit status 130 when it is interrupted, after saying how to go on.
  func points() async throws -> [SweepPoint] {
    var points = Dictionary(
      file.results.points.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let pending = plan.jobs.filter { points[$0.key] == nil }
    let bar = ProgressBar(
      title: plan.name, total: plan.jobs.count, unit: "points",
      done: plan.jobs.count - pending.count, output: isQuiet ? nil : .standardError)
    var best = plan.jobs.compactMap { points[$0.key]?.measurement?.accuracy.share }.max() ?? 0
    do {
      try await withThrowingTaskGroup(of: SweepPoint.self) { group in
        var waiting = pending.makeIterator()
        func startNext() {
          guard let job = waiting.next() else { return }
          let plan = plan
          group.addTask { try await SweepPointRun(plan, job).point() }
        }
        for _ in 0..<threads { startNext() }
        for try await point in group {
          try file.append(point)
          points[point.key] = point
          best = max(best, point.measurement?.accuracy.share ?? 0)
          bar.advance(note: "best \(NumberFormat.percent(best))")
          if !Task.isCancelled { startNext() }
        }
      }
      try Task.checkCancellation()
    } catch is CancellationError {
      bar.finish()
      StandardError.write(
        "interrupted; \(points.count { plan.contains($0.key) }) of "
          + "\(NumberFormat.amount(plan.jobs.count, of: "point")) are in \(file.path), and the same "
          + "command goes on\n")
      throw ExitStatus.interrupted.asError
    }
    bar.finish()
    return plan.jobs.compactMap { points[$0.key] }
  }
}

extension SweepPlan {
  /// Whether a point is one of the sweep's.
  fileprivate func contains(_ key: String) -> Bool { jobs.contains { $0.key == key } }
}
