import EventSimulation

extension ConvolutionGeometry {
  /// Passes over the whole input, one a group of output channels: ceil(OC / EC).
  public var phases: Int { ceilingDivision(outputChannels, processingElements) }

  /// Chunks of a frame that the priority encoder loads: ceil(IFS / PENC).
  public var chunks: Int { ceilingDivision(inputPixels, encoderWidth) }

  /// The part of a frame's spike count that the spike counter can hold.
  ///
  /// The counter is declared with clog2(SPARSE) bits, `[clog2(SPARSE)-1:0]`; for SPARSE = 1 that is
  /// the two-bit vector `[-1:0]`. A full list of a power-of-two capacity counts as empty.
  var spikeCounterMask: UInt32 {
    let bits = ceilingLogarithm(listCapacity)
    return UInt32(1) << UInt32(bits == 0 ? 2 : bits) - 1
  }

  /// Whether the chunk counter of clog2(PENC) + 1 bits is too narrow: compression never ends.
  public var chunkCounterOverflows: Bool {
    chunks > 1 << (ceilingLogarithm(encoderWidth) + 1)
  }

  /// Cycles for all kernel taps of one spike.
  var spikeCycles: Cycle { Cycle(kernel * kernel * options.accessCycles) }

  /// Cycles of an activation sweep in which pixels are swept.
  func sweepCycles(isShort: Bool) -> Cycle {
    Cycle((outputPixels - (isShort ? 1 : 0)) * options.accessCycles)
  }

  /// Cycles of the processing elements in one activation.
  var elementCycles: Cycle {
    Cycle(outputPixels * options.accessCycles + options.sumCycles + options.drainCycles)
  }
}

extension FullyConnectedGeometry {
  /// Passes over all input spikes, one a group of neurons: ceil(LS / EC).
  public var passes: Int { ceilingDivision(neurons, processingElements) }

  /// Chunks of a time step's vector that the priority encoder loads: ceil(IC * IFS / PENC).
  public var chunks: Int { ceilingDivision(inputChannels * frameSize, encoderWidth) }

  /// The part of a time step's spike count that reaches the accumulation.
  ///
  /// The counter has clog2(SPARSE) + 1 bits, the latched total 9.
  var spikeCounterMask: UInt32 {
    min(UInt32(1) << UInt32(ceilingLogarithm(listCapacity) + 1), 512) - 1
  }

  /// Whether the layer never finishes: with more processing elements than neurons, the unsigned
  /// comparison that ends the passes never holds.
  public var passesNeverEnd: Bool { neurons < processingElements }
}

extension LayerGeometry {
  /// The number of spikes at which the published counter of a frame starts again from zero.
  var countLimit: Int {
    switch self {
    case .convolution(let layer): Int(layer.spikeCounterMask) + 1
    case .fullyConnected(let layer): Int(layer.spikeCounterMask) + 1
    }
  }
}

package func ceilingDivision(_ dividend: Int, _ divisor: Int) -> Int {
  (dividend + divisor - 1) / divisor
}

/// The smallest number of bits b with 2^b >= value; 0 for 1, as Verilog's `$clog2`.
package func ceilingLogarithm(_ value: Int) -> Int {
  value <= 1 ? 0 : Int.bitWidth - (value - 1).leadingZeroBitCount
}
