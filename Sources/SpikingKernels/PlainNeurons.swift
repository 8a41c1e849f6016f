import CTrainingKernels

/// The neurons that have a short way (``MembraneDynamics/isPlain``), as the kernels run them: all
/// steps of sixteen neurons at a time, from spikes to currents in one pass.
package struct PlainNeurons {
  private var neuron: lockstep_neuron
  private var surrogate = lockstep_surrogate(kind: 3, scale: 0, peak: 0)

  /// Nil if the neurons are not plain or filter their currents.
  package init?(_ dynamics: MembraneDynamics) {
    guard dynamics.isPlain, dynamics.synapticDecay == 0 else { return nil }
    let reset: Int32 =
      switch dynamics.reset {
      case .subtract: 0
      case .zeroState: 1
      case .zeroUpdate: 2
      case .none: 3
      }
    neuron = lockstep_neuron(
      decay: dynamics.decay, gain: dynamics.inputGain, threshold: dynamics.threshold, reset: reset)
  }

  /// Nil also if the derivative needs an exponential or is no shape of the kernels.
  package init?(_ dynamics: MembraneDynamics, _ shape: SurrogateShape) {
    self.init(dynamics)
    switch shape {
    case .fastSigmoid(let slope): surrogate = .init(kind: 0, scale: slope, peak: 0)
    case .arctangent(let alpha):
      surrogate = .init(kind: 1, scale: Float.pi * alpha / 2, peak: alpha / 2)
    case .triangle(let slope): surrogate = .init(kind: 2, scale: slope, peak: 0)
    case .straightThrough: break
    case .sigmoid, .spikeRateEscape, .signedConstant: return nil
    }
  }

  /// Turns currents into membranes, in place, and writes the spikes.
  ///
  /// - Returns: the number of spikes.
  package func forward(
    timeSteps: Int, neurons: Int, membranes: UnsafeMutablePointer<Float>,
    spikes: UnsafeMutablePointer<Float>
  ) -> Int {
    var neuron = neuron
    return Int(
      lockstep_neurons_forward(&neuron, Int32(timeSteps), Int64(neurons), membranes, spikes))
  }

  /// Turns currents into membranes, in place, and writes the pooled spikes alone, and the winners if they
  /// are wanted.
  ///
  /// - Returns: the number of spikes; nil, and nothing is done, if ``pools(_:)`` is false.
  package func forward(
    timeSteps: Int, pooledBy window: MaxPoolWindow, membranes: UnsafeMutablePointer<Float>,
    winners: WindowWinners?, pooled: UnsafeMutablePointer<Float>
  ) -> Int? {
    guard Self.pools(window) else { return nil }
    let row = window.inputWidth * window.channels
    let frame = window.inputHeight * row
    let pooledRow = window.outputWidth * window.channels
    var spikes = 0
    for line in stride(from: 0, to: window.inputHeight, by: 2) {
      for step in 0..<timeSteps {
        let place = membranes + step * frame + line * row
        let target = (step * window.outputHeight + line / 2) * pooledRow
        spikes += forwardLine(
          rows: min(2, window.inputHeight - line), window, currents: place,
          before: step == 0 ? nil : UnsafePointer(place - frame), membranes: place,
          winners: winners?.from(target), pooled: pooled + target)
      }
    }
    return spikes
  }

  /// One step of one line of windows: two rows of neurons, or one if the frame ends there.
  ///
  /// `before` has the membranes of the step before; both and the currents may be in the same place.
  ///
  /// - Returns: the number of spikes.
  @inline(__always)
  func forwardLine(
    rows: Int, _ window: MaxPoolWindow, currents: UnsafePointer<Float>,
    before: UnsafePointer<Float>?, membranes: UnsafeMutablePointer<Float>,
    winners: WindowWinners?, pooled: UnsafeMutablePointer<Float>
  ) -> Int {
    var neuron = neuron
    return Int(
      lockstep_pooled_line_forward(
        &neuron, Int32(rows), Int32(window.inputWidth), Int32(window.channels), currents, before,
        membranes, pooled, winners?.membranes, winners?.fired))
  }

  /// Whether the kernels can pool the spikes of a window.
  package static func pools(_ window: MaxPoolWindow) -> Bool {
    window.size == 2 && window.channels % 16 == 0
  }

  /// From dL/d(spikes) to dL/d(currents), in place.
  package func backward(
    timeSteps: Int, neurons: Int, membranes: UnsafePointer<Float>,
    gradients: UnsafeMutablePointer<Float>
  ) {
    var (neuron, surrogate) = (neuron, surrogate)
    lockstep_neurons_backward(
      &neuron, &surrogate, Int32(timeSteps), Int64(neurons), membranes, gradients)
  }

  /// From dL/d(pooled spikes) to dL/d(currents); false if the window is not one of the kernels'.
  ///
  /// `scratch` needs two rows of neurons.
  package func backward(
    timeSteps: Int, pooledBy window: MaxPoolWindow, winners: WindowWinners,
    pooledGradients: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) -> Bool {
    guard Self.pools(window) else { return false }
    let row = window.inputWidth * window.channels
    let frame = window.inputHeight * row
    gradients.update(repeating: 0, count: timeSteps * frame)
    for line in 0..<window.outputHeight {
      _ = backwardLine(
        line, timeSteps: timeSteps, window, winners: winners, pooledGradients: pooledGradients,
        gradients: gradients + 2 * line * row, gradientStep: frame, gradientRow: row, sums: nil,
        scratch: scratch)
    }
    return true
  }

  /// All steps back of one line of windows, which is two rows of neurons.
  ///
  /// `gradients` is where the line begins at step 0; `sums`, if any, gets the sum of every channel.
  ///
  /// - Returns: how many gradients are not zero.
  @inline(__always)
  func backwardLine(
    _ index: Int, timeSteps: Int, _ window: MaxPoolWindow, winners: WindowWinners,
    pooledGradients: UnsafePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    gradientStep: Int, gradientRow: Int, sums: UnsafeMutablePointer<Float>?,
    scratch: UnsafeMutablePointer<Float>
  ) -> Int {
    var (neuron, surrogate) = (neuron, surrogate)
    let pooledRow = window.outputWidth * window.channels
    let line = winners.from(index * pooledRow)
    return Int(
      lockstep_pooled_line_backward(
        &neuron, &surrogate, Int32(timeSteps), Int32(window.inputWidth), Int32(window.channels),
        line.membranes, line.fired, pooledGradients + index * pooledRow,
        Int64(window.outputHeight * pooledRow), scratch,
        gradients, Int64(gradientStep), Int64(gradientRow), sums))
  }
}
