import Synchronization

/// Replays samples one at a time and sums up what they cost: one thread's share of the work.
package protocol SampleWorker: ~Copyable, SendableMetatype {
  /// The sums so far.
  var aggregate: ReplayAggregate { get }
  /// Replays one sample.
  mutating func replay(sample: Int) throws
}

/// Shares samples out to workers that take the next one as they become free.
///
/// Any number of workers, and any order in which they finish, gives the same result: see
/// ``ReplayAggregate``. After an error no further sample is begun, and of several errors that of the
/// lowest sample is thrown, which again does not depend on the number of workers.
package enum ParallelSamples {
  /// Replays all samples.
  ///
  /// - Parameters:
  ///   - samples: the samples to replay.
  ///   - workers: how many samples to replay at the same time, at least 1.
  ///   - makeWorker: makes the state of one worker.
  ///   - didFinish: called after each sample, from any thread.
  /// - Returns: the sums over all samples.
  /// - Throws: `CancellationError` if the task is cancelled, or what a worker throws.
  package static func replay<Worker: SampleWorker & ~Copyable>(
    _ samples: Range<Int>, workers: Int,
    makingWorker makeWorker: @escaping @Sendable () throws -> Worker,
    didFinish: @escaping @Sendable () -> Void
  ) async throws -> ReplayAggregate {
    let cursor = SampleCursor(samples)
    let parts = try await withThrowingTaskGroup(of: ReplayAggregate?.self) { group in
      for _ in 0..<max(1, min(workers, samples.count)) {
        group.addTask {
          var worker = try makeWorker()
          while !Task.isCancelled, let sample = cursor.next() {
            do {
              try worker.replay(sample: sample)
            } catch {
              cursor.fail(sample, error)
              return nil
            }
            didFinish()
          }
          return worker.aggregate
        }
      }
      var parts: [ReplayAggregate] = []
      for try await part in group { if let part { parts.append(part) } }
      return parts
    }
    if let error = cursor.failure { throw error }
    try Task.checkCancellation()
    guard var sum = parts.first else { throw CancellationError() }
    for part in parts.dropFirst() { sum.merge(part) }
    return sum
  }
}

/// Hands out samples in order, until they or their luck run out.
private final class SampleCursor: Sendable {
  private struct Failure {
    var sample: Int
    var error: any Error
  }

  private let end: Int
  private let position: Atomic<Int>
  private let firstFailure = Mutex<Failure?>(nil)

  init(_ samples: Range<Int>) {
    end = samples.upperBound
    position = Atomic(samples.lowerBound)
  }

  /// The next sample, or `nil` after the last one or an error.
  func next() -> Int? {
    guard position.load(ordering: .relaxed) < end else { return nil }
    let sample = position.add(1, ordering: .relaxed).oldValue
    return sample < end ? sample : nil
  }

  /// Keeps the error of the lowest sample and hands out no more.
  func fail(_ sample: Int, _ error: any Error) {
    firstFailure.withLock { failure in
      if let known = failure, known.sample < sample { return }
      failure = Failure(sample: sample, error: error)
    }
    position.store(end, ordering: .relaxed)
  }

  var failure: (any Error)? { firstFailure.withLock { $0?.error } }
}
