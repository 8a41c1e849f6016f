import EventSimulation

/// The timing of platform hybrid-2024 in closed form: max-plus recurrences over spike counts.
///
/// Derived from the cycle rules of docs/hardware/hybrid-2024.md alone and sharing no code with the
/// event simulation, with which tests compare it. It knows cycles, not state times.
public enum Hybrid2024ClosedForm {
  /// What one layer costs for one sample.
  ///
  /// - Parameters:
  ///   - layer: a layer that is allowed and finishes.
  ///   - counts: spikes of every frame: `[time step][channel]` for a convolution, `[time step]` for
  ///     a fully connected layer, nothing for a dense layer; frames that are not there have none.
  ///   - quirks: which quirks are present.
  /// - Returns: its cycles and counts.
  /// - Complexity: O(phases x frames) for a convolution, O(passes x time steps) for a fully
  ///   connected layer, O(1) for a dense layer.
  public static func outcome(
    of layer: Hybrid2024Layer, counts: [UInt32], quirks: Set<Hybrid2024.Quirk> = .published
  ) -> ClosedFormLayer {
    switch layer {
    case .convolution(let geometry):
      return convolution(geometry, counts, quirks, ClosedFormReading()).layer
    case .fullyConnected(let geometry):
      return fullyConnected(geometry, quirks).outcome(of: geometry, counts: counts)
    case .dense(let geometry):
      let slots = Cycle(geometry.outputChannels) &* Cycle(geometry.timeSteps)
      let loaded = 1 &+ slots &* (Cycle(geometry.pixels) &+ 29)
      return ClosedFormLayer(
        cycles: loaded, activeCycles: loaded &+ 1,
        accumulateCycles: slots &* (Cycle(geometry.pixels) &+ 1), activations: slots,
        droppedWrites: 0)
    }
  }

  /// The sums of a fully connected layer.
  static func fullyConnected(
    _ geometry: FullyConnectedGeometry, _ quirks: Set<Hybrid2024.Quirk>
  ) -> ClosedFormFullyConnected {
    let (whole, rest) = geometry.neurons.quotientAndRemainder(
      dividingBy: geometry.processingElements)
    return ClosedFormFullyConnected(
      passes: whole + (quirks.contains(.extraPass) || rest > 0 ? 1 : 0), mask: .max,
      losesFirstSpike: quirks.contains(.lostFirstSpike),
      writerTurn: geometry.variant == .fc1 ? 2 &* Cycle(geometry.processingElements) : nil,
      overrunsWriter: quirks.contains(.writerOverrun))
  }

  /// A convolution layer, for any number of images, and what it did when if the reading asks for it.
  static func convolution(
    _ layer: ConvolutionGeometry, _ counts: [UInt32], _ quirks: Set<Hybrid2024.Quirk>,
    _ reading: ClosedFormReading
  ) -> (layer: ClosedFormLayer, history: ConvolutionHistory?) {
    let mask = quirks.contains(.countWrap) ? Cycle(layer.spikeCounterMask) : .max
    if layer.options.usesRings {
      var controllers = ClosedFormEventControllers(
        layer, mask: mask, sweepsShort: quirks.contains(.shortSweep),
        rowCycles: quirks.contains(.doubleWrite) ? 3 : 2,
        overrunsWriter: quirks.contains(.writerOverrun), isDoneEarly: quirks.contains(.earlyDone))
      return (controllers.outcome(of: layer, counts: counts), nil)
    }
    let chunks = 2 &* Cycle(layer.chunks)
    var engine = ClosedFormSpikeEngine(layer, quirks)
    if reading.keepsHistory { engine.sweeps.history = ConvolutionHistory() }
    var phases = ClosedFormPhases(layer, reading)
    var wait: Cycle = 0
    while phases.next(&wait) {
      var frame = phases.firstFrame
      for _ in 0..<layer.timeSteps {
        var iteration: Cycle = 0
        for _ in 0..<layer.inputChannels {
          let spikes = frame < counts.count ? Cycle(counts[frame]) : 0
          frame &+= 1
          let counted = spikes & mask
          let offered = wait &+ chunks &+ 2 &* spikes &+ 1
          iteration = counted == 0 ? offered : engine.list(of: counted, offeredAt: offered)
          engine.sweeps.history?.frames.append(
            ConvolutionHistory.Frame(
              wait: wait, encoded: offered &- 1, iteration: iteration, counted: counted))
          wait = iteration &+ 1
        }
        engine.timeStepEnds(at: iteration &+ 1)
        wait &+= 1
      }
      wait &+= 1
    }
    return engine.outcome(done: wait, phases)
  }
}

/// The spike engine of a convolution layer, brought up to date whenever the compression engine
/// turns to it.
private struct ClosedFormSpikeEngine {
  private let taps: Cycle
  private let drain: Cycle
  private let losesActivations: Bool
  private let losesLists: Bool
  private let takesTwice: Bool
  private let isDoneEarly: Bool
  var sweeps: ClosedFormSweeps

  /// The last cycle of a burst of which it is open whether a sweep follows.
  private var openBurst: Cycle?
  /// The first idle cycle after the last burst or sweep.
  private var idle: Cycle = 0
  /// From when on the engine is available, if it is idle.
  private var available: Cycle = 1
  /// From when on it was not, before that.
  private var unavailable: Cycle = 1
  /// Whether a list was taken since the last sweep, or there was none yet.
  private var maySweep = true
  /// The latest end of a time step.
  private var stepEnd: Cycle = 0
  /// The earliest end of a time step that is not forgotten when the open burst ends.
  private var remembered: Cycle = 0
  private var accumulateCycles: Cycle = 0

  init(_ layer: ConvolutionGeometry, _ quirks: Set<Hybrid2024.Quirk>) {
    let access: Cycle = layer.options.membranePorts == 1 ? 2 : 1
    taps = access &* Cycle(layer.kernel) &* Cycle(layer.kernel)
    drain = Cycle(layer.options.memoryLatency) &- 1
    losesActivations = quirks.contains(.lostActivations)
    losesLists = quirks.contains(.lostLists)
    takesTwice = quirks.contains(.doubleTake)
    isDoneEarly = quirks.contains(.earlyDone)
    sweeps = ClosedFormSweeps(
      layer, isShort: quirks.contains(.shortSweep),
      rowCycles: quirks.contains(.doubleWrite) ? 3 : 2,
      overrunsWriter: quirks.contains(.writerOverrun), waitsForElements: !losesActivations)
  }

  /// A list is offered.
  ///
  /// - Returns: the channel iteration of the compression engine, in which it withdraws the list.
  mutating func list(of spikes: Cycle, offeredAt offered: Cycle) -> Cycle {
    closeBurst()
    let iteration = max(offered, available) &+ 1
    let taken = max(offered, idle)
    // An engine that is available during its sweep lets the compression engine pass: the list is
    // gone when the sweep is over.
    guard taken <= iteration else { return iteration }
    burst(of: spikes, takenAt: taken)
    if taps &* spikes &+ drain == 1, takesTwice, iteration == taken &+ 2 {
      // The burst is over before the list is withdrawn: it is taken again, unless a sweep follows.
      closeBurst()
      if idle == iteration { burst(of: 1, takenAt: idle) }
    }
    return iteration
  }

  private mutating func burst(of spikes: Cycle, takenAt taken: Cycle) {
    let length = taps &* spikes &+ drain
    let first = taken &+ 1
    // An end that was signalled while the engine was not available is remembered until the burst's
    // first cycle is over, which matters to bursts of one cycle.
    remembered = length > 1 ? first &+ 1 : taken < available ? unavailable : first
    unavailable = first &+ 1
    openBurst = first &+ length &- 1
    maySweep = true
    accumulateCycles &+= length &- drain
    sweeps.history?.bursts.append(first...first &+ length &- 1)
    idle = first &+ length
    available = idle &+ 1
  }

  private mutating func closeBurst() {
    guard let last = openBurst else { return }
    openBurst = nil
    guard losesActivations, stepEnd >= remembered, stepEnd <= last else { return }
    sweep(orderedAt: last)
    available = idle &+ 1
  }

  /// The end of a time step reaches the engine.
  mutating func timeStepEnds(at cycle: Cycle) {
    if losesActivations {
      // A burst that is over by now knows of earlier ends only.
      if let last = openBurst, last < cycle { closeBurst() }
      stepEnd = cycle
      guard openBurst == nil, cycle >= idle, maySweep else { return }
      sweepFromIdle(at: cycle)
    } else if let last = openBurst, cycle <= last {
      openBurst = nil
      sweep(orderedAt: last)
      available = idle &+ 1
    } else {
      openBurst = nil
      sweepFromIdle(at: max(cycle, idle))
    }
  }

  private mutating func sweepFromIdle(at cycle: Cycle) {
    // In its first idle cycle the engine becomes available, whatever else it does in it.
    if losesLists {
      available = min(available, idle &+ 1)
      sweep(orderedAt: cycle)
    } else {
      unavailable = cycle &+ 1
      sweep(orderedAt: cycle)
      available = idle &+ 1
    }
  }

  private mutating func sweep(orderedAt cycle: Cycle) {
    maySweep = false
    idle = sweeps.sweep(from: cycle)
  }

  /// What the layer costs.
  mutating func outcome(
    done: Cycle, _ phases: ClosedFormPhases
  ) -> (layer: ClosedFormLayer, history: ConvolutionHistory?) {
    closeBurst()
    return sweeps.outcome(
      done: done, idle: idle, accumulateCycles: accumulateCycles, isDoneEarly: isDoneEarly,
      phases: phases)
  }
}
