/// Which processes there are, which signals, and who listens to what: the netlist of a simulation.
///
/// ```swift
/// var topology = Topology()
/// let loaded = topology.addSignal("loaded", kind: .pulse)
/// let encoder = topology.addProcess("encoder", states: EncoderState.self)
/// let start = topology.connect(loaded, to: encoder)
/// ```
public struct Topology: Sendable {
  /// How a signal behaves between two writes.
  public enum SignalKind: Hashable, Sendable {
    /// Holds its value until the next write.
    case level
    /// High for exactly one cycle.
    case pulse
  }

  /// A process: its name and the names of its states.
  public struct Process: Hashable, Sendable {
    /// The name, unique in the topology.
    public let name: String
    /// Names of its states; the position is the state's number.
    public let states: [String]
    /// Signals at its ports; the position is the port's number.
    public fileprivate(set) var ports: [SignalIdentifier] = []
  }

  /// A signal: its name and kind.
  public struct Signal: Hashable, Sendable {
    /// The name, unique in the topology.
    public let name: String
    /// Level or pulse.
    public let kind: SignalKind
    /// Who is connected, at which port.
    public fileprivate(set) var listeners: [Listener] = []
  }

  /// A process that a signal can wake.
  public struct Listener: Hashable, Sendable {
    /// The listening process.
    public let process: ProcessIdentifier
    /// The port at which it listens.
    public let port: Int
  }

  /// All processes, in order of addition.
  public private(set) var processes: [Process] = []
  /// All signals, in order of addition.
  public private(set) var signals: [Signal] = []

  /// The most states that a process can have.
  public static let maximumStates = 16

  /// The most processes of a topology.
  public static let maximumProcesses = 1024

  /// An empty netlist.
  public init() {}

  /// Adds a process that rests in its state 0.
  ///
  /// - Parameters:
  ///   - name: its name, for people.
  ///   - states: its states, at most ``maximumStates``.
  /// - Returns: its identifier.
  public mutating func addProcess<State: ProcessState>(
    _ name: String, states: State.Type
  ) -> ProcessIdentifier {
    let names = State.allCases.sorted { $0.rawValue < $1.rawValue }.map { "\($0)" }
    assert(names.count <= Self.maximumStates, "\(name) has too many states")
    processes.append(Process(name: name, states: names))
    return ProcessIdentifier(processes.count - 1)
  }

  /// Adds a signal, low or 0 at the start.
  ///
  /// - Parameters:
  ///   - name: its name, for people.
  ///   - kind: level or pulse.
  /// - Returns: its identifier.
  public mutating func addSignal(_ name: String, kind: SignalKind) -> SignalIdentifier {
    signals.append(Signal(name: name, kind: kind))
    return SignalIdentifier(signals.count - 1)
  }

  /// Lets a process wait for a signal.
  ///
  /// - Parameters:
  ///   - signal: the signal to listen to.
  ///   - process: the listener.
  /// - Returns: the port, to be named in ``Wake/on(_:in:)``.
  public mutating func connect(
    _ signal: SignalIdentifier, to process: ProcessIdentifier
  ) -> PortSet {
    let port = processes[process.index].ports.count
    assert(port < UInt32.bitWidth, "\(processes[process.index].name) has too many ports")
    processes[process.index].ports.append(signal)
    signals[signal.index].listeners.append(Listener(process: process, port: port))
    return PortSet(rawValue: 1 << UInt32(port))
  }
}
