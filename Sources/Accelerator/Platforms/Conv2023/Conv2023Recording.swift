import EventSimulation

/// Runs a vector case on the simulated platform conv-2023 and states everything that the vectors
/// measure, in their form.
struct Conv2023Recording {
  let layers: [JSONValue]

  /// - Parameters:
  ///   - recorded: the layers.
  ///   - starts: cycles in which the start signal was high, ascending.
  ///   - order: see ``EventKernel/init(_:probe:order:)``.
  init(replaying recorded: [RecordedLayer], starts: [Cycle], order: ((Int) -> [Int])?) {
    var design = LockStepDesign(
      Conv2023(layers: recorded.map(\.geometry)).lockStepLayers,
      frameCounts: recorded.map(\.counts.count),
      everyPhaseReadsTheSame: false, starts: starts)
    for (layer, buffer) in zip(recorded, design.counts) {
      _ = buffer.update(fromContentsOf: layer.counts)
    }
    var kernel = EventKernel(
      design.topology, probe: IntervalRecorder(for: design.topology),
      order: order?(design.topology.processes.count))
    design.start(&kernel)
    kernel.run(&design)
    var layers: [JSONValue] = []
    for (index, layer) in recorded.enumerated() {
      switch design.engines(ofLayer: index) {
      case .convolution(let engines):
        layers.append(Self.convolution(engines, at: design.places[index], kernel))
      case .fullyConnected(let engines):
        layers.append(
          Self.fullyConnected(engines, counts: layer.counts, at: design.places[index], kernel))
      case .dense, .buffered: break
      }
    }
    self.layers = layers
  }

  private static func convolution(
    _ layer: ConvolutionLayer, at place: LockStepDesign.Place,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> JSONValue {
    let geometry = layer.geometry
    typealias Encoder = CompressionEngine.State
    let record = kernel.probe
    let loaded = record.pulses[place.loaded.index]
    let end = endOfActivity(place, lastSignal: loaded.last, kernel)
    let lists = Dictionary(
      changes(of: place.handover, record).map { ($0.from, $0.value) }, uniquingKeysWith: { $1 })

    var frames: [JSONValue] = []
    var wait: Cycle = 0
    var encoded: Cycle = 0
    for interval in record.intervals[place.processes[0].index] {
      switch Encoder(rawValue: interval.state) {
      case .wait: wait = interval.from
      case .load, .encode, .clear: encoded = interval.from + interval.length - 1
      case .channel:
        frames.append(
          .numbers([wait, encoded, interval.from, lists[encoded + 1] ?? 0]))
      default: break
      }
    }
    let taps = UInt64(geometry.kernel * geometry.kernel)
    let spikeIntervals = record.intervals[place.processes[1].index]
    let bursts = spikeIntervals.filter { $0.state == SpikeEngine.State.burst.rawValue }
    let activations = spikeIntervals.filter { $0.state == SpikeEngine.State.activate.rawValue }
    let encoderStates = states(
      Encoder.allCases, of: place.processes[0], kernel, before: end)
    let spikeStates = states(
      [SpikeEngine.State.idle, .burst, .activate], of: place.processes[1], kernel, before: end)
    let core = place.processes[2]
    func coreCycles(_ state: ConvolutionElements.State) -> JSONValue {
      .number(kernel.cycles(of: core, in: state.rawValue, before: end))
    }
    let writes = writerPasses(place, kernel)
    let passes = UInt64(writes.count)
    let elements = UInt64(geometry.processingElements)
    return .object([
      "frames": .array(frames),
      "bursts": .array(
        bursts.map { .numbers([$0.from, $0.from + $0.length - 1, $0.length / taps]) }),
      "activations": .array(activations.map(Self.span)),
      "coreActivations": .array(
        record.intervals[core.index]
          .filter { $0.state == ConvolutionElements.State.activate.rawValue }.map(Self.span)),
      "ready": .numbers(record.pulses[place.ready.index]),
      "loaded": .numbers(loaded),
      "writer": .array(writes.map { .numbers([$0, $0 + 3 * elements - 1]) }),
      "writerStores": .numbers(
        writes.flatMap { first in (0..<elements).map { first + 1 + 3 * $0 } }),
      "encoderStates": encoderStates,
      "spikeStates": spikeStates,
      "writerStates": .array(
        SpikeWriter.State.allCases.map {
          .number(kernel.cycles(of: place.processes[3], in: $0.rawValue, before: end))
        }),
      "coreStates": .object([
        "s0": coreCycles(.rest), "s1": coreCycles(.accumulate), "s3": coreCycles(.activate),
        "s7": coreCycles(.exit),
      ]),
      "inputReads": .number(
        LayerAccount.inputReads(
          collecting: layer.compression.frames, starts: layer.compression.starts,
          idle: kernel.cycles(
            of: place.processes[0], in: Encoder.idle.rawValue, before: end),
          restsInIdle: true)),
      "spikeWrites": .number(2 * elements * passes),
      "accumulateEnables": .number(bursts.reduce(0) { $0 + $1.length }),
      "activateEnables": .number(layer.spikes.activateEnables),
      "end": .number(end),
      "neverFinishes": .boolean(geometry.chunkCounterOverflows),
    ])
  }

  private static func fullyConnected(
    _ layer: FullyConnectedLayer, counts: [UInt32], at place: LockStepDesign.Place,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> JSONValue {
    let geometry = layer.geometry
    typealias State = RowCompressionEngine.State
    let record = kernel.probe
    let loaded = record.changes[place.loaded.index].first?.from
    let end = endOfActivity(place, lastSignal: loaded, kernel)
    let elements = UInt64(geometry.processingElements)

    var frames: [JSONValue] = []
    var collect: Cycle = 0
    var load: Cycle = 0
    for interval in record.intervals[place.processes[0].index] {
      switch State(rawValue: interval.state) {
      case .collect: collect = interval.from
      case .load: load = interval.from
      case .timeStep: frames.append(.numbers([UInt64(frames.count), collect, load, interval.from]))
      default: break
      }
    }
    let masked = counts.map { $0 & geometry.spikeCounterMask }
    let ready = record.pulses[place.ready.index]
    let iterations = record.intervals[place.processes[1].index]
      .filter { $0.state == State.spikeIteration.rawValue }
    let passes = iterations.enumerated().map { position, interval in
      let (pass, timeStep) = position.quotientAndRemainder(dividingBy: geometry.timeSteps)
      return JSONValue.numbers([
        UInt64(pass * geometry.processingElements), UInt64(timeStep),
        timeStep < masked.count ? UInt64(masked[timeStep]) : 0, interval.from,
        interval.from + interval.length - 1, position < ready.count ? ready[position] : 0,
      ])
    }
    let writes = writerPasses(place, kernel)
    let core = place.processes[2]
    let coreStates = FullyConnectedElements.State.allCases.map {
      kernel.cycles(of: core, in: $0.rawValue, before: end)
    }
    return .object([
      "frames": .array(frames),
      "compressionDone": .number(changes(of: place.handover, record).first?.from ?? 0),
      "passes": .array(passes),
      "ready": .numbers(ready),
      "loaded": loaded.map(JSONValue.number) ?? .null,
      "writer": .array(writes.map { .numbers([$0, $0 + 2 * elements - 1]) }),
      "writerStores": .numbers(
        writes.flatMap { first in (0..<elements).map { first + 2 * $0 } }),
      "encoderStates": states(State.allCases, of: place.processes[0], kernel, before: end),
      "spikeStates": states(State.allCases, of: place.processes[1], kernel, before: end),
      "writerStates": .array(
        [SpikeWriter.State.idle, .sample, .write].map {
          .number(kernel.cycles(of: place.processes[3], in: $0.rawValue, before: end))
        }),
      "coreStates": .numbers(coreStates),
      "inputReads": .number(
        LayerAccount.inputReads(
          collecting: UInt64(geometry.timeSteps * (geometry.inputChannels + 1)), starts: 1,
          idle: kernel.cycles(of: place.processes[0], in: State.idle.rawValue, before: end),
          restsInIdle: false)),
      "weightReads": .number(
        coreStates[Int(FullyConnectedElements.State.accumulate.rawValue)] * elements),
      "accumulateEnables": .number(layer.neurons.accumulateEnables),
      "activateEnables": .number(layer.neurons.activateEnables),
      "end": .number(end),
      "neverFinishes": .boolean(geometry.passesNeverEnd),
    ])
  }

  /// Changes of a level; none if there is no such signal.
  private static func changes(
    of signal: SignalIdentifier?, _ record: IntervalRecorder
  ) -> [IntervalRecorder.Change] {
    signal.map { record.changes[$0.index] } ?? []
  }

  /// The first cycle in which every engine of a layer rests and its completion signal is over.
  private static func endOfActivity(
    _ place: LockStepDesign.Place, lastSignal: Cycle?,
    _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> Cycle {
    var end = lastSignal.map { $0 + 1 } ?? 0
    for process in place.processes { end = max(end, kernel.restBegins(process)) }
    return end
  }

  private static func span(_ interval: IntervalRecorder.Interval) -> JSONValue {
    .numbers([interval.from, interval.from + interval.length - 1])
  }

  /// The first busy cycle of every pass of a layer's writer.
  private static func writerPasses(
    _ place: LockStepDesign.Place, _ kernel: borrowing EventKernel<IntervalRecorder>
  ) -> [Cycle] {
    kernel.probe.intervals[place.processes[3].index]
      .filter { $0.state == SpikeWriter.State.sample.rawValue }.map(\.from)
  }

  private static func states<State: ProcessState>(
    _ states: [State], of process: ProcessIdentifier,
    _ kernel: borrowing EventKernel<IntervalRecorder>, before end: Cycle
  ) -> JSONValue {
    var cycles: [String: JSONValue] = [:]
    for state in states {
      cycles["\(state)"] = .number(kernel.cycles(of: process, in: state.rawValue, before: end))
    }
    return .object(cycles)
  }
}
