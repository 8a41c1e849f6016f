import Accelerator

/// The timing of platform conv-2023 in closed form, written from the cycle rules alone and sharing
/// no code with the event simulation: the oracle of the property tests.
///
/// Valid for kernels of 2 and more.
enum LockstepRecurrence {
  struct Outcome: Equatable {
    var loaded: UInt64
    var bursts: UInt64 = 0
    var activations: UInt64 = 0
  }

  /// A convolution started in cycle `start`; `counts` is `[time step][channel]`.
  static func convolution(
    _ layer: ConvolutionGeometry, start: UInt64, counts: [UInt32]
  ) -> Outcome {
    let chunks = UInt64((layer.inputPixels + layer.encoderWidth - 1) / layer.encoderWidth)
    let phases = (layer.outputChannels + layer.processingElements - 1) / layer.processingElements
    var bits = 0
    while 1 << bits < layer.listCapacity { bits += 1 }
    let modulus: UInt64 = 1 << UInt64(bits == 0 ? 2 : bits)
    let taps = UInt64(layer.kernel * layer.kernel)

    var outcome = Outcome(loaded: 0)
    var wait = start + 1
    // The burst under way or over: its first and last cycle, and whether its activation is decided.
    var burst: (first: UInt64, last: UInt64)?
    var lastChannelSteps: [UInt64] = []
    func firstIdle() -> UInt64 {
      guard let burst else { return 0 }
      let activates = lastChannelSteps.contains { $0 >= burst.first && $0 < burst.last }
      return burst.last + 1 + (activates ? UInt64(layer.outputPixels) : 0)
    }
    for _ in 0..<phases {
      for timeStep in 0..<layer.timeSteps {
        for channel in 0..<layer.inputChannels {
          let spikes = UInt64(counts[timeStep * layer.inputChannels + channel])
          let encoded = wait + 2 * chunks + 2 * spikes
          let counted = spikes % modulus
          var iteration = encoded + 1
          if counted > 0 {
            let idle = firstIdle()
            if let burst, idle > burst.last + 1 { outcome.activations += 1 }
            let offered = encoded + 1
            let first = max(offered, idle) + 1
            iteration = offered > idle ? first : first + 1
            burst = (first, first + taps * counted - 1)
            outcome.bursts += taps * counted
            lastChannelSteps.removeAll()
          }
          if channel == layer.inputChannels - 1 { lastChannelSteps.append(iteration) }
          outcome.loaded = iteration + 4
          wait = iteration + 1
        }
        wait += 1
      }
      wait += 1
    }
    if let burst, firstIdle() > burst.last + 1 { outcome.activations += 1 }
    return outcome
  }

  /// A fully connected layer started in cycle `start`; `counts` is `[time step]`.
  static func fullyConnected(
    _ layer: FullyConnectedGeometry, start: UInt64, counts: [UInt32]
  ) -> Outcome {
    let inputs = layer.inputChannels * layer.frameSize
    let chunks = UInt64((inputs + layer.encoderWidth - 1) / layer.encoderWidth)
    var bits = 0
    while 1 << bits < layer.listCapacity { bits += 1 }
    let modulus: UInt64 = 1 << UInt64(bits + 1)
    var done = start + 1
    var pass: UInt64 = 1
    for count in counts {
      done += UInt64(layer.inputChannels) + 2 + 2 * chunks + 2 * UInt64(count)
      pass += max(1, (UInt64(count) % modulus) % 512) + 2
    }
    let passes = UInt64(
      (layer.neurons + layer.processingElements - 1) / layer.processingElements)
    return Outcome(loaded: done + 3 + passes * pass)
  }
}
