import EventSimulation

/// What explanations of samples add up to, as one worker keeps it.
///
/// Integers only, so that any sharing out of the samples gives the same sums.
package struct ExplanationSums: Hashable, Sendable {
  /// Cycles on the critical path that hung on one state of one engine.
  package struct PathKey: Hashable, Comparable, Sendable {
    package var layer: Int
    package var engine: Int
    package var state: Int
    package var isHandshake: Bool

    package static func < (left: PathKey, right: PathKey) -> Bool {
      (left.layer, left.engine, left.state, left.isHandshake ? 1 : 0)
        < (right.layer, right.engine, right.state, right.isHandshake ? 1 : 0)
    }
  }

  /// Time steps of each layer.
  package var steps: [StepAttribution]
  /// Spikes of the frames that each layer reads.
  package var frames: [SpikeHistogram]
  /// Occupancy of the queues of each layer, by name.
  package var queues: [[String: SpikeHistogram]]
  /// The critical path by engine and state.
  package var path: [PathKey: UInt64] = [:]
  /// Latency with each relaxation.
  package var relaxedLatencies: [UInt64]

  package init(_ hardware: BoundHardware, timeSteps: Int, relaxations: Int) {
    steps = hardware.layers.indices.map {
      StepAttribution(timeSteps: timeSteps, engines: hardware.model.engines(ofLayer: $0))
    }
    frames = hardware.layers.map { _ in SpikeHistogram() }
    queues = hardware.layers.map { _ in [:] }
    relaxedLatencies = Array(repeating: 0, count: relaxations)
  }

  /// Adds a sample.
  ///
  /// - Parameters:
  ///   - recording: what happened.
  ///   - counts: its spike counts.
  ///   - relaxations: hardware to compare with.
  /// - Throws: ``ConfigurationError`` if relaxed hardware never finishes the sample.
  package mutating func add(
    _ recording: SampleRecording, counts: [[UInt32]], relaxations: [Relaxation]
  ) throws(ConfigurationError) {
    for layer in steps.indices {
      steps[layer].add(recording, layer: layer)
      frames[layer].add(counts[layer])
      merge(QueueOccupancy.histograms(of: recording, layer: layer), into: layer)
    }
    var firstEngine: [Int] = []
    for (index, engine) in recording.engines.enumerated() where engine.layer == firstEngine.count {
      firstEngine.append(index)
    }
    for segment in CriticalPath(of: recording).segments {
      let layer = recording.engines[segment.engine].layer
      let key = PathKey(
        layer: layer, engine: segment.engine - firstEngine[layer], state: Int(segment.state),
        isHandshake: segment.isHandshake)
      path[key, default: 0] += segment.length
    }
    for (index, relaxation) in relaxations.enumerated() {
      relaxedLatencies[index] += try relaxation.hardware.model.closedForm(counts: counts).latency
    }
  }

  /// Adds what another worker has summed up.
  package mutating func merge(_ other: ExplanationSums) {
    for layer in steps.indices {
      steps[layer].add(other.steps[layer])
      frames[layer].add(other.frames[layer])
      merge(other.queues[layer], into: layer)
    }
    path.merge(other.path) { $0 + $1 }
    for index in relaxedLatencies.indices {
      relaxedLatencies[index] += other.relaxedLatencies[index]
    }
  }

  private mutating func merge(_ histograms: [String: SpikeHistogram], into layer: Int) {
    for (name, histogram) in histograms {
      queues[layer][name, default: SpikeHistogram()].add(histogram)
    }
  }
}
