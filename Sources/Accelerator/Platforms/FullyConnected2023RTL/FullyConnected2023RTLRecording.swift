import EventSimulation

/// Runs a vector case on the simulated platform fc-2023-rtl and states everything that the vectors
/// measure, in their form.
struct FullyConnected2023RTLRecording {
  /// Everything that the vectors measure.
  let result: JSONValue

  /// - Parameters:
  ///   - recorded: the layer and its spike trains.
  ///   - gap: cycles between the one in which the layer is available and the next train.
  ///   - order: see ``EventKernel/init(_:probe:order:)``.
  /// - Throws: ``VectorProblem`` if time ends before the trains do.
  init(
    replaying recorded: RecordedSpikeTrains, gap: Int, order: ((Int) -> [Int])?
  ) throws(VectorProblem) {
    let geometry = recorded.geometry
    let model = FullyConnected2023RTL(geometry, timeSteps: recorded.counts.count, gap: gap)
    var design = FullyConnected2023RTLDesign(model, counts: recorded.counts)
    var kernel = EventKernel(
      design.topology, probe: IntervalRecorder(for: design.topology),
      order: order?(design.topology.processes.count))
    design.start(&kernel)
    guard kernel.run(&design) else {
      throw VectorProblem("the trains take more than 2^44 cycles, where simulated time ends")
    }
    var members: [String: JSONValue] = [
      "trains": .array(Self.trains(recorded, design, kernel)),
      "unitActivations": .array(Self.unitActivations(geometry, design, kernel)),
      "neverFinishes": .boolean(design.controller.hangs),
    ]
    if design.controller.hangs {
      members["reason"] = .string(geometry.hangReason)
    } else {
      members.merge(Self.totals(geometry, design, kernel)) { $1 }
    }
    result = .object(members)
  }

  /// The trains that came to their end.
  private static func trains(
    _ recorded: RecordedSpikeTrains, _ design: borrowing FullyConnected2023RTLDesign,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> [JSONValue] {
    let accepted = kernel.probe.pulses[design.wiring.train.index]
    var trains: [JSONValue] = []
    var encoded: Cycle = 0
    var accumulate: (first: Cycle, last: Cycle) = (0, 0)
    for interval in kernel.probe.intervals[design.controllerProcess.index] {
      let last = interval.from + interval.length - 1
      switch SpikeTrainController.State(rawValue: interval.state) {
      case .encode, .clear: encoded = last
      case .accumulate: accumulate = (interval.from, last)
      case .activate where trains.count < accepted.count:
        let counted = recorded.counts[trains.count] & recorded.geometry.spikeCounterMask
        trains.append(
          .numbers([
            accepted[trains.count], encoded, UInt64(counted), accumulate.first, accumulate.last,
            interval.from, last,
          ]))
      default: break
      }
    }
    return trains
  }

  private static func unitActivations(
    _ geometry: SpikeTrainGeometry, _ design: borrowing FullyConnected2023RTLDesign,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> [JSONValue] {
    kernel.probe.intervals[design.unitsProcess.index]
      .filter { $0.state == SpikeTrainUnits.State.leak.rawValue }
      .map { .numbers([$0.from, $0.from + 2 * $0.length - 1]) }
  }

  /// Times and counts up to the first cycle in which everything is quiet.
  private static func totals(
    _ geometry: SpikeTrainGeometry, _ design: borrowing FullyConnected2023RTLDesign,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> [String: JSONValue] {
    let (controller, units) = (design.controllerProcess, design.unitsProcess)
    // A falling enable wakes idle units, which is no activity: the kernel's account of their rest may
    // reach beyond the end.
    let activity = kernel.probe.intervals[units.index]
      .filter { $0.state != SpikeTrainUnits.State.idle.rawValue }
    let unitsRest = activity.last.map { $0.from + $0.length } ?? 0
    let end = max(kernel.restBegins(controller) + 1, unitsRest)
    var unitStates = Array(repeating: UInt64(0), count: SpikeTrainUnits.State.allCases.count)
    for interval in activity { unitStates[Int(interval.state)] += interval.length }
    unitStates[Int(SpikeTrainUnits.State.idle.rawValue)] = end - unitStates.reduce(0, +)
    func cycles(_ state: SpikeTrainUnits.State) -> UInt64 { unitStates[Int(state.rawValue)] }
    return [
      "states": .numbers(
        SpikeTrainController.State.allCases.map {
          kernel.cycles(of: controller, in: $0.rawValue, before: end)
        }),
      "unitStates": .numbers(unitStates),
      // The weight RAMs are enabled while an address is given and while it is read.
      "weightReads": .number(
        (cycles(.address) + cycles(.read)) * UInt64(geometry.processingElements)),
      "accumulateEnables": .number(highCycles(of: design.wiring.accumulate, kernel)),
      "activateEnables": .number(highCycles(of: design.wiring.activate, kernel)),
      "accumulations": .number(cycles(.add)),
      "end": .number(end),
    ]
  }

  /// Cycles in which a level was not 0.
  private static func highCycles(
    of signal: SignalIdentifier, _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> UInt64 {
    let changes = kernel.probe.changes[signal.index]
    return zip(changes, changes.dropFirst()).reduce(0) { sum, pair in
      pair.0.value == 0 ? sum : sum + pair.1.from - pair.0.from
    }
  }
}
