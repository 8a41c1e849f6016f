/// The registers of a simulation and the netlist behind them.
///
/// Processes and signals are rows of their own, not columns: an event touches one of each, and
/// everything of it.
@usableFromInline
final class KernelMemory {
  @usableFromInline let topology: Topology
  private let arena = Arena()

  @usableFromInline let tree: WinnerTree
  @usableFromInline let processes: UnsafeMutablePointer<ProcessRegister>
  /// Signals at the ports of all processes, those of one process in a row.
  @usableFromInline let portSignals: UnsafeMutablePointer<Int32>
  @usableFromInline let signals: UnsafeMutablePointer<SignalRegister>
  /// Listeners of all signals, those of one signal in a row.
  @usableFromInline let listeners: UnsafeMutablePointer<ListenerRegister>

  @usableFromInline
  init(_ topology: Topology, order givenOrder: [Int]?) {
    let count = topology.processes.count
    assert(count <= Topology.maximumProcesses)
    let order = givenOrder ?? Array(0..<count)
    assert(order.sorted() == Array(0..<count))
    self.topology = topology
    tree = WinnerTree(slots: count, in: arena)

    var rows: [ProcessRegister] = []
    var ports: [Int32] = []
    for process in topology.processes {
      rows.append(ProcessRegister(firstPort: Int32(ports.count)))
      ports += process.ports.map { Int32($0.index) }
    }
    for (rank, process) in order.enumerated() {
      rows[process].tag = WinnerTree.tag(rank: rank, process: process)
    }
    processes = arena.store(rows)
    portSignals = arena.store(ports)

    var columns: [SignalRegister] = []
    var wires: [ListenerRegister] = []
    for signal in topology.signals {
      let first = Int32(wires.count)
      wires += signal.listeners.map {
        ListenerRegister(process: Int32($0.process.index), port: 1 << UInt32($0.port))
      }
      columns.append(
        SignalRegister(
          isPulse: signal.kind == .pulse, firstListener: first, endOfListeners: Int32(wires.count)))
    }
    signals = arena.store(columns)
    listeners = arena.store(wires)
  }

  func reset() {
    tree.removeAll()
    for index in topology.processes.indices { processes[index].reset() }
    for index in topology.signals.indices { signals[index].reset() }
  }
}

/// What the kernel keeps of one process.
@frozen
@usableFromInline
struct ProcessRegister: BitwiseCopyable {
  /// The first cycle not yet accounted: the end of a stay, or the beginning of a wait.
  @usableFromInline var cursor: Cycle = 0
  /// Ports whose signals resume the process.
  @usableFromInline var waitMask: UInt32 = 0
  /// What its keys in the tree have below the cycle.
  @usableFromInline var tag: UInt64 = 0
  /// Where its ports begin.
  @usableFromInline let firstPort: Int32
  /// The state in which it waits, or waited last.
  @usableFromInline var openState: UInt8 = 0
  /// Pulses that came while it was busy.
  @usableFromInline var missed: UInt64 = 0
  /// Accounted cycles by state.
  @usableFromInline var stateCycles = InlineArray<16, Cycle>(repeating: 0)

  init(firstPort: Int32) { self.firstPort = firstPort }

  mutating func reset() {
    cursor = 0
    waitMask = 0
    openState = 0
    missed = 0
    stateCycles = InlineArray(repeating: 0)
  }
}

/// One process that a signal can wake.
@frozen
@usableFromInline
struct ListenerRegister: BitwiseCopyable {
  @usableFromInline let process: Int32
  /// The bit of the port in the process's ``ProcessRegister/waitMask``.
  @usableFromInline let port: UInt32
}

/// The flip-flops of one signal, with up to two changes under way.
@frozen
@usableFromInline
struct SignalRegister: BitwiseCopyable {
  /// A level: its value before both changes.
  @usableFromInline var value: UInt64 = 0
  /// A level: its value from `firstTime` on.
  @usableFromInline var firstValue: UInt64 = 0
  /// A level: its value from `secondTime` on.
  @usableFromInline var secondValue: UInt64 = 0
  /// A level: when the older change is seen; a pulse: the pulse before the latest.
  @usableFromInline var firstTime: Cycle = 0
  /// A level: when the younger change is seen; a pulse: the latest.
  @usableFromInline var secondTime: Cycle = 0
  /// Its listeners, as a range.
  @usableFromInline let firstListener: Int32
  @usableFromInline let endOfListeners: Int32
  /// Whether this is a pulse or a level.
  @usableFromInline let isPulse: Bool

  init(isPulse: Bool, firstListener: Int32, endOfListeners: Int32) {
    self.isPulse = isPulse
    self.firstListener = firstListener
    self.endOfListeners = endOfListeners
    reset()
  }

  mutating func reset() {
    (value, firstValue, secondValue) = (0, 0, 0)
    // No cycle is ever equal to the time of a pulse that has not been.
    firstTime = isPulse ? .max : 0
    secondTime = firstTime
  }
}
