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
/// Time ends at 2^44 cycles, two days at 100 MHz: ``run(_:until:)`` says so if a design gets there.
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
  @usableFromInline var current: UnsafeMutablePointer<ProcessRegister>

  // What the hot paths touch, copied from `memory`, which says what each is.
  @usableFromInline let tree: WinnerTree
  @usableFromInline let processes: UnsafeMutablePointer<ProcessRegister>
  @usableFromInline let portSignals: UnsafeMutablePointer<Int32>
  @usableFromInline let signals: UnsafeMutablePointer<SignalRegister>
  @usableFromInline let listeners: UnsafeMutablePointer<ListenerRegister>

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
  ///   - topology: processes and signals; at most ``Topology/maximumProcesses`` processes.
  ///   - probe: the observer.
  ///   - order: the order in which processes of one cycle are resumed, as a permutation of their
  ///     indices; nil for the topology's. Results do not depend on it: tests shuffle it.
  @inlinable
  public init(_ topology: Topology, probe: Probe, order: [Int]? = nil) {
    // Inlinable, so that clients specialise it: Swift 6.3.1 releases an argument of the unspecialised
    // initialiser of a generic noncopyable structure once too often in optimised builds.
    let memory = KernelMemory(topology, order: order)
    self.memory = memory
    current = memory.processes
    self.probe = probe
    tree = memory.tree
    processes = memory.processes
    portSignals = memory.portSignals
    signals = memory.signals
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
  /// - Returns: whether everything came to rest before the limit; false too if something is due
  ///   after 2^44 cycles, where time ends.
  @inlinable
  @discardableResult
  public mutating func run<Design: SimulatedDesign & ~Copyable>(
    _ design: inout Design, until limit: Cycle = .max
  ) -> Bool {
    let end = min(limit, WinnerTree.endOfTime)
    while true {
      let key = tree.earliest
      guard key != WinnerTree.never else { return true }
      let time = key &>> (2 &* WinnerTree.processBits)
      guard time < end else { return false }
      let index = Int(truncatingIfNeeded: key & ((1 &<< WinnerTree.processBits) &- 1))
      let process = processes + index
      clock = time
      current = process
      resumptions &+= 1
      process.pointee.waitMask = 0
      closeWait()
      let wake = design.resume(ProcessIdentifier(index), in: &self)
      schedule(process, slot: index, wake)
    }
  }

  /// Makes a process wait from cycle 0 on, in its state 0.
  ///
  /// - Parameters:
  ///   - process: the process.
  ///   - ports: the signals that resume it.
  public mutating func start(_ process: ProcessIdentifier, waitingFor ports: PortSet) {
    let register = processes + process.index
    register.pointee.waitMask = ports.rawValue
    let time = pendingWake(of: register, ports: ports.rawValue, from: 0)
    if time != .max { start(process, at: time) }
  }

  /// Resumes a process for the first time in a cycle, resting in its state 0 until then.
  ///
  /// - Parameters:
  ///   - process: the process.
  ///   - cycle: when.
  public mutating func start(_ process: ProcessIdentifier, at cycle: Cycle) {
    tree.set(process.index, to: WinnerTree.key(cycle, tag: processes[process.index].tag))
  }

  @inlinable @inline(__always)
  mutating func schedule(
    _ process: UnsafeMutablePointer<ProcessRegister>, slot: Int, _ wake: Wake
  ) {
    let tag = process.pointee.tag
    switch wake {
    case .afterStay:
      // A stay of no cycle would resume the process in the past.
      let last = max(process.pointee.cursor &- 1, now &+ 1)
      tree.set(slot, to: WinnerTree.key(last, tag: tag))
    case .on(let ports, let state):
      process.pointee.openState = state
      probe.rests(identifierOfCurrent, in: state)
      process.pointee.waitMask = ports.rawValue
      let time = pendingWake(of: process, ports: ports.rawValue, from: now &+ 1)
      tree.set(slot, to: time == .max ? WinnerTree.never : WinnerTree.key(time, tag: tag))
    case .never(let state):
      process.pointee.openState = state
      probe.rests(identifierOfCurrent, in: state)
      tree.set(slot, to: WinnerTree.never)
    }
  }
}
