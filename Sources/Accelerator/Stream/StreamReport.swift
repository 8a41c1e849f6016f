/// What an accelerator does with a stream of samples: `lockstep replay --stream`.
public struct StreamReport: Hashable, Codable, Sendable {
  /// How one layer spent the time from the first arrival to the last completion.
  public struct Layer: Hashable, Codable, Sendable {
    /// The layer's name.
    public var name: String
    /// Part of the time in which its engines are not all at rest, 0...1.
    public var active: Double
    /// Part of the time in which it has a sample but no free spike RAM behind it, 0...1.
    public var blocked: Double
    /// Part of the time in which it has no sample, 0...1.
    public var starved: Double
  }

  /// When samples arrived, in words.
  public var arrivals: String
  /// Spike RAMs between each two layers.
  public var spikeBuffers: Int
  /// From the first arrival to the last completion, s.
  public var seconds: Double
  /// Samples completed a second over that time.
  public var samplesPerSecond: Double
  /// From a sample's arrival to its completion; waiting for the first layer included.
  public var latencySeconds: TimeDistribution
  /// From a sample's arrival to its start in the first layer.
  public var waitingSeconds: TimeDistribution
  /// The most samples that had arrived but not started.
  public var largestQueue: Int
  /// The deadline, s, if one was set.
  public var deadlineSeconds: Double?
  /// Samples whose latency is beyond the deadline.
  public var deadlineMisses: Int?
  /// The layers, from the input to the output.
  public var layers: [Layer]

  /// Runs samples through the layers.
  ///
  /// - Parameters:
  ///   - costs: for each sample a cost a layer, in the order of arrival; at least one sample.
  ///   - names: the layers' names.
  ///   - clocks: the layers' clocks.
  ///   - buffers: spike RAMs between each two layers.
  ///   - arrivals: when samples arrive.
  ///   - seed: of the arrivals' random numbers.
  ///   - deadline: s, if there is one.
  /// - Throws: ``ReplayError`` if the stream may last longer than ``longest``.
  public init(
    _ costs: [[StreamSchedule.Cost]], names: [String], clocks: [ClockDomain], buffers: Int,
    arrivals: ArrivalProcess, seed: UInt64, deadline: Double?
  ) throws(ReplayError) {
    var schedule = StreamSchedule(clocks: clocks, buffers: buffers)
    let times = try arrivals.times(costs.count, seed: seed)
    try Self.check(costs, clocks, from: Double(times.last ?? 0))
    var active: [UInt64] = Array(repeating: 0, count: names.count)
    var blocked = active
    var latencies: [UInt64] = []
    var starts: [UInt64] = []
    var end: UInt64 = 0
    var waits: [UInt64] = []
    for (sample, cost) in costs.enumerated() {
      let turns = schedule.add(cost, arrival: times[sample])
      // A source that always has the next sample makes it when it is wanted.
      let arrival = arrivals == .saturated ? turns[0].start : times[sample]
      for (layer, turn) in turns.enumerated() {
        active[layer] += turn.rest - turn.start
        blocked[layer] += turn.start - turn.ready
      }
      starts.append(turns[0].start)
      waits.append(turns[0].start - arrival)
      let completion = turns.last?.completion ?? arrival
      latencies.append(completion - arrival)
      end = max(end, completion)
    }
    let span = Double(max(end, 1))
    self.arrivals = arrivals.description
    spikeBuffers = buffers
    seconds = Double(end) * 1e-15
    samplesPerSecond = Double(costs.count) / (span * 1e-15)
    latencySeconds = TimeDistribution(CycleDistribution(latencies), clock: 1e15)
    waitingSeconds = TimeDistribution(CycleDistribution(waits), clock: 1e15)
    largestQueue = arrivals == .saturated ? 0 : Self.largestQueue(times, starts)
    deadlineSeconds = deadline
    deadlineMisses = deadline.map { limit in
      latencies.count { Double($0) * 1e-15 > limit }
    }
    layers = names.indices.map { layer in
      let (busy, stuck) = (Double(active[layer]) / span, Double(blocked[layer]) / span)
      return Layer(
        name: names[layer], active: busy, blocked: stuck, starved: max(0, 1 - busy - stuck))
    }
  }

  /// The longest time that is counted, fs: four hours, well within 64 bits.
  static let longest = 4 * 3600e15

  /// Checks that no time leaves its range, even if no two layers ever work at the same time.
  private static func check(
    _ costs: [[StreamSchedule.Cost]], _ clocks: [ClockDomain], from arrival: Double
  ) throws(ReplayError) {
    var time = arrival
    for cost in costs {
      for (layer, clock) in zip(cost, clocks) {
        // A synchroniser and an edge on the way in, and again on the way out.
        let cycles =
          max(layer.cycles, layer.activeCycles) + 2 * (ClockDomain.synchroniserCycles + 1)
        time += Double(cycles) * Double(clock.period)
      }
    }
    guard time > longest else { return }
    throw ReplayError(
      "the stream of \(costs.count) samples may take more than 4 hours of the hardware's time; replay"
        + " fewer samples, or give a faster clock")
  }

  /// The most samples that had arrived but not started; one that starts as it arrives never waits.
  private static func largestQueue(_ arrivals: [UInt64], _ starts: [UInt64]) -> Int {
    var (largest, started) = (0, 0)
    for (index, time) in arrivals.enumerated() {
      while started < index, starts[started] <= time { started += 1 }
      let waiting = index - started + (starts[index] > time ? 1 : 0)
      largest = max(largest, waiting)
    }
    return largest
  }
}
