import Accelerator
import ArgumentParser
import Exploration
import Foundation
import Reports
import Synchronization

/// The lines of standard input, answered several at a time.
final class TellRun: Sendable {
  private let specification: SweepSpecification
  private let bench: SweepBench
  private let sink: any SweepResultsSink
  private let threads: Int
  // One answer at a time: lines must not be mixed.
  private let answers = Mutex(0)

  init(
    _ specification: SweepSpecification, _ bench: SweepBench, into sink: any SweepResultsSink,
    threads: Int
  ) {
    self.specification = specification
    self.bench = bench
    self.sink = sink
    self.threads = threads
  }

  /// Answers all lines.
  ///
  /// - Throws: exit status 130 when it is interrupted, and what keeps points from being recorded.
  func answerAll() async throws {
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        var running = 0
        for await line in InputLines.standardInput() {
          if running == threads {
            try await group.next()
            running -= 1
          }
          group.addTask { try await self.answer(line) }
          running += 1
        }
        try await group.waitForAll()
      }
      try Task.checkCancellation()
      try sink.releaseClaims()
    } catch {
      // The claims of a process that ended do not count, so that this may fail.
      try? sink.releaseClaims()
      guard error is CancellationError else { throw error }
      StandardError.write(
        "interrupted; answered \(NumberFormat.amount(answers.withLock { $0 }, of: "point")), all of "
          + "them in \(sink.path)\n")
      throw ExitStatus.interrupted.asError
    }
  }

  private func answer(_ line: InputLines.Line) async throws {
    guard !line.text.allSatisfy(\.isWhitespace) else { return }
    let request: TellRequest
    do throws(TellRequest.Failure) {
      request = try TellRequest(line.text, for: specification)
    } catch {
      try write(.error(id: error.id, line: line.number, message: error.message))
      return
    }
    switch request {
    case .record(let id, let point):
      let addition = try sink.append(point)
      try write(.point(id: id, point, addition == .differs ? .different : .recorded))
    case .measure(let id, let configuration):
      let job: SweepPlan.Job
      do {
        job = try bench.job(configuration)
      } catch {
        try write(.error(id: id, line: line.number, message: "\(error)"))
        return
      }
      try await measure(job, id: id, line: line.number)
    }
  }

  /// How long to wait before asking again for a point that somebody else runs.
  private static let patience = Duration.milliseconds(200)

  private func measure(_ job: SweepPlan.Job, id: JSONValue, line: Int) async throws {
    if let point = try sink.points([job.key], of: bench.name)[job.key] {
      try write(.point(id: id, point, .found))
      return
    }
    while true {
      switch try sink.claim(job.key) {
      case .ended(let point):
        try write(.point(id: id, point, .found))
        return
      case .taken:
        try await Task.sleep(for: Self.patience)
      case .granted:
        let point: SweepPoint
        do {
          point = try await SweepPointRun(bench, job).point()
        } catch {
          try sink.releaseClaim(job.key)
          if error is CancellationError { throw error }
          // Options that cannot be trained with; the next line may be better.
          try write(.error(id: id, line: line, message: "\(error)"))
          return
        }
        try sink.append(point)
        try write(.point(id: id, point, .measured))
        return
      }
    }
  }

  private func write(_ answer: TellAnswer) throws {
    let text = try ResultJSON.line(answer)
    try answers.withLock { count in
      try StandardOutput.write(text)
      if case .point = answer { count += 1 }
    }
  }
}
