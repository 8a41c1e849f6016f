/// Keeps everything that happened: every stay and wait of every process, every change of every
/// signal.
///
/// For validation and pictures of single samples; memory grows with events.
public struct IntervalRecorder: KernelProbe, Sendable {
  /// A time that a process spent in a state.
  public struct Interval: Hashable, Sendable {
    /// The state's number.
    public let state: UInt8
    /// Whether a signal ended it, or nothing did yet; otherwise it lasted as long as the process
    /// meant it to.
    public let isWait: Bool
    /// The first cycle.
    public let from: Cycle
    /// How many cycles.
    public let length: Cycle
  }

  /// A change of a level signal.
  public struct Change: Hashable, Sendable {
    /// The value.
    public let value: UInt64
    /// The first cycle in which it is seen.
    public let from: Cycle
  }

  /// Intervals by process, in ascending order; stays of no cycles are left out.
  public private(set) var intervals: [[Interval]]
  /// Cycles in which a pulse signal was high, by signal, in ascending order.
  public private(set) var pulses: [[Cycle]]
  /// Changes of level signals, by signal, in ascending order.
  public private(set) var changes: [[Change]]
  /// The process that writes each signal, nil for one that nobody has written: a register has one
  /// writer.
  public private(set) var drivers: [ProcessIdentifier?]
  /// The state in which each process waits after its last interval.
  public private(set) var restStates: [UInt8]
  /// The process being resumed.
  private var current: ProcessIdentifier?

  /// An empty record.
  ///
  /// - Parameter topology: the netlist that is going to be simulated.
  public init(for topology: Topology) {
    intervals = Array(repeating: [], count: topology.processes.count)
    pulses = Array(repeating: [], count: topology.signals.count)
    changes = Array(repeating: [], count: topology.signals.count)
    drivers = Array(repeating: nil, count: topology.signals.count)
    restStates = Array(repeating: 0, count: topology.processes.count)
  }

  /// Keeps a stay.
  public mutating func stayed(
    _ process: ProcessIdentifier, in state: UInt8, from: Cycle, for length: Cycle
  ) {
    keep(process, Interval(state: state, isWait: false, from: from, length: length))
  }

  /// Keeps a wait.
  public mutating func waited(
    _ process: ProcessIdentifier, in state: UInt8, from: Cycle, for length: Cycle
  ) {
    // Every resumption begins with the end of a wait, be it one of no cycles.
    current = process
    keep(process, Interval(state: state, isWait: true, from: from, length: length))
  }

  private mutating func keep(_ process: ProcessIdentifier, _ interval: Interval) {
    guard interval.length > 0 else { return }
    intervals[process.index].append(interval)
  }

  /// Keeps where the process rests.
  public mutating func rests(_ process: ProcessIdentifier, in state: UInt8) {
    restStates[process.index] = state
  }

  /// Keeps a pulse.
  public mutating func pulsed(_ signal: SignalIdentifier, at cycle: Cycle) {
    pulses[signal.index].append(cycle)
    drivers[signal.index] = current
  }

  /// Keeps a change.
  public mutating func wrote(_ signal: SignalIdentifier, value: UInt64, from cycle: Cycle) {
    changes[signal.index].append(Change(value: value, from: cycle))
    drivers[signal.index] = current
  }
}
