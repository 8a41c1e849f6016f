import EventSimulation

/// The timing of platform conv-2023 in closed form: max-plus recurrences over spike counts.
///
/// Derived from the cycle rules of docs/hardware/conv-2023.md alone and sharing no code with the
/// event simulation, with which tests compare it. Two orders of magnitude cheaper than looking at
/// every engine, and a layer does not depend on the others: what exploration needs. It knows cycles,
/// not state times.
public enum Conv2023ClosedForm {
  /// What one layer costs for one sample.
  ///
  /// - Parameters:
  ///   - layer: a layer that passes ``LayerGeometry/validate()`` and finishes.
  ///   - counts: spikes of every frame: `[time step][channel]` for a convolution, `[time step]` for
  ///     a fully connected layer; frames that are not there have none.
  ///   - hasWriter: whether the layer's spikes are stored; those of a chain's last one are not.
  ///   - quirks: which quirks are present.
  /// - Returns: its cycles and counts.
  /// - Complexity: O(phases x frames) for a convolution, O(passes x time steps) for a fully
  ///   connected layer.
  public static func outcome(
    of layer: LayerGeometry, counts: [UInt32], hasWriter: Bool = true,
    quirks: Set<Conv2023.Quirk> = .published
  ) -> ClosedFormLayer {
    switch layer {
    case .convolution(let geometry): convolution(geometry, counts, quirks)
    case .fullyConnected(let geometry): fullyConnected(geometry, counts, hasWriter, quirks)
    }
  }

  private static func convolution(
    _ layer: ConvolutionGeometry, _ counts: [UInt32], _ quirks: Set<Conv2023.Quirk>
  ) -> ClosedFormLayer {
    let mask = quirks.contains(.countWrap) ? Cycle(layer.spikeCounterMask) : .max
    let chunks = 2 &* Cycle(layer.chunks)
    let taps = Cycle(layer.kernel) &* Cycle(layer.kernel)
    let sweep = Cycle(layer.outputPixels)
    var accumulateCycles: Cycle = 0
    var activations: UInt64 = 0
    var writer = ClosedFormWriter(turn: 3 &* Cycle(layer.processingElements))
    // The start signal is seen in cycle 0; the spike engine has been idle before.
    var wait: Cycle = 1
    var burst: (first: Cycle, last: Cycle) = (0, 0)
    var hasBurst = false
    var activates = false
    for _ in 0..<layer.phases {
      var frame = 0
      for _ in 0..<layer.timeSteps {
        for channel in 0..<layer.inputChannels {
          let spikes = frame < counts.count ? Cycle(counts[frame]) : 0
          frame &+= 1
          let counted = spikes & mask
          let offered = wait &+ chunks &+ 2 &* spikes &+ 1
          var iteration = offered
          if counted > 0 {
            let length = taps &* counted
            // The first idle cycle after the last burst, and after its activation if it has one.
            let idle = hasBurst ? burst.last &+ 1 &+ (activates ? sweep : 0) : 0
            var first = max(offered, idle) &+ 1
            iteration = offered > idle ? first : first &+ 1
            accumulateCycles &+= length
            // A burst of a single cycle is over before a list that had to wait is withdrawn: the
            // engine takes it a second time.
            if length == 1, offered <= idle {
              first &+= 2
              accumulateCycles &+= 1
            }
            burst = (first, first &+ length &- 1)
            hasBurst = true
            activates = false
          }
          if channel == layer.inputChannels &- 1, hasBurst, !activates,
            iteration >= burst.first, iteration < burst.last
          {
            activates = true
            activations &+= 1
            writer.receive(at: burst.last &+ 1 &+ sweep)
          }
          wait = iteration &+ 1
        }
        wait &+= 1
      }
      wait &+= 1
    }
    // One more cycle for `done`: the completion pulse follows the last phase iteration by two.
    let loaded = wait &+ 1
    var rest = max(loaded &+ 1, writer.free)
    if hasBurst { rest = max(rest, burst.last &+ 2) }
    // The elements leave their sweep two cycles after the engine, which needs one to see that.
    if activates { rest = max(rest, burst.last &+ sweep &+ (sweep > 1 ? 4 : 2)) }
    return ClosedFormLayer(
      cycles: loaded, activeCycles: rest, accumulateCycles: accumulateCycles,
      activations: activations, droppedWrites: writer.dropped)
  }

  private static func fullyConnected(
    _ layer: FullyConnectedGeometry, _ counts: [UInt32], _ hasWriter: Bool,
    _ quirks: Set<Conv2023.Quirk>
  ) -> ClosedFormLayer {
    let mask = quirks.contains(.countWrap) ? Cycle(layer.spikeCounterMask) : .max
    let passes = Cycle(layer.passes)
    let frame = Cycle(layer.inputChannels) &+ 2 &+ 2 &* Cycle(layer.chunks)
    var done: Cycle = 1
    var pass: Cycle = 1
    var accumulate: Cycle = 0
    var shortest = Cycle.max
    for timeStep in 0..<layer.timeSteps {
      let spikes = timeStep < counts.count ? Cycle(counts[timeStep]) : 0
      let turn = max(1, spikes & mask) &+ 2
      done &+= frame &+ 2 &* spikes
      pass &+= turn
      accumulate &+= turn &- 3
      shortest = min(shortest, turn)
    }
    let loaded = done &+ 3 &+ passes &* pass
    var writer = ClosedFormWriter(turn: 2 &* Cycle(layer.processingElements))
    if hasWriter, writer.turn < shortest {
      // Always free in time; the last frame is ready two cycles before the passes end.
      writer.receive(at: loaded &- 3)
    } else if hasWriter {
      var ready = done &+ 1
      for _ in 0..<layer.passes {
        for timeStep in 0..<layer.timeSteps {
          let spikes = timeStep < counts.count ? Cycle(counts[timeStep]) : 0
          ready &+= max(1, spikes & mask) &+ 2
          writer.receive(at: ready)
        }
        ready &+= 1
      }
    }
    return ClosedFormLayer(
      cycles: loaded, activeCycles: max(loaded &+ 1, writer.free),
      accumulateCycles: passes &* accumulate, activations: passes &* Cycle(layer.timeSteps),
      droppedWrites: writer.dropped)
  }
}
