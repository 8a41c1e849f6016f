import EventSimulation

/// The timing of a fully connected layer in closed form: sums over time steps, times passes.
///
/// Derived from docs/hardware/conv-2023.md, "Fully connected layer", and docs/hardware/hybrid-2024.md
/// alone.
struct ClosedFormFullyConnected {
  /// Passes over all input spikes.
  let passes: Int
  /// What survives of the spike count of a time step.
  let mask: Cycle
  /// Whether the processing elements add n - 1 of n spikes.
  let losesFirstSpike: Bool
  /// Cycles that the writer needs for a frame; nil if there is none.
  let writerTurn: Cycle?
  /// Whether the writer misses frames that come too early; else the walk waits for it.
  let overrunsWriter: Bool

  /// What the layer costs.
  ///
  /// - Parameters:
  ///   - layer: its parameters.
  ///   - counts: spikes of each time step; those that are not there have none.
  /// - Returns: cycles and counts.
  func outcome(of layer: FullyConnectedGeometry, counts: [UInt32]) -> ClosedFormLayer {
    let frame = Cycle(layer.inputChannels) &+ 2 &+ 2 &* Cycle(layer.chunks)
    var done: Cycle = 1
    var pass: Cycle = 1
    var accumulate: Cycle = 0
    var shortest = Cycle.max
    for timeStep in 0..<layer.timeSteps {
      let spikes = timeStep < counts.count ? Cycle(counts[timeStep]) : 0
      let walk = max(1, spikes & mask)
      done &+= frame &+ 2 &* spikes
      pass &+= walk &+ 2
      accumulate &+= losesFirstSpike ? walk &- 1 : spikes & mask
      shortest = min(shortest, walk &+ 2)
    }
    var loaded = done &+ 3 &+ Cycle(passes) &* pass
    var writer = ClosedFormWriter(turn: writerTurn ?? 0)
    if let writerTurn, writerTurn < shortest {
      // Always free in time; the last frame is ready two cycles before the passes end.
      writer.receive(at: loaded &- 3)
    } else if writerTurn != nil {
      var ready = done &+ 1
      for _ in 0..<passes {
        for timeStep in 0..<layer.timeSteps {
          let spikes = timeStep < counts.count ? Cycle(counts[timeStep]) : 0
          ready &+= max(1, spikes & mask) &+ 2
          if !overrunsWriter { ready = max(ready, writer.free) }
          writer.receive(at: ready)
        }
        ready &+= 1
      }
      loaded = ready &+ 2
    }
    return ClosedFormLayer(
      cycles: loaded, activeCycles: max(loaded &+ 1, writer.free),
      accumulateCycles: Cycle(passes) &* accumulate,
      activations: UInt64(passes) &* UInt64(layer.timeSteps), droppedWrites: writer.dropped)
  }
}
