import AllocationCounter

/// What a piece of work costs, over several runs.
public struct Measurement: Sendable {
  /// CPU seconds of every run, the fastest first.
  public let seconds: [Double]
  /// Bytes requested of the heap in the last run.
  public let allocatedBytes: UInt64
  /// Requests to the heap in the last run.
  public let allocations: UInt64

  /// CPU seconds of the fastest run: what the code can do when nothing disturbs it.
  public var minimum: Double { seconds.first ?? 0 }
  /// CPU seconds of the median run.
  public var median: Double { seconds.isEmpty ? 0 : seconds[seconds.count / 2] }

  /// Measures work: one warm-up run, then `runs` measured ones.
  ///
  /// - Parameters:
  ///   - runs: how often to measure.
  ///   - clock: whose CPU time counts.
  ///   - prepare: untimed work before every run; its result is what the run works on.
  ///   - work: the timed work. What it returns is kept alive, so that it cannot be optimised away.
  /// - Returns: what the runs cost.
  public static func of<Input: ~Copyable, Result>(
    runs: Int = 15, clock: ProcessorTime = .thread, preparing prepare: () throws -> Input,
    work: (inout Input) throws -> Result
  ) rethrows -> Measurement {
    var seconds: [Double] = []
    var bytes: UInt64 = 0
    var requests: UInt64 = 0
    for run in 0...max(runs, 1) {
      var input = try prepare()
      let bytesBefore = allocation_counter_bytes()
      let requestsBefore = allocation_counter_requests()
      let start = clock.now
      let result = try work(&input)
      let elapsed = clock.now - start
      bytes = allocation_counter_bytes() - bytesBefore
      requests = allocation_counter_requests() - requestsBefore
      keepAlive(result)
      if run > 0 { seconds.append(elapsed) }
    }
    return Measurement(
      seconds: seconds.sorted(), allocatedBytes: bytes, allocations: requests)
  }

  /// Measures work that needs no preparation.
  public static func of<Result>(
    runs: Int = 15, clock: ProcessorTime = .thread, work: () throws -> Result
  ) rethrows -> Measurement {
    try of(runs: runs, clock: clock, preparing: { () }, work: { _ in try work() })
  }

  /// Work that was measured elsewhere, without its allocations: asynchronous work, for instance.
  ///
  /// - Parameter seconds: CPU seconds of every run, in any order.
  public init(seconds: [Double]) {
    self.init(seconds: seconds.sorted(), allocatedBytes: 0, allocations: 0)
  }

  init(seconds: [Double], allocatedBytes: UInt64, allocations: UInt64) {
    self.seconds = seconds
    self.allocatedBytes = allocatedBytes
    self.allocations = allocations
  }
}

/// Keeps the optimiser from removing the computation of a value.
@inline(never)
@_optimize(none)
public func keepAlive<Value>(_ value: Value) {}
