import SpikeTraces

/// Replays samples of a trace on one simulated accelerator of the platform conv-2023.
///
/// Its buffers are reused from sample to sample.
struct TraceWorker: SampleWorker, ~Copyable {
  private let trace: TraceReader
  private let layers: [BoundLayer]
  private let engine: ReplayEngine
  private var simulator: Conv2023Simulator
  /// The spikes of each layer's input.
  private var planes: [SpikePlanes]
  /// Spikes of each frame that a layer reads.
  private var counts: [[UInt32]]
  private(set) var aggregate: ReplayAggregate

  init(
    trace: TraceReader, layers: [BoundLayer], engine: ReplayEngine
  ) throws(ConfigurationError) {
    self.trace = trace
    self.engine = engine
    self.layers = layers
    simulator = try Conv2023Simulator(layers: layers.map(\.geometry))
    planes = layers.map { _ in SpikePlanes(timeSteps: 0, neurons: 0) }
    counts = layers.map { _ in [] }
    aggregate = ReplayAggregate(layerCount: layers.count)
  }

  mutating func replay(sample: Int) throws {
    let summary = try trace.summary(of: sample)
    for (index, layer) in layers.enumerated() {
      try trace.boundary(index, of: sample, into: &planes[index])
      planes[index].groupCounts(groupSize: layer.countedGroup, into: &counts[index])
    }
    let result = try simulator.replay(counts: counts)
    if engine == .both { try check(result, of: sample) }
    aggregate.add(
      result, spikes: summary.spikeCounts.map(UInt64.init),
      largestFrames: counts.map { UInt64($0.max() ?? 0) })
    if let label = summary.label, let prediction = summary.prediction {
      aggregate.judged += 1
      if label == prediction { aggregate.correct += 1 }
    }
  }

  private func check(_ result: SampleReplay, of sample: Int) throws(ReplayError) {
    let difference = Conv2023ClosedForm.difference(
      from: result, layers: layers.map(\.geometry), counts: counts)
    guard let difference else { return }
    throw ReplayError(
      "the two engines disagree on sample \(sample), layer \(layers[difference.layer].name): "
        + "\(difference.description); one of them is wrong, so please report it with the hardware "
        + "file and this sample")
  }
}
