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
    case .convolution(let geometry):
      convolution(geometry, counts, quirks, ClosedFormReading()).layer
    case .fullyConnected(let geometry):
      fullyConnected(geometry, hasWriter: hasWriter, quirks).outcome(of: geometry, counts: counts)
    }
  }

  /// The sums of a fully connected layer.
  static func fullyConnected(
    _ geometry: FullyConnectedGeometry, hasWriter: Bool, _ quirks: Set<Conv2023.Quirk>
  ) -> ClosedFormFullyConnected {
    ClosedFormFullyConnected(
      passes: (geometry.neurons + geometry.processingElements - 1) / geometry.processingElements,
      mask: quirks.contains(.countWrap) ? Cycle(geometry.spikeCounterMask) : .max,
      losesFirstSpike: quirks.contains(.lostFirstSpike),
      writerTurn: hasWriter ? 2 &* Cycle(geometry.processingElements) : nil,
      overrunsWriter: quirks.contains(.writerOverrun))
  }

  /// A convolution layer, for any number of images, and what it did when if the reading asks for it.
  static func convolution(
    _ layer: ConvolutionGeometry, _ counts: [UInt32], _ quirks: Set<Conv2023.Quirk>,
    _ reading: ClosedFormReading
  ) -> (layer: ClosedFormLayer, history: ConvolutionHistory?) {
    let mask = quirks.contains(.countWrap) ? Cycle(layer.spikeCounterMask) : .max
    if layer.options.usesRings {
      var controllers = ClosedFormEventControllers(
        layer, mask: mask, sweepsShort: false, rowCycles: quirks.contains(.doubleWrite) ? 3 : 2,
        overrunsWriter: quirks.contains(.writerOverrun), isDoneEarly: quirks.contains(.earlyDone))
      return (controllers.outcome(of: layer, counts: counts), nil)
    }
    let losesActivations = quirks.contains(.lostActivations)
    let takesTwice = quirks.contains(.doubleTake)
    let chunks = 2 &* Cycle(layer.chunks)
    let access: Cycle = layer.options.membranePorts == 1 ? 2 : 1
    let taps = access &* Cycle(layer.kernel) &* Cycle(layer.kernel)
    let drain = Cycle(layer.options.memoryLatency) &- 1
    var sweeps = ClosedFormSweeps(
      layer, rowCycles: quirks.contains(.doubleWrite) ? 3 : 2,
      overrunsWriter: quirks.contains(.writerOverrun), waitsForElements: !losesActivations)
    var accumulateCycles: Cycle = 0
    if reading.keepsHistory { sweeps.history = ConvolutionHistory() }
    var phases = ClosedFormPhases(layer, reading)
    // The spike engine has been idle before the start signal.
    var wait: Cycle = 0
    // The last burst, and the first idle cycle after it and after the sweeps that followed it.
    var burst: (first: Cycle, last: Cycle) = (0, 0)
    var idle: Cycle = 0
    var maySweep = false
    while phases.next(&wait) {
      var frame = phases.firstFrame
      for _ in 0..<layer.timeSteps {
        var iteration: Cycle = 0
        for _ in 0..<layer.inputChannels {
          let spikes = frame < counts.count ? Cycle(counts[frame]) : 0
          frame &+= 1
          let counted = spikes & mask
          let offered = wait &+ chunks &+ 2 &* spikes &+ 1
          iteration = offered
          if counted > 0 {
            let length = taps &* counted &+ drain
            var first = max(offered, idle) &+ 1
            iteration = offered > idle ? first : first &+ 1
            accumulateCycles &+= length &- drain
            sweeps.history?.bursts.append(first...first &+ length &- 1)
            // A burst of a single cycle is over before a list that had to wait is withdrawn: the
            // engine takes it a second time.
            if length == 1, offered <= idle, takesTwice {
              first &+= 2
              accumulateCycles &+= 1
              sweeps.history?.bursts.append(first...first)
            }
            burst = (first, first &+ length &- 1)
            idle = burst.last &+ 1
            maySweep = true
          }
          sweeps.history?.frames.append(
            ConvolutionHistory.Frame(
              wait: wait, encoded: offered &- 1, iteration: iteration, counted: counted))
          wait = iteration &+ 1
        }
        if !losesActivations {
          // The end is seen one cycle later, in the last cycle of a burst or from idle.
          idle = sweeps.sweep(from: max(iteration &+ 1, idle &- min(idle, maySweep ? 1 : 0)))
          maySweep = false
        } else if maySweep, iteration >= burst.first, iteration < burst.last {
          idle = sweeps.sweep(from: burst.last)
          maySweep = false
        }
        wait &+= 1
      }
      wait &+= 1
    }
    return sweeps.outcome(
      done: wait, idle: idle, accumulateCycles: accumulateCycles,
      isDoneEarly: quirks.contains(.earlyDone), phases: phases)
  }
}
