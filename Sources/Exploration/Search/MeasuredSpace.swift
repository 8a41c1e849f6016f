import Accelerator
import PowerEstimation
import SpikeTraces

/// A space around one hardware file and one trace, with the price of every alternative of every layer,
/// measured once.
struct MeasuredSpace: Sendable {
  /// One way to build a layer.
  struct Alternative: Sendable {
    /// The values that differ between alternatives, by key; what the file leaves out is not there.
    var numbers: [String: Int]
    /// The words of choices that differ, likewise.
    var words: [String: String]
    /// The layer's processing elements, for tables.
    var processingElements: Int
    /// What it needs of the device.
    var resources: ResourceEstimate
    /// What it costs; cycles and lost frames are set if layers work one after another.
    var cost: DesignCost
    /// Cycles of every sample, likewise.
    var cycles: [UInt64] = []
  }

  /// The ways to build a layer.
  struct Layer: Sendable {
    var name: String
    /// The keys that vary.
    var keys: [String]
    var alternatives: [Alternative]
    /// Combinations of values that no hardware of the platform can have.
    var impossible: Int
  }

  let space: DesignSpace
  let base: BoundHardware
  /// The trace's path and its network.
  let trace: String
  let header: TraceHeader
  private(set) var layers: [Layer]
  /// What every design needs beside its layers: the spike RAM in front of the first one.
  let baseResources: ResourceEstimate
  private(set) var pricing: DesignPricing
  let clocks: [Double]
  let samples: Range<Int>
  /// Spikes of every frame that the layers read, `[sample][layer]`.
  let counts: [[[UInt32]]]
  let device: Device?
  /// The part of the samples whose recorded prediction is wrong; nil if the trace does not say.
  let errorRate: Double?
  /// Designs, clocks included.
  let size: UInt64

  var layersOverlap: Bool { type(of: base.model).layersOverlap }

  /// What every design costs beside its layers.
  var baseCost: DesignCost { pricing.cost(of: baseResources) }

  /// The same designs with other prices; nothing is measured again.
  func repriced(_ pricing: DesignPricing) -> MeasuredSpace {
    var space = self
    space.pricing = pricing
    for layer in layers.indices {
      for (index, alternative) in layers[layer].alternatives.enumerated() {
        var cost = pricing.cost(of: alternative.resources)
        cost[.cycles] = alternative.cost[.cycles]
        cost[.lostFrames] = alternative.cost[.lostFrames]
        space.layers[layer].alternatives[index].cost = cost
      }
    }
    return space
  }
}

/// Measures the alternatives of a space around one hardware file and one trace.
struct SpaceMeasurement {
  /// More designs cannot be counted.
  static let largestSpace: UInt64 = 1_000_000_000_000_000_000
  /// More alternatives of one layer are a slip.
  static let mostAlternatives = 5000

  let space: DesignSpace
  let file: HardwareFile
  let trace: TraceReader
  let samples: Range<Int>
  let options: ResourceOptions
  let device: Device?
  let pricing: DesignPricing

  /// Builds every alternative of every layer, and measures it with every sample.
  ///
  /// - Parameters:
  ///   - threads: how many alternatives to measure at the same time.
  ///   - watcher: told how many there are before they are measured, and nil after each of them.
  /// - Returns: the measured space.
  /// - Throws: ``ExplorationError``, or what fitting the hardware and reading the trace throw.
  func measured(
    threads: Int, watcher: @escaping @Sendable (Int?) -> Void
  ) async throws -> MeasuredSpace {
    let header = trace.header
    let base = try file.fit(to: header, trace: trace.path)
    guard !base.hasSeveralClocks else {
      throw ExplorationError(
        file: file.path,
        message: "a layer has a clock of its own, and the hand-over between clocks does not add up "
          + "over layers; remove 'clock' from the layers, and list clocks in the space")
    }
    try checkNames(base)
    var layers: [MeasuredSpace.Layer] = []
    var models: [[any AcceleratorModel]] = []
    for position in file.layers.indices {
      let built = try alternatives(of: position, base, header)
      layers.append(built.layer)
      models.append(built.models)
    }
    var size = UInt64(max(space.clocks.count, 1))
    for layer in layers {
      let (product, overflow) = size.multipliedReportingOverflow(
        by: UInt64(layer.alternatives.count))
      guard !overflow, product <= Self.largestSpace else {
        throw ExplorationError(
          file: space.path,
          message: "the space has more than 10^18 designs; list fewer values for some layers")
      }
      size = product
    }
    let counts = try spikeCounts(base)
    if !type(of: base.model).layersOverlap {
      try await measure(&layers, models, counts, threads: threads, watcher)
    }
    return MeasuredSpace(
      space: space, base: base, trace: trace.path, header: header, layers: layers,
      baseResources: inputResources(base, header),
      pricing: pricing, clocks: space.clocks.isEmpty ? [file.clock] : space.clocks,
      samples: samples, counts: counts, device: device, errorRate: try errorRate(), size: size)
  }

  /// The part of the samples whose recorded prediction is wrong; nil unless all are labelled.
  private func errorRate() throws -> Double? {
    var wrong = 0
    for sample in samples {
      let summary = try trace.summary(of: sample)
      guard let label = summary.label, let prediction = summary.prediction else { return nil }
      wrong += label == prediction ? 0 : 1
    }
    return Double(wrong) / Double(max(samples.count, 1))
  }

  private func checkNames(_ base: BoundHardware) throws {
    for layer in space.layers where !base.file.layers.contains(where: { $0.name == layer.name }) {
      throw ExplorationError(
        file: space.path, line: layer.line,
        message: "the hardware file \(file.path) has no layer '\(layer.name)'; its layers are "
          + file.layers.map(\.name).joined(separator: ", "))
    }
  }

  private func spikeCounts(_ base: BoundHardware) throws -> [[[UInt32]]] {
    try samples.map { sample in
      try Task.checkCancellation()
      return try base.layers.enumerated().map { index, layer in
        guard let group = layer.countedGroup else { return [] }
        return try trace.boundary(base.firstLayer + index, of: sample).groupCounts(groupSize: group)
      }
    }
  }

  /// Every alternative with every sample, shared out over threads.
  private func measure(
    _ layers: inout [MeasuredSpace.Layer], _ models: [[any AcceleratorModel]],
    _ counts: [[[UInt32]]], threads: Int, _ watcher: @escaping @Sendable (Int?) -> Void
  ) async throws {
    let items = layers.indices.flatMap { layer in
      layers[layer].alternatives.indices.map { (layer: layer, alternative: $0) }
    }
    watcher(items.count)
    let workers = max(1, min(threads, items.count))
    typealias Measured = (item: Int, cycles: [UInt64], lost: UInt64)
    let results = try await withThrowingTaskGroup(of: [Measured].self) { group in
      for worker in 0..<workers {
        group.addTask {
          var measured: [Measured] = []
          for item in stride(from: worker, to: items.count, by: workers) {
            try Task.checkCancellation()
            let (layer, alternative) = items[item]
            let model = models[layer][alternative]
            var (cycles, lost) = ([UInt64](), UInt64(0))
            cycles.reserveCapacity(counts.count)
            for sample in counts {
              let cost = try model.closedForm(ofLayer: layer, counts: sample[layer])
              cycles.append(cost?.cycles ?? 0)
              lost += cost?.droppedWrites ?? 0
            }
            measured.append((item, cycles, lost))
            watcher(nil)
          }
          return measured
        }
      }
      return try await group.reduce(into: [Measured]()) { $0 += $1 }
    }
    for (item, cycles, lost) in results {
      let (layer, alternative) = items[item]
      layers[layer].alternatives[alternative].cycles = cycles
      layers[layer].alternatives[alternative].cost[.cycles] = Double(cycles.reduce(0, +))
      layers[layer].alternatives[alternative].cost[.lostFrames] = Double(lost)
    }
  }
}
