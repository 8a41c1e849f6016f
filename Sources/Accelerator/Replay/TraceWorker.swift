import SpikeTraces

/// Replays samples of a trace on one simulated accelerator of the platform conv-2023.
///
/// Its buffers are reused from sample to sample.
struct TraceWorker: SampleWorker, ~Copyable {
  private let trace: TraceReader
  private let layers: [BoundLayer]
  private var simulator: Conv2023Simulator
  /// The spikes of each layer's input.
  private var planes: [SpikePlanes]
  /// Spikes of each frame that a layer reads.
  private var counts: [[UInt32]]
  private(set) var aggregate: ReplayAggregate

  init(trace: TraceReader, layers: [BoundLayer]) throws(ConfigurationError) {
    self.trace = trace
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
    aggregate.add(
      try simulator.replay(counts: counts), spikes: summary.spikeCounts.map(UInt64.init),
      largestFrames: counts.map { UInt64($0.max() ?? 0) })
    if let label = summary.label, let prediction = summary.prediction {
      aggregate.judged += 1
      if label == prediction { aggregate.correct += 1 }
    }
  }
}
