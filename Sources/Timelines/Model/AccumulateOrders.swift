import Accelerator
import EventSimulation

/// When the processing elements of a convolution accumulate.
///
/// They remain in their accumulating state between bursts, so the state alone does not tell. They
/// work as many cycles as they are told to, from the cycle after the order on (the order is
/// registered once more); orders that come while they still activate are worked off right after
/// (docs/hardware/conv-2023.md, "Processing elements").
struct AccumulateOrders {
  /// The states that tell these engines from others.
  private static let states = ["rest", "accumulate", "activate", "exit"]

  private let orders: [Range<Cycle>]
  private var position = 0
  private var done: Cycle = 0

  /// - Returns: nil for an engine of another kind.
  init?(of engine: SampleRecording.Engine, in recording: SampleRecording) {
    guard engine.states == Self.states,
      let own = recording.engines.firstIndex(where: {
        $0.layer == engine.layer && $0.description.name == engine.description.name
      }),
      let signal = recording.signals.first(where: {
        $0.kind == .level && $0.listeners.contains(own)
      })
    else { return nil }
    var orders: [Range<Cycle>] = []
    var open: Cycle?
    for change in signal.changes {
      if let start = open, change.value == 0 {
        orders.append(start + 1..<change.from + 1)
        open = nil
      } else if open == nil, change.value != 0 {
        open = change.from
      }
    }
    self.orders = orders
  }

  /// Takes the next work off the queue.
  ///
  /// - Parameters:
  ///   - cycle: the first cycle that is free.
  ///   - end: the first one that no longer is.
  /// - Returns: cycles of accumulation, nil if there are none before `end`.
  mutating func next(from cycle: Cycle, before end: Cycle) -> Range<Cycle>? {
    while position < orders.count {
      let order = orders[position]
      let left = Cycle(order.count) - done
      let start = max(order.lowerBound, cycle)
      guard start < end else { return nil }
      let length = min(left, end - start)
      done += length
      if done == order.count {
        position += 1
        done = 0
      }
      if length > 0 { return start..<start + length }
    }
    return nil
  }
}
