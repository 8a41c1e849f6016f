import Accelerator
import Synchronization
import Testing

@Suite struct CycleDistributionTests {
  @Test func percentilesAreNearestRanks() {
    let hundred = CycleDistribution((1...100).reversed().map(UInt64.init))
    #expect(hundred.mean == 50.5)
    #expect(hundred.minimum == 1 && hundred.maximum == 100)
    #expect(hundred.p50 == 50 && hundred.p99 == 99)
  }

  @Test(
    arguments: [
      ([7], 7, 7), ([1, 2], 1, 2), ([1, 2, 3], 2, 3), ([5, 5, 5, 9], 5, 9),
      (Array(repeating: 3, count: 99) + [8], 3, 3),
      (Array(repeating: 3, count: 98) + [7, 8], 3, 7),
    ] as [([UInt64], UInt64, UInt64)])
  func percentilesOccurred(_ values: [UInt64], _ p50: UInt64, _ p99: UInt64) {
    let distribution = CycleDistribution(values)
    #expect(distribution.p50 == p50)
    #expect(distribution.p99 == p99)
  }

  @Test func nothingIsZero() {
    let empty = CycleDistribution([])
    #expect(empty.mean == 0 && empty.maximum == 0 && empty.p99 == 0)
  }

  @Test func timeFollowsTheClock() {
    let time = TimeDistribution(CycleDistribution([100, 300]), clock: 100e6)
    #expect(time.mean == 2e-6 && time.minimum == 1e-6 && time.p99 == 3e-6)
  }
}

/// A worker whose samples cost what their numbers say, and which fails where it is told to.
private struct CountingWorker: SampleWorker, ~Copyable {
  struct Refusal: Error, Equatable { var sample: Int }

  var aggregate = ReplayAggregate(layerCount: 2)
  var failing: Set<Int> = []

  mutating func replay(sample: Int) throws {
    if failing.contains(sample) { throw Refusal(sample: sample) }
    let number = UInt64(sample)
    let layers = (1...2).map { layer in
      var counters = LayerCounters()
      counters.inputSpikes = number
      counters.largestList = number % 17
      counters.droppedWrites = number % 5 == 0 ? 1 : 0
      let cycles = number * UInt64(layer)
      return LayerReplay(
        start: 0, end: cycles, cycles: cycles, stateCycles: [[cycles, 3 * number - cycles]],
        counters: counters)
    }
    aggregate.add(
      sample, SampleReplay(latency: 3 * number, window: 3 * number, layers: layers),
      spikes: [number, 1, 2], largestFrames: [number % 13, 4])
  }
}

@Suite struct ParallelSamplesTests {
  /// The sums in an order that does not depend on the threads.
  private func sorted(_ sum: ReplayAggregate) -> ReplayAggregate {
    var copy = sum
    copy.samples.sort()
    copy.latencies.sort()
    for index in copy.layers.indices {
      copy.layers[index].cycles.sort()
      copy.layers[index].activeCycles.sort()
    }
    return copy
  }

  @Test(arguments: [1, 2, 3, 8, 1000]) func anyNumberOfWorkersGivesTheSame(
    _ workers: Int
  ) async throws {
    let finished = Counter()
    let sum = try await ParallelSamples.replay(
      10..<310, workers: workers, makingWorker: { CountingWorker() },
      didFinish: { finished.increase() })
    let alone = try await ParallelSamples.replay(
      10..<310, workers: 1, makingWorker: { CountingWorker() }, didFinish: {})
    #expect(sorted(sum) == sorted(alone))
    #expect(finished.value == 300)
    #expect(sum.latencies.count == 300)
    #expect(sum.window == 3 * (10..<310).reduce(0) { $0 + UInt64($1) })
    #expect(sum.layers[0].counters.largestList == 16)
    #expect(sum.layers[0].largestFrame == 12)
    #expect(sum.layers[1].samplesWithDrops == 60)
    #expect(sum.boundarySpikes[1] == 300)
  }

  @Test(arguments: [1, 2, 7]) func theFirstFailureWins(_ workers: Int) async {
    await #expect(throws: CountingWorker.Refusal(sample: 40)) {
      try await ParallelSamples.replay(
        0..<500, workers: workers,
        makingWorker: {
          var worker = CountingWorker()
          worker.failing = [40, 41, 42, 300]
          return worker
        }, didFinish: {})
    }
  }

  @Test func cancellationStopsTheWork() async {
    let finished = Counter()
    let work = Task {
      try await ParallelSamples.replay(
        0..<1_000_000_000, workers: 1, makingWorker: { CountingWorker() },
        didFinish: { finished.increase() })
    }
    while finished.value < 200 { await Task.yield() }
    work.cancel()
    await #expect(throws: CancellationError.self) { try await work.value }
  }
}

/// A number that several threads increase.
private final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { count.load(ordering: .acquiring) }
  func increase() { count.add(1, ordering: .acquiringAndReleasing) }
}
