import EventSimulation

/// When every layer works on which sample, if samples follow each other through the layers.
///
/// A layer's own cycles do not depend on when it starts: it starts from rest, and nothing but the
/// start signal reaches it. So the schedule follows from the cycles of each layer and sample by
/// max-plus recurrences. Layer k starts sample i as soon as
///
/// * layer k-1 has completed it (layer 0: it has arrived),
/// * all engines of layer k are at rest after sample i-1,
/// * the spike RAM behind it is free: with b RAMs, layer k+1 has completed sample i-b.
///
/// One RAM (b = 1) is the published hardware; two are the usual ping-pong buffer.
public struct StreamSchedule: Sendable {
  /// What a layer costs for a sample.
  public struct Cost: Hashable, Sendable {
    /// From start to completion, cycles of the layer's clock.
    public var cycles: Cycle
    /// From start to rest, cycles of the layer's clock.
    public var activeCycles: Cycle

    /// Creates a cost.
    public init(cycles: Cycle, activeCycles: Cycle) {
      self.cycles = cycles
      self.activeCycles = activeCycles
    }
  }

  /// One layer's turn with one sample, fs.
  public struct Turn: Hashable, Sendable {
    /// When the sample was there and the layer at rest: it could have started.
    public var ready: UInt64
    /// When it started.
    public var start: UInt64
    /// When it signalled completion.
    public var completion: UInt64
    /// When all its engines were at rest.
    public var rest: UInt64
  }

  /// The clocks of the layers.
  public let clocks: [ClockDomain]
  /// Spike RAMs between each two layers.
  public let buffers: Int
  private var history: [[Turn]]
  private var position = 0

  /// A schedule without samples.
  ///
  /// - Parameters:
  ///   - clocks: a clock a layer; at least one.
  ///   - buffers: spike RAMs between each two layers, at least 1.
  public init(clocks: [ClockDomain], buffers: Int) {
    self.clocks = clocks
    self.buffers = max(buffers, 1)
    history = clocks.map { _ in [] }
  }

  /// Adds the next sample.
  ///
  /// - Parameters:
  ///   - costs: a cost a layer.
  ///   - arrival: when the sample is there, fs; not before the one before it.
  /// - Returns: the turns of the layers.
  public mutating func add(_ costs: [Cost], arrival: UInt64) -> [Turn] {
    var turns: [Turn] = []
    turns.reserveCapacity(costs.count)
    for (layer, cost) in costs.enumerated() {
      let clock = clocks[layer]
      var ready = arrival
      if layer > 0 {
        ready = clock.arrival(of: turns[layer - 1].completion, from: clocks[layer - 1])
      }
      ready = clock.arrival(of: max(ready, last(layer, back: 1)?.rest ?? 0), from: clock)
      var start = ready
      if layer + 1 < costs.count, let reader = last(layer + 1, back: buffers) {
        start = max(start, clock.arrival(of: reader.completion, from: clocks[layer + 1]))
      }
      turns.append(
        Turn(
          ready: ready, start: start, completion: start + cost.cycles * clock.period,
          rest: start + cost.activeCycles * clock.period))
    }
    for (layer, turn) in turns.enumerated() { remember(turn, of: layer) }
    position += 1
    return turns
  }

  /// The turn of a layer with an earlier sample than the one being added.
  private func last(_ layer: Int, back distance: Int) -> Turn? {
    guard distance <= position else { return nil }
    let turns = history[layer]
    return turns[(position - distance) % max(turns.count, 1)]
  }

  /// Keeps as many turns as are asked for.
  private mutating func remember(_ turn: Turn, of layer: Int) {
    if history[layer].count < buffers {
      history[layer].append(turn)
    } else {
      history[layer][position % buffers] = turn
    }
  }
}
