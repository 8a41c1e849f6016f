import EventSimulation

/// The timing of a fully connected layer in closed form: sums over time steps, times passes.
///
/// Derived from docs/hardware/conv-2023.md, "Fully connected layer", and docs/hardware/hybrid-2024.md
/// alone.
struct ClosedFormFullyConnected {
  /// Passes over all input spikes.
  var passes: Int
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
    var history: FullyConnectedHistory?
    return outcome(of: layer, counts: counts, start: 0, before: .max, history: &history)
  }

  /// What the layer does when.
  ///
  /// - Parameters:
  ///   - layer: its parameters.
  ///   - counts: spikes of each time step; those that are not there have none.
  ///   - start: the cycle of the start signal.
  ///   - limit: the cycle in which looking at a layer that never finishes ends.
  /// - Returns: its history; completion and end mean nothing if it never finishes.
  func history(
    of layer: FullyConnectedGeometry, counts: [UInt32], start: Cycle, before limit: Cycle = .max
  ) -> FullyConnectedHistory {
    var history: FullyConnectedHistory? = FullyConnectedHistory()
    let outcome = outcome(
      of: layer, counts: counts, start: start, before: limit, history: &history)
    history?.start = start
    history?.loaded = outcome.cycles
    history?.end = outcome.activeCycles
    return history ?? FullyConnectedHistory()
  }

  private func outcome(
    of layer: FullyConnectedGeometry, counts: [UInt32], start: Cycle, before limit: Cycle,
    history: inout FullyConnectedHistory?
  ) -> ClosedFormLayer {
    let frame = Cycle(layer.inputChannels) &+ 2 &+ 2 &* Cycle(layer.chunks)
    var done = start &+ 1
    var pass: Cycle = 1
    var accumulate: Cycle = 0
    var shortest = Cycle.max
    for timeStep in 0..<layer.timeSteps {
      let spikes = timeStep < counts.count ? Cycle(counts[timeStep]) : 0
      let walk = max(1, spikes & mask)
      let collect = done
      done &+= frame &+ 2 &* spikes
      history?.steps.append(
        FullyConnectedHistory.Step(collect: collect, end: done &- 1, spikes: spikes))
      pass &+= walk &+ 2
      accumulate &+= losesFirstSpike ? walk &- 1 : spikes & mask
      shortest = min(shortest, walk &+ 2)
    }
    history?.compressed = done
    var loaded = done &+ 3 &+ Cycle(passes) &* pass
    var writer = ClosedFormWriter(turn: writerTurn ?? 0)
    if history == nil, writerTurn == nil {
      // Nobody looks at the frames.
    } else if history == nil, let writerTurn, writerTurn < shortest {
      // Always free in time; the last frame is ready two cycles before the passes end.
      writer.receive(at: loaded &- 3)
    } else {
      var ready = done &+ 1
      for _ in 0..<passes {
        if ready >= limit { break }
        for timeStep in 0..<layer.timeSteps {
          let counted = (timeStep < counts.count ? Cycle(counts[timeStep]) : 0) & mask
          let walk = max(1, counted)
          ready &+= walk &+ 2
          if !overrunsWriter { ready = max(ready, writer.free) }
          if history != nil {
            history?.walks.append(
              FullyConnectedHistory.Walk(
                first: ready &- walk &- 1, length: walk, counted: counted, ready: ready))
            if writerTurn != nil, ready >= writer.free {
              history?.writerTurns.append(ready &+ 1)
            }
          }
          if writerTurn != nil { writer.receive(at: ready) }
        }
        ready &+= 1
        history?.passEnds.append(ready)
      }
      loaded = ready &+ 2
    }
    return ClosedFormLayer(
      cycles: loaded, activeCycles: max(loaded &+ 1, writer.free),
      accumulateCycles: Cycle(passes) &* accumulate,
      activations: UInt64(passes) &* UInt64(layer.timeSteps), droppedWrites: writer.dropped)
  }
}
