import Dispatch
import Synchronization

/// Numbered tasks on several threads, taken one by one as threads become free.
///
/// Which thread takes which task is chance; results must depend on the task's number alone.
enum ParallelTasks {
  /// Runs tasks 0 ..< count and returns when all are done.
  ///
  /// `body` is given the task and the number of the worker, 0 ..< threads, so that every worker can
  /// have memory of its own.
  static func run(
    _ count: Int, threads: Int, _ body: (_ task: Int, _ worker: Int) -> Void
  ) {
    guard threads > 1, count > 1 else {
      for task in 0..<count { body(task, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let shared = SharedBody(run: body)
      let next = Atomic<Int>(0)
      DispatchQueue.concurrentPerform(iterations: min(threads, count)) { worker in
        while true {
          let task = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard task < count else { return }
          shared.run(task, worker)
        }
      }
    }
  }

  /// Lets the kernels' raw memory cross to the workers, which the compiler cannot check: each task
  /// writes its own part and each worker its own workspace, and all end before ``run`` returns.
  private struct SharedBody: @unchecked Sendable {
    let run: (_ task: Int, _ worker: Int) -> Void
  }
}
