import EventSimulation

/// A spike writer in closed form: it takes a turn a frame, and misses what becomes ready meanwhile.
struct ClosedFormWriter {
  /// Cycles that it is busy with a frame.
  let turn: Cycle
  /// The first cycle in which it is idle again.
  private(set) var free: Cycle = 0
  /// Frames that it missed.
  private(set) var dropped: UInt64 = 0

  init(turn: Cycle) { self.turn = turn }

  /// A frame is ready in a cycle.
  mutating func receive(at cycle: Cycle) {
    if cycle < free {
      dropped &+= 1
    } else {
      free = cycle &+ turn &+ 1
    }
  }

  /// A frame is ready in a cycle, and waits if it must.
  mutating func enqueue(at cycle: Cycle) { free = max(cycle, free) &+ turn &+ 1 }
}
