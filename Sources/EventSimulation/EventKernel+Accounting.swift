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
    let from = cursor[current]
    stateCycles[current &* Topology.maximumStates &+ Int(state)] &+= cycles
    cursor[current] = from &+ cycles
    probe.stayed(ProcessIdentifier(current), in: state, from: from, for: cycles)
  }

  /// The first cycle that the process being resumed has not yet spent: where its next stay begins.
  @inlinable @inline(__always)
  public var nextStay: Cycle { cursor[current] }

  @inlinable @inline(__always)
  mutating func closeWait(of process: Int) {
    let from = cursor[process]
    guard from <= now else { return }
    let cycles = now &+ 1 &- from
    let state = openState[process]
    stateCycles[process &* Topology.maximumStates &+ Int(state)] &+= cycles
    cursor[process] = now &+ 1
    probe.waited(ProcessIdentifier(process), in: state, from: from, for: cycles)
  }

  /// The first cycle from which on a process does nothing but wait.
  ///
  /// - Parameter process: a process of a simulation that has come to rest.
  /// - Returns: the cycle.
  public func restBegins(_ process: ProcessIdentifier) -> Cycle { cursor[process.index] }

  /// Pulses that a process missed because they came before its stay was over.
  ///
  /// - Parameter process: the process.
  /// - Returns: the number of pulses.
  public func missedPulses(_ process: ProcessIdentifier) -> UInt64 { missed[process.index] }

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
    assert(end >= cursor[process.index])
    let closed = stateCycles[process.index * Topology.maximumStates + Int(state)]
    let open = openState[process.index] == state ? end &- min(end, cursor[process.index]) : 0
    return closed &+ open
  }
}
