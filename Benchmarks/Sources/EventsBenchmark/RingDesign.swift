import EventSimulation

/// A ring of processes that hand tokens on: each works on a token for some cycles, then counts up
/// the level that its neighbour listens to.
///
/// As many tokens as processes circulate, so that some wait while others queue: resumptions are
/// mixed from ends of stays and signal changes, as in the accelerators.
struct RingDesign: SimulatedDesign {
  enum State: UInt8, ProcessState { case idle, work }

  let topology: Topology
  private let signals: UnsafeMutablePointer<SignalIdentifier>
  private let ports: UnsafeMutablePointer<PortSet>
  private let registers: UnsafeMutablePointer<RingRegisters>
  private let count: Int
  private let service: RingService

  init(processes: Int, service: RingService) {
    var topology = Topology()
    count = processes
    self.service = service
    // Never freed: a benchmark's designs live as long as it does.
    signals = .allocate(capacity: processes)
    ports = .allocate(capacity: processes)
    registers = .allocate(capacity: processes)
    let identifiers = (0..<processes).map { topology.addProcess("p\($0)", states: State.self) }
    for index in 0..<processes {
      (signals + index).initialize(to: topology.addSignal("tokens\(index)", kind: .level))
      (ports + index).initialize(to: topology.connect(signals[index], to: identifiers[index]))
    }
    self.topology = topology
  }

  func start(_ kernel: inout EventKernel<some KernelProbe>) {
    for index in 0..<count {
      registers[index] = RingRegisters(index, service)
      kernel.start(ProcessIdentifier(index), at: 0)
    }
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(
    _ process: ProcessIdentifier, in kernel: inout EventKernel<Probe>
  ) -> Wake {
    let own = registers + process.index
    if own.pointee.isWorking {
      let next = process.index &+ 1 == count ? 0 : process.index &+ 1
      own.pointee.sent &+= 1
      kernel.write(signals[next], own.pointee.sent)
    }
    // Every process begins with a token of its own.
    let arrived = kernel.value(of: signals[process.index]) &+ 1
    own.pointee.isWorking = arrived > own.pointee.taken
    guard own.pointee.isWorking else {
      return .waiting(for: ports[process.index], in: State.idle)
    }
    own.pointee.taken &+= 1
    kernel.stay(in: State.work, for: own.pointee.nextService())
    return .afterStay
  }
}

/// How long the processes of a ring work on a token.
enum RingService: String {
  /// Every process its own constant, 3 to 10 cycles: like an accelerator, in which most events
  /// follow each other regularly.
  case regular
  /// 1 to 8 cycles, at random: every branch that depends on it is mispredicted half of the time.
  case random
}

/// What a process of the ring remembers.
struct RingRegisters {
  var taken: UInt64 = 0
  var sent: UInt64 = 0
  var isWorking = false
  private var random: UInt64
  private let constant: UInt64

  init(_ index: Int, _ service: RingService) {
    random = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 | 1
    constant = service == .regular ? 3 + UInt64(index * 5 % 8) : 0
  }

  /// Cycles of the next token; the random ones by xorshift64 (Marsaglia 2003).
  @inline(__always)
  mutating func nextService() -> UInt64 {
    if constant > 0 { return constant }
    random ^= random &<< 13
    random ^= random &>> 7
    random ^= random &<< 17
    return 1 &+ (random &>> 16 & 7)
  }
}
