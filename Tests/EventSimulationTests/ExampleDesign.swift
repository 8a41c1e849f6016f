import EventSimulation

/// A producer that sends pulses to a consumer which is busy for a while after each: small enough to
/// be checked by hand.
///
/// The producer works for `period` cycles, then raises `item`. The consumer works for `service`
/// cycles on each item that it sees, and misses those that come while it is busy; it counts its work
/// in the level `total`, on which the observer sleeps.
struct ExampleDesign: SimulatedDesign {
  enum Producer: UInt8, ProcessState { case idle, work }
  enum Consumer: UInt8, ProcessState { case idle, work, finish }
  enum Observer: UInt8, ProcessState { case idle, look }

  let topology: Topology
  let item: SignalIdentifier
  let total: SignalIdentifier
  let producer: ProcessIdentifier
  let consumer: ProcessIdentifier
  let observer: ProcessIdentifier
  let itemPort: PortSet
  let totalPort: PortSet

  let period: Cycle
  let service: Cycle
  let items: Int
  var sent = 0
  var served: UInt64 = 0
  /// What the observer saw, and when.
  var seen: [(cycle: Cycle, total: UInt64)] = []

  init(period: Cycle, service: Cycle, items: Int) {
    var topology = Topology()
    item = topology.addSignal("item", kind: .pulse)
    total = topology.addSignal("total", kind: .level)
    producer = topology.addProcess("producer", states: Producer.self)
    consumer = topology.addProcess("consumer", states: Consumer.self)
    observer = topology.addProcess("observer", states: Observer.self)
    itemPort = topology.connect(item, to: consumer)
    totalPort = topology.connect(total, to: observer)
    self.topology = topology
    self.period = period
    self.service = service
    self.items = items
  }

  func start<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) {
    kernel.start(producer, at: 0)
    kernel.start(consumer, waitingFor: itemPort)
    kernel.start(observer, waitingFor: totalPort)
  }

  mutating func resume<Probe: KernelProbe>(
    _ process: ProcessIdentifier, in kernel: inout EventKernel<Probe>
  ) -> Wake {
    switch process {
    case producer:
      if kernel.now > 0 {
        kernel.pulse(item)
        sent += 1
      }
      guard sent < items else { return .forever(in: Producer.idle) }
      kernel.stay(in: Producer.work, for: period)
      return .afterStay
    case consumer:
      served += 1
      kernel.write(total, served)
      kernel.stay(in: Consumer.work, for: service)
      kernel.stay(in: Consumer.finish, for: 1)
      return .waiting(for: itemPort, in: Consumer.idle)
    default:
      seen.append((kernel.now, kernel.value(of: total)))
      kernel.stay(in: Observer.look, for: 1)
      return .waiting(for: totalPort, in: Observer.idle)
    }
  }
}
