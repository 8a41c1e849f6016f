/// A discrete-event simulation of clocked processes that talk through registered signals.
///
/// Time is a clock cycle. A process is resumed in a cycle, does the work of its state and says when
/// to wake it: after a stay of n cycles, or when a signal changes. Signals are registered as
/// flip-flops are: what is written in cycle c is seen in cycle c + 1 at the earliest, so the order
/// of processes within a cycle never matters. A process that is busy for n cycles sleeps for n:
/// cost grows with events, not with cycles.
///
/// Every cycle of every process is accounted to one of its states; the accounts of a process always
/// add up to the time simulated.
///
/// The kernel knows no hardware; a ``SimulatedDesign`` does. It is not thread-safe: one kernel a
/// thread.
///
/// - Complexity: O(log p) an event for p processes; nothing is allocated after initialisation.
public struct EventKernel<Probe: KernelProbe>: ~Copyable {
  @usableFromInline var clock: Cycle = 0
  @usableFromInline var resumptions: UInt64 = 0
  /// The observer.
  public var probe: Probe

  @usableFromInline let memory: KernelMemory
  @usableFromInline var current = 0

  // What the hot paths touch, copied from `memory`, which says what each is.
  @usableFromInline let tree: WinnerTree
  @usableFromInline let cursor: UnsafeMutablePointer<Cycle>
  @usableFromInline let waitMask: UnsafeMutablePointer<UInt32>
  @usableFromInline let openState: UnsafeMutablePointer<UInt8>
  @usableFromInline let missed: UnsafeMutablePointer<UInt64>
  @usableFromInline let stateCycles: UnsafeMutablePointer<Cycle>
  @usableFromInline let rank: UnsafeMutablePointer<Int32>
  @usableFromInline let processOfRank: UnsafeMutablePointer<Int32>
  @usableFromInline let portBase: UnsafeMutablePointer<Int32>
  @usableFromInline let portSignal: UnsafeMutablePointer<Int32>
  @usableFromInline let signals: UnsafeMutablePointer<SignalRegister>
  @usableFromInline let listenerBase: UnsafeMutablePointer<Int32>
  @usableFromInline let listeners: UnsafeMutablePointer<UInt64>

  /// The netlist that is simulated.
  public var topology: Topology { memory.topology }

  /// The cycle in which processes are being resumed.
  @inlinable
  public var now: Cycle { clock }

  /// Process resumptions since the last reset.
  @inlinable
  public var eventCount: UInt64 { resumptions }

  /// Builds a simulation at cycle 0, every process resting in its state 0 until it is started.
  ///
  /// - Parameters:
  ///   - topology: processes and signals; at most 4096 processes.
  ///   - probe: the observer.
  ///   - order: the order in which processes of one cycle are resumed, as a permutation of their
  ///     indices; nil for the topology's. Results do not depend on it: tests shuffle it.
  @inlinable
  public init(_ topology: Topology, probe: Probe, order: [Int]? = nil) {
    // Inlinable, so that clients specialise it: Swift 6.3.1 releases an argument of the unspecialised
    // initialiser of a generic noncopyable structure once too often in optimised builds.
    let memory = KernelMemory(topology, order: order)
    self.memory = memory
    self.probe = probe
    tree = memory.tree
    cursor = memory.cursor
    waitMask = memory.waitMask
    openState = memory.openState
    missed = memory.missed
    stateCycles = memory.stateCycles
    rank = memory.rank
    processOfRank = memory.processOfRank
    portBase = memory.portBase
    portSignal = memory.portSignal
    signals = memory.signals
    listenerBase = memory.listenerBase
    listeners = memory.listeners
  }

  /// Returns to cycle 0: accounts empty, signals low, nobody waiting.
  ///
  /// The probe is left as it is.
  public mutating func reset() {
    clock = 0
    resumptions = 0
    memory.reset()
  }

  /// Runs until nothing is pending.
  ///
  /// - Parameters:
  ///   - design: the behaviour of the processes.
  ///   - limit: events in this cycle and later ones stay pending.
  /// - Returns: whether everything came to rest before the limit.
  @inlinable
  @discardableResult
  public mutating func run<Design: SimulatedDesign & ~Copyable>(
    _ design: inout Design, until limit: Cycle = .max
  ) -> Bool {
    while true {
      let key = tree.earliest
      guard key != WinnerTree.never else { return true }
      let time = key &>> WinnerTree.rankBits
      guard time < limit else { return false }
      let slot = Int(truncatingIfNeeded: key & ((1 &<< WinnerTree.rankBits) &- 1))
      let process = Int(processOfRank[slot])
      clock = time
      current = process
      resumptions &+= 1
      waitMask[process] = 0
      closeWait(of: process)
      let wake = design.resume(ProcessIdentifier(process), in: &self)
      schedule(process, slot: slot, wake)
    }
  }

  /// Makes a process wait from cycle 0 on, in its state 0.
  ///
  /// - Parameters:
  ///   - process: the process.
  ///   - ports: the signals that resume it.
  public mutating func start(_ process: ProcessIdentifier, waitingFor ports: PortSet) {
    waitMask[process.index] = ports.rawValue
    let time = pendingWake(of: process.index, ports: ports.rawValue, from: 0)
    if time != .max { start(process, at: time) }
  }

  /// Resumes a process for the first time in a cycle, resting in its state 0 until then.
  ///
  /// - Parameters:
  ///   - process: the process.
  ///   - cycle: when.
  public mutating func start(_ process: ProcessIdentifier, at cycle: Cycle) {
    tree.set(
      Int(rank[process.index]),
      to: cycle << WinnerTree.rankBits | UInt64(rank[process.index]))
  }

  @inlinable @inline(__always)
  mutating func schedule(_ process: Int, slot: Int, _ wake: Wake) {
    switch wake {
    case .afterStay:
      // A stay of no cycle would resume the process in the past.
      let last = max(cursor[process] &- 1, now &+ 1)
      tree.set(slot, to: last &<< WinnerTree.rankBits | UInt64(truncatingIfNeeded: slot))
    case .on(let ports, let state):
      openState[process] = state
      waitMask[process] = ports.rawValue
      let time = pendingWake(of: process, ports: ports.rawValue, from: now &+ 1)
      let key =
        time == .max
        ? WinnerTree.never : time &<< WinnerTree.rankBits | UInt64(truncatingIfNeeded: slot)
      tree.set(slot, to: key)
    case .never(let state):
      openState[process] = state
      tree.set(slot, to: WinnerTree.never)
    }
  }
}
