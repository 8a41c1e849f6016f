extension EventKernel {
  /// Lets the process being resumed spend its next cycles in a state.
  ///
  /// Several stays in a row append: the first begins in the next cycle, each later one where the
  /// one before it ends. They are one event, however many there are.
  ///
  /// - Parameters:
  ///   - state: the state.
  ///   - cycles: how long; 0 has no effect.
  @inlinable @inline(__always)
  public mutating func stay<State: ProcessState>(in state: State, for cycles: Cycle) {
    account(cycles, to: state.rawValue)
  }

  @inlinable @inline(__always)
  mutating func account(_ cycles: Cycle, to state: UInt8) {
    let from = current.pointee.cursor
    add(cycles, to: state)
    current.pointee.cursor = from &+ cycles
    probe.stayed(identifierOfCurrent, in: state, from: from, for: cycles)
  }

  /// The first cycle that the process being resumed has not yet spent: where its next stay begins.
  @inlinable @inline(__always)
  public var nextStay: Cycle { current.pointee.cursor }

  @inlinable @inline(__always)
  mutating func closeWait() {
    let from = current.pointee.cursor
    // After a stay, the cursor is there already, and nothing is added: no branch to mispredict.
    let cycles = max(now &+ 1, from) &- from
    let state = current.pointee.openState
    add(cycles, to: state)
    current.pointee.cursor = from &+ cycles
    probe.waited(identifierOfCurrent, in: state, from: from, for: cycles)
  }

  @inlinable @inline(__always)
  func add(_ cycles: Cycle, to state: UInt8) {
    // A process has at most 16 states: the mask only spares the bounds check.
    current.pointee.stateCycles[unchecked: Int(state & 15)] &+= cycles
  }

  @inlinable @inline(__always)
  var identifierOfCurrent: ProcessIdentifier { ProcessIdentifier(current - processes) }

  /// The first cycle from which on a process does nothing but wait.
  ///
  /// - Parameter process: a process of a simulation that has come to rest.
  /// - Returns: the cycle.
  public func restBegins(_ process: ProcessIdentifier) -> Cycle { processes[process.index].cursor }

  /// Pulses that a process missed because they came before its stay was over.
  ///
  /// - Parameter process: the process.
  /// - Returns: the number of pulses.
  public func missedPulses(_ process: ProcessIdentifier) -> UInt64 {
    processes[process.index].missed
  }

  /// Cycles that a process spent in a state before a cycle.
  ///
  /// Over all states of a process they add up to `end`.
  ///
  /// - Parameters:
  ///   - process: a process of a simulation that has come to rest.
  ///   - state: one of its states.
  ///   - end: the first cycle that no longer counts, not before ``restBegins(_:)``.
  /// - Returns: the number of cycles.
  public func cycles(of process: ProcessIdentifier, in state: UInt8, before end: Cycle) -> Cycle {
    let register = processes + process.index
    assert(end >= register.pointee.cursor)
    let closed = register.pointee.stateCycles[Int(state)]
    let isOpen = register.pointee.openState == state
    let open = isOpen ? end &- min(end, register.pointee.cursor) : 0
    return closed &+ open
  }
}
