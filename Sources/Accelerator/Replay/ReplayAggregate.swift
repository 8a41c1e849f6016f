import EventSimulation

/// The sum over replayed samples, as one worker keeps it.
///
/// Everything in it is a sum, a maximum or an unordered collection of integers, so that merging the
/// workers' parts gives the same result however the samples were shared out. Memory grows by one
/// number a sample and layer.
package struct ReplayAggregate: Hashable, Sendable {
  /// The sums of one layer.
  package struct Layer: Hashable, Sendable {
    /// Cycles of each sample.
    package var cycles: [UInt64] = []
    /// Cycles of each sample from the layer's start until it rests.
    package var activeCycles: [UInt64] = []
    /// Cycles in each state of each engine.
    package var stateCycles: [[UInt64]] = []
    /// Event counts.
    package var counters = LayerCounters()
    /// The most spikes that one frame brought.
    package var largestFrame: UInt64 = 0
    /// Samples in which the writer missed a frame.
    package var samplesWithDrops = 0
  }

  /// The samples, in the order of ``latencies`` and the layers' cycles.
  package var samples: [Int] = []
  /// Latency of each sample.
  package var latencies: [UInt64] = []
  /// Length of the accounting window, summed.
  package var window: UInt64 = 0
  /// Spikes at each layer boundary.
  package var boundarySpikes: [UInt64]
  /// Samples of which both the true class and the network's answer are known.
  package var judged = 0
  /// Those of them that the network got right.
  package var correct = 0
  /// The layers.
  package var layers: [Layer]
  /// Where the cycles went, if that was asked for.
  package var explanation: ExplanationSums?

  package init(layerCount: Int) {
    boundarySpikes = Array(repeating: 0, count: layerCount + 1)
    layers = Array(repeating: Layer(), count: layerCount)
  }

  /// Adds one sample.
  ///
  /// - Parameters:
  ///   - number: its position in the trace.
  ///   - sample: what it cost.
  ///   - spikes: its spikes at each layer boundary.
  ///   - largestFrames: the most spikes that one frame of each layer's input has.
  package mutating func add(
    _ number: Int, _ sample: SampleReplay, spikes: [UInt64], largestFrames: [UInt64]
  ) {
    samples.append(number)
    latencies.append(sample.latency)
    window += sample.window
    for (boundary, count) in zip(boundarySpikes.indices, spikes) {
      boundarySpikes[boundary] += count
    }
    for (index, layer) in zip(layers.indices, sample.layers) {
      layers[index].cycles.append(layer.cycles)
      layers[index].activeCycles.append(layer.end - layer.start)
      layers[index].addStates(layer.stateCycles)
      layers[index].counters.add(layer.counters)
      if layer.counters.droppedWrites > 0 { layers[index].samplesWithDrops += 1 }
    }
    for (index, largest) in zip(layers.indices, largestFrames) {
      layers[index].largestFrame = max(layers[index].largestFrame, largest)
    }
  }

  /// Adds what another worker has summed up.
  package mutating func merge(_ other: ReplayAggregate) {
    samples += other.samples
    latencies += other.latencies
    window += other.window
    judged += other.judged
    if let other = other.explanation { explanation?.merge(other) }
    correct += other.correct
    for boundary in boundarySpikes.indices {
      boundarySpikes[boundary] += other.boundarySpikes[boundary]
    }
    for index in layers.indices {
      layers[index].cycles += other.layers[index].cycles
      layers[index].activeCycles += other.layers[index].activeCycles
      layers[index].addStates(other.layers[index].stateCycles)
      layers[index].counters.add(other.layers[index].counters)
      layers[index].largestFrame = max(
        layers[index].largestFrame, other.layers[index].largestFrame)
      layers[index].samplesWithDrops += other.layers[index].samplesWithDrops
    }
  }
}

extension ReplayAggregate.Layer {
  fileprivate mutating func addStates(_ cycles: [[Cycle]]) {
    guard !stateCycles.isEmpty else {
      stateCycles = cycles
      return
    }
    for (engine, states) in cycles.enumerated() {
      for (state, count) in states.enumerated() { stateCycles[engine][state] += count }
    }
  }
}
