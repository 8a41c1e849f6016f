/// The registers of a simulation, as structures of arrays, and the netlist behind them.
@usableFromInline
final class KernelMemory {
  @usableFromInline let topology: Topology
  private let arena = Arena()

  @usableFromInline let tree: WinnerTree

  // Processes.
  /// The first cycle not yet accounted: the end of a stay, or the beginning of a wait.
  @usableFromInline let cursor: UnsafeMutablePointer<Cycle>
  /// Ports whose signals resume the process.
  @usableFromInline let waitMask: UnsafeMutablePointer<UInt32>
  /// The state in which it waits, or waited last.
  @usableFromInline let openState: UnsafeMutablePointer<UInt8>
  /// Pulses that came while it was busy.
  @usableFromInline let missed: UnsafeMutablePointer<UInt64>
  /// Accounted cycles, `[process][state]`.
  @usableFromInline let stateCycles: UnsafeMutablePointer<Cycle>
  /// Its place in the order within a cycle, and its slot in the tree.
  @usableFromInline let rank: UnsafeMutablePointer<Int32>
  @usableFromInline let processOfRank: UnsafeMutablePointer<Int32>
  /// Ports of process p: `portSignal[portBase[p]..<portBase[p + 1]]`.
  @usableFromInline let portBase: UnsafeMutablePointer<Int32>
  @usableFromInline let portSignal: UnsafeMutablePointer<Int32>

  // Signals.
  @usableFromInline let signals: UnsafeMutablePointer<SignalRegister>
  /// Listeners of signal s: `listeners[listenerBase[s]..<listenerBase[s + 1]]`, each the process
  /// above its port's bit.
  @usableFromInline let listenerBase: UnsafeMutablePointer<Int32>
  @usableFromInline let listeners: UnsafeMutablePointer<UInt64>

  @usableFromInline
  init(_ topology: Topology, order givenOrder: [Int]?) {
    let processes = topology.processes
    assert(processes.count <= 1 << Int(WinnerTree.rankBits))
    let order = givenOrder ?? Array(processes.indices)
    assert(order.sorted() == Array(processes.indices))
    self.topology = topology
    tree = WinnerTree(slots: processes.count, in: arena)
    cursor = arena.allocate(processes.count, repeating: 0)
    waitMask = arena.allocate(processes.count, repeating: 0)
    openState = arena.allocate(processes.count, repeating: 0)
    missed = arena.allocate(processes.count, repeating: 0)
    stateCycles = arena.allocate(processes.count * Topology.maximumStates, repeating: 0)
    rank = arena.allocate(processes.count, repeating: 0)
    processOfRank = arena.allocate(processes.count, repeating: 0)
    for (position, process) in order.enumerated() {
      rank[process] = Int32(position)
      processOfRank[position] = Int32(process)
    }

    var portBases: [Int32] = [0]
    var ports: [Int32] = []
    for process in processes {
      ports += process.ports.map { Int32($0.index) }
      portBases.append(Int32(ports.count))
    }
    portBase = arena.store(portBases)
    portSignal = arena.store(ports)

    signals = arena.allocate(
      topology.signals.count, repeating: SignalRegister(isPulse: false))
    var listenerBases: [Int32] = [0]
    var wires: [UInt64] = []
    for signal in topology.signals {
      wires += signal.listeners.map { UInt64($0.process.index) << 32 | 1 << UInt64($0.port) }
      listenerBases.append(Int32(wires.count))
    }
    listenerBase = arena.store(listenerBases)
    listeners = arena.store(wires)
    reset()
  }

  func reset() {
    let count = topology.processes.count
    tree.removeAll()
    cursor.update(repeating: 0, count: count)
    waitMask.update(repeating: 0, count: count)
    openState.update(repeating: 0, count: count)
    missed.update(repeating: 0, count: count)
    stateCycles.update(repeating: 0, count: count * Topology.maximumStates)
    for (index, signal) in topology.signals.enumerated() {
      signals[index] = SignalRegister(isPulse: signal.kind == .pulse)
    }
  }
}
