import EventSimulation

/// A spike writer in closed form: it takes a turn a frame, and misses what becomes ready meanwhile.
struct ClosedFormWriter {
  /// Cycles that it is busy with a frame.
  let turn: Cycle
  /// Frames that can wait for it; with none, it misses those that would have to.
  let queue: Int
  /// The first cycle in which it is idle again.
  private(set) var free: Cycle = 0
  /// Frames that it missed.
  private(set) var dropped: UInt64 = 0
  /// When each of the last frames was written, `queue + 1` of them in turn.
  private var ends: [Cycle]
  private var position = 0

  init(turn: Cycle, queue: Int = 0) {
    self.turn = turn
    self.queue = queue
    ends = queue == 0 ? [] : Array(repeating: 0, count: queue + 1)
  }

  /// The first cycle in which a frame may be begun that is not to be missed.
  var hasRoom: Cycle { queue == 0 ? free : ends[position] }

  /// A frame is ready in a cycle.
  mutating func receive(at cycle: Cycle) {
    if queue > 0 {
      free = max(cycle, free) &+ turn &+ 1
      ends[position] = free
      position = position == queue ? 0 : position &+ 1
    } else if cycle < free {
      dropped &+= 1
    } else {
      free = cycle &+ turn &+ 1
    }
  }
}
