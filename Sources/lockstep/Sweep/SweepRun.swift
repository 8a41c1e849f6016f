import Exploration
import Foundation
import Reports

/// The points of a sweep at work: several at a time, a thread each.
struct SweepRun {
  private let plan: SweepPlan
  private let sink: any SweepResultsSink
  private let threads: Int
  private let isQuiet: Bool

  init(_ plan: SweepPlan, into sink: any SweepResultsSink, threads: Int, isQuiet: Bool) {
    self.plan = plan
    self.sink = sink
    self.threads = threads
    self.isQuiet = isQuiet
  }

  /// Runs the points that are not there yet, and adds them as they end.
  ///
  /// Points that another process runs are left to it; this one ends when they have ended, too.
  ///
  /// - Returns: all points of the sweep, in its order.
  /// - Throws: exit status 130 when it is interrupted, after saying how to go on.
  func points() async throws -> [SweepPoint] {
    let ended = try sink.points(plan.jobs.map(\.key), of: plan.name)
    var progress = Progress(plan: plan, points: ended, isQuiet: isQuiet)
    do {
      try await run(&progress)
      try Task.checkCancellation()
    } catch {
      progress.bar.finish()
      // The claims of a process that ended do not count, so that this may fail.
      try? sink.releaseClaims()
      guard error is CancellationError else { throw error }
      StandardError.write(
        "interrupted; \(progress.points.count) of "
          + "\(NumberFormat.amount(plan.jobs.count, of: "point")) are in \(sink.path), and the same "
          + "command goes on\n")
      throw ExitStatus.interrupted.asError
    }
    progress.bar.finish()
    try sink.releaseClaims()
    return plan.jobs.compactMap { progress.points[$0.key] }
  }

  /// How long to wait before asking again for points that only others run.
  private static let patience = Duration.milliseconds(500)

  private func run(_ progress: inout Progress) async throws {
    var waiting = plan.jobs.filter { progress.points[$0.key] == nil }
    try await withThrowingTaskGroup(of: SweepPoint.self) { group in
      var running = 0
      while true {
        while running < threads, let job = try next(&waiting, &progress) {
          let bench = plan.bench
          group.addTask { try await SweepPointRun(bench, job).point() }
          running += 1
        }
        if running > 0, let point = try await group.next() {
          running -= 1
          try sink.append(point)
          progress.add(point)
        } else if waiting.isEmpty {
          return
        } else {
          try await Task.sleep(for: Self.patience)
        }
        try Task.checkCancellation()
      }
    }
  }

  /// Takes the first point out of those that wait that nobody else runs.
  private func next(
    _ waiting: inout [SweepPlan.Job], _ progress: inout Progress
  ) throws -> SweepPlan.Job? {
    var position = 0
    while position < waiting.count {
      switch try sink.claim(waiting[position].key) {
      case .granted: return waiting.remove(at: position)
      case .taken: position += 1
      case .ended(let point):
        progress.add(point)
        waiting.remove(at: position)
      }
    }
    return nil
  }
}

/// What is there of a sweep, as it grows.
private struct Progress {
  private(set) var points: [String: SweepPoint]
  let bar: ProgressBar
  private var best: Double

  init(plan: SweepPlan, points: [String: SweepPoint], isQuiet: Bool) {
    self.points = points
    bar = ProgressBar(
      title: plan.name, total: plan.jobs.count, unit: "points", done: points.count,
      output: isQuiet ? nil : .standardError)
    best = points.values.compactMap { $0.measurement?.accuracy.share }.max() ?? 0
  }

  mutating func add(_ point: SweepPoint) {
    points[point.key] = point
    best = max(best, point.measurement?.accuracy.share ?? 0)
    bar.advance(note: "best \(NumberFormat.percent(best))")
  }
}
