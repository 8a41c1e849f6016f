import SpikeTraces

/// Replays samples of a trace on one simulated accelerator.
///
/// Its buffers are reused from sample to sample.
struct TraceWorker: SampleWorker, ~Copyable {
  private let trace: TraceReader
  private let hardware: BoundHardware
  private let engine: ReplayEngine
  private let simulator: any SampleSimulator
  private let explainer: SampleExplainer?
  /// The spikes of each layer's input.
  private var planes: [SpikePlanes]
  /// Spikes of each frame that a layer reads.
  private var counts: [[UInt32]]
  private(set) var aggregate: ReplayAggregate

  init(
    trace: TraceReader, hardware: BoundHardware, engine: ReplayEngine,
    explainer: SampleExplainer?
  ) throws(ConfigurationError) {
    self.trace = trace
    self.engine = engine
    self.hardware = hardware
    simulator = try hardware.model.simulator()
    planes = hardware.layers.map { _ in SpikePlanes(timeSteps: 0, neurons: 0) }
    counts = hardware.layers.map { _ in [] }
    aggregate = ReplayAggregate(layerCount: hardware.layers.count)
    self.explainer = explainer
    aggregate.explanation = explainer?.noSums
  }

  mutating func replay(sample: Int) throws {
    let summary = try trace.summary(of: sample)
    for (index, layer) in hardware.layers.enumerated() {
      guard let group = layer.countedGroup else { continue }
      try trace.boundary(hardware.firstLayer + index, of: sample, into: &planes[index])
      planes[index].groupCounts(groupSize: group, into: &counts[index])
    }
    var result = try cost(of: sample)
    result.latency = hardware.latency(of: result)
    aggregate.add(
      sample, result,
      spikes: summary.spikeCounts.dropFirst(hardware.firstLayer).map(UInt64.init),
      largestFrames: counts.map { UInt64($0.max() ?? 0) })
    try explainer?.add(counts, to: &aggregate.explanation)
    if let label = summary.label, let prediction = summary.prediction {
      aggregate.judged += 1
      if label == prediction { aggregate.correct += 1 }
    }
  }

  private func cost(of sample: Int) throws -> SampleReplay {
    do {
      switch engine {
      case .event: return try simulator.replay(counts: counts)
      case .closed: return SampleReplay(try hardware.model.closedForm(counts: counts))
      case .both:
        let result = try simulator.replay(counts: counts)
        let closed = try hardware.model.closedForm(counts: counts)
        if let difference = closed.difference(from: result) {
          throw ReplayError(
            "the two engines disagree on sample \(sample), layer "
              + "\(hardware.layers[difference.layer].name): \(difference.description); one of them is "
              + "wrong, so please report it with the hardware file and this sample")
        }
        return result
      }
    } catch let error as ConfigurationError {
      throw ReplayError("sample \(sample): \(error.description)")
    }
  }
}

extension SampleReplay {
  /// A result of the closed form, which knows no states and only some counts.
  init(_ sample: ClosedFormSample) {
    var start: UInt64 = 0
    var end = sample.latency
    var layers: [LayerReplay] = []
    for layer in sample.layers {
      let begin = layer.start ?? start
      var counters = LayerCounters()
      counters.accumulateCycles = layer.accumulateCycles
      counters.activations = layer.activations
      counters.droppedWrites = layer.droppedWrites
      layers.append(
        LayerReplay(
          start: begin, end: begin + layer.activeCycles, cycles: layer.cycles, stateCycles: [],
          counters: counters))
      end = max(end, begin + layer.activeCycles)
      start += layer.cycles
    }
    self.init(latency: sample.latency, window: end, layers: layers)
  }
}
