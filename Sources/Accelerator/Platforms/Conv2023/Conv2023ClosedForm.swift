import EventSimulation

/// The timing of platform conv-2023 in closed form: max-plus recurrences over spike counts.
///
/// Derived from the cycle rules of docs/hardware/conv-2023.md alone and sharing no code with the
/// event simulation, with which tests compare it. Two orders of magnitude cheaper than looking at
/// every engine, and a layer does not depend on the others: what exploration needs. It knows cycles,
/// not state times.
public enum Conv2023ClosedForm {
  /// What one layer costs.
  public struct Outcome: Hashable, Sendable {
    /// Cycles from the layer's start signal to its completion signal.
    public var cycles: Cycle
    /// Cycles in which the processing elements are told to accumulate.
    public var accumulateCycles: UInt64
    /// Activation sweeps that take place.
    public var activations: UInt64
  }

  /// What one layer costs for one sample.
  ///
  /// - Parameters:
  ///   - layer: a layer that passes ``LayerGeometry/validate()`` and finishes.
  ///   - counts: spikes of every frame: `[time step][channel]` for a convolution, `[time step]` for
  ///     a fully connected layer; frames that are not there have none.
  /// - Returns: its cycles and counts.
  /// - Complexity: O(phases x frames) for a convolution, O(time steps) for a fully connected layer.
  public static func outcome(of layer: LayerGeometry, counts: [UInt32]) -> Outcome {
    switch layer {
    case .convolution(let geometry): convolution(geometry, counts)
    case .fullyConnected(let geometry): fullyConnected(geometry, counts)
    }
  }

  private static func convolution(
    _ layer: ConvolutionGeometry, _ counts: [UInt32]
  ) -> Outcome {
    let mask = Cycle(layer.spikeCounterMask)
    let chunks = 2 &* Cycle(layer.chunks)
    let taps = Cycle(layer.kernel) &* Cycle(layer.kernel)
    let sweep = Cycle(layer.outputPixels)
    var outcome = Outcome(cycles: 0, accumulateCycles: 0, activations: 0)
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
            outcome.accumulateCycles &+= length
            // A burst of a single cycle is over before a list that had to wait is withdrawn: the
            // engine takes it a second time.
            if length == 1, offered <= idle {
              first &+= 2
              outcome.accumulateCycles &+= 1
            }
            burst = (first, first &+ length &- 1)
            hasBurst = true
            activates = false
          }
          if channel == layer.inputChannels &- 1, hasBurst, !activates,
            iteration >= burst.first, iteration < burst.last
          {
            activates = true
            outcome.activations &+= 1
          }
          wait = iteration &+ 1
        }
        wait &+= 1
      }
      wait &+= 1
    }
    // One more cycle for `done`: the completion pulse follows the last phase iteration by two.
    outcome.cycles = wait &+ 1
    return outcome
  }

  private static func fullyConnected(
    _ layer: FullyConnectedGeometry, _ counts: [UInt32]
  ) -> Outcome {
    let mask = Cycle(layer.spikeCounterMask)
    let passes = Cycle(layer.passes)
    let frame = Cycle(layer.inputChannels) &+ 2 &+ 2 &* Cycle(layer.chunks)
    var done: Cycle = 1
    var pass: Cycle = 1
    var accumulate: Cycle = 0
    for timeStep in 0..<layer.timeSteps {
      let spikes = timeStep < counts.count ? Cycle(counts[timeStep]) : 0
      let counted = spikes & mask
      done &+= frame &+ 2 &* spikes
      pass &+= max(1, counted) &+ 2
      accumulate &+= max(1, counted) &- 1
    }
    return Outcome(
      cycles: done &+ 3 &+ passes &* pass, accumulateCycles: passes &* accumulate,
      activations: passes &* Cycle(layer.timeSteps))
  }
}
