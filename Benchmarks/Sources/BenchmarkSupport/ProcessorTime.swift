import Glibc

/// CPU time, which a busy machine stretches far less than wall time.
public enum ProcessorTime: Sendable {
  /// Of the calling thread: for work on one core.
  case thread
  /// Of all threads of the process: for parallel work.
  case process

  /// The time used so far, in seconds.
  public var now: Double {
    var time = timespec()
    clock_gettime(self == .thread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
