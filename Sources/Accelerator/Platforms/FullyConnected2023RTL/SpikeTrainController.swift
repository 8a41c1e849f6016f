import EventSimulation

/// The control unit of a layer of the register-transfer design: it accepts a spike train, encodes it
/// into an address list, and enables the units, first to accumulate, then to activate.
///
/// It counts cycles and does not ask the units whether they are through. Follows
/// docs/hardware/fc-2023.md, "Register-transfer design".
struct SpikeTrainController: BitwiseCopyable {
  enum State: UInt8, ProcessState {
    case idle, clear, encode, accumulate, settle, activate
  }

  // Parameters.
  let neuronsPerUnit: Cycle
  /// Cycles of one spike of the list.
  let cyclesPerSpike: Cycle
  let counterMask: UInt32
  // Quirks.
  let hangsAtEmptyTrains: Bool
  /// Cycles by which the enable outlasts the accumulation.
  let overhang: Cycle
  let isBlind: Bool
  /// Spikes of each train.
  let counts: FrameCounts

  // Ports.
  let trainPort: PortSet
  let available: SignalIdentifier
  let accumulate: SignalIdentifier
  let activate: SignalIdentifier
  let takenPort: PortSet

  // Registers.
  private var train = 0
  /// Whether the units have been told to activate, and are asked.
  private var awaitsUnits = false
  /// The first cycle in which they are told to.
  private var settled: Cycle = 0

  // Statistics.
  /// Whether a train was accepted that never ends.
  private(set) var hangs = false
  /// The first cycle in which the layer is available again.
  private(set) var availableAt: Cycle = 0
  /// Cycles in which the units are told to accumulate, and to activate.
  private(set) var accumulateEnables: UInt64 = 0
  private(set) var activateEnables: UInt64 = 0
  /// Trains that were accepted, and the most spikes of one.
  var trains: Int { train }
  private(set) var largestTrain: UInt32 = 0

  init(
    _ model: FullyConnected2023RTL, wiring: FullyConnected2023RTLDesign.Wiring, counts: FrameCounts
  ) {
    let geometry = model.geometry
    self.counts = counts
    neuronsPerUnit = Cycle(geometry.neuronsPerUnit)
    cyclesPerSpike =
      (model.quirks.contains(.lostAdditions)
        ? Cycle(geometry.accumulateLatency) : SpikeTrainGeometry.unitAccumulateCycles)
      * Cycle(geometry.neuronsPerUnit)
    counterMask = model.quirks.contains(.countWrap) ? geometry.spikeCounterMask : .max
    hangsAtEmptyTrains = model.quirks.contains(.emptyTrainHangs)
    overhang = model.quirks.contains(.extraAddition) ? 1 : 0
    isBlind = model.quirks.contains(.blindActivation)
    takenPort = wiring.takenPort
    trainPort = wiring.trainPort
    available = wiring.available
    accumulate = wiring.accumulate
    activate = wiring.activate
  }

  mutating func reset() {
    (train, hangs, awaitsUnits, settled, availableAt) = (0, false, false, 0, 0)
    (accumulateEnables, activateEnables, largestTrain) = (0, 0, 0)
  }

  @inline(__always)
  mutating func resume<Probe: KernelProbe>(in kernel: inout EventKernel<Probe>) -> Wake {
    awaitsUnits ? finish(&kernel) : accept(&kernel)
  }

  /// A train is offered.
  @inline(__always)
  private mutating func accept<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    let spikes = counts[train]
    let counted = Cycle(spikes & counterMask)
    train &+= 1
    largestTrain = max(largestTrain, spikes)
    kernel.stay(in: State.encode, for: Cycle(spikes) &+ 1)
    kernel.stay(in: State.clear, for: Cycle(spikes))
    let begin = kernel.nextStay
    guard counted > 0 || !hangsAtEmptyTrains else {
      // The end is recognised by a count that is never reached.
      kernel.write(accumulate, .max, after: begin &- kernel.now)
      hangs = true
      return .forever(in: State.accumulate)
    }
    let length = counted &* cyclesPerSpike
    kernel.stay(in: State.accumulate, for: length)
    kernel.stay(in: State.settle, for: 1)
    settled = kernel.nextStay
    if counted > 0 {
      // The units are told beforehand when the enable is going to fall, so that they can sleep.
      let fall = begin &+ length &+ overhang
      kernel.write(accumulate, fall, after: begin &- kernel.now)
      kernel.write(accumulate, 0, after: fall &- kernel.now)
      accumulateEnables &+= fall &- begin
    }
    kernel.write(activate, 1, after: settled &- kernel.now)
    guard isBlind else {
      awaitsUnits = true
      return .waiting(for: takenPort, in: State.activate)
    }
    kernel.stay(in: State.activate, for: neuronsPerUnit)
    kernel.write(activate, 0, after: kernel.nextStay &- kernel.now)
    activateEnables &+= neuronsPerUnit
    return rest(&kernel)
  }

  /// The units have begun to activate: the layer is available when they are through.
  @inline(__always)
  private mutating func finish<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    awaitsUnits = false
    kernel.write(activate, 0)
    activateEnables &+= kernel.now &+ 1 &- settled
    kernel.stay(in: State.activate, for: 2 &* neuronsPerUnit)
    return rest(&kernel)
  }

  @inline(__always)
  private mutating func rest<Probe: KernelProbe>(_ kernel: inout EventKernel<Probe>) -> Wake {
    availableAt = kernel.nextStay
    kernel.pulse(available, after: availableAt &- kernel.now)
    return .waiting(for: trainPort, in: State.idle)
  }
}
