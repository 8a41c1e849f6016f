import EventSimulation

/// What a sample costs, as the closed form knows it: cycles and counts, no state times.
public struct ClosedFormSample: Hashable, Sendable {
  /// Cycles from the start signal to the completion of the last layer.
  public var latency: Cycle
  /// The layers, from the input to the output.
  public var layers: [ClosedFormLayer]

  /// Creates a result.
  public init(latency: Cycle, layers: [ClosedFormLayer]) {
    self.latency = latency
    self.layers = layers
  }

  /// Compares the closed form with the event simulation of the same sample.
  ///
  /// - Parameter sample: what the simulation says.
  /// - Returns: the first difference in words, with the position of its layer, or that of the last
  ///   layer for the sample as a whole; nil if there is none.
  public func difference(from sample: SampleReplay) -> (layer: Int, description: String)? {
    for (index, closed) in layers.enumerated() {
      let simulated = sample.layers[index]
      for (name, left, right) in [
        ("cycles", simulated.cycles, closed.cycles),
        ("cycles until it rests", simulated.end - simulated.start, closed.activeCycles),
        ("accumulate cycles", simulated.counters.accumulateCycles, closed.accumulateCycles),
        ("activations", simulated.counters.activations, closed.activations),
        ("dropped writes", simulated.counters.droppedWrites, closed.droppedWrites),
      ] where left != right {
        return (index, "\(left) \(name) in the simulation, \(right) in closed form")
      }
    }
    guard latency != sample.latency else { return nil }
    return (
      layers.count - 1,
      "a latency of \(sample.latency) cycles in the simulation, \(latency) in closed form"
    )
  }
}

/// What one layer costs, as the closed form knows it.
public struct ClosedFormLayer: Hashable, Sendable {
  /// When the layer starts; nil if that is when the layer before completes.
  public var start: Cycle?
  /// As ``LayerReplay/cycles``.
  public var cycles: Cycle
  /// From the layer's start to the first cycle in which all its engines rest.
  public var activeCycles: Cycle
  /// Cycles in which the processing elements are told to accumulate.
  public var accumulateCycles: UInt64
  /// Activation sweeps that take place.
  public var activations: UInt64
  /// Finished spike frames that the writer missed because it was still busy.
  public var droppedWrites: UInt64

  /// Creates a result.
  public init(
    start: Cycle? = nil, cycles: Cycle, activeCycles: Cycle, accumulateCycles: UInt64,
    activations: UInt64,
    droppedWrites: UInt64
  ) {
    self.start = start
    self.cycles = cycles
    self.activeCycles = activeCycles
    self.accumulateCycles = accumulateCycles
    self.activations = activations
    self.droppedWrites = droppedWrites
  }
}
