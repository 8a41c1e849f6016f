/// Every neuron that ``MembraneDynamics/isPlain`` excludes: immediate resets, resets that carry
/// gradients, smooth spikes, learned constants.
///
/// An immediate reset is snnTorch's (`reset_delay=False`): the delayed reset stays, and the spike of
/// the step takes away what that one did not.
extension MembraneKernels {
  /// As ``forward``; `updates` receives the membranes before the reset where they are kept.
  package static func forwardGeneral(
    _ dynamics: MembraneDynamics, timeSteps: Int, neurons: Int,
    membranes: UnsafeMutablePointer<Float>, spikes: UnsafeMutablePointer<Float>,
    updates: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) {
    if dynamics.synapticDecay != 0 {
      filterSynapses(
        dynamics.synapticDecay, timeSteps: timeSteps, neurons: neurons, currents: membranes)
    }
    let threshold = dynamics.threshold
    scratch.update(repeating: 0, count: 2 * neurons)
    for step in 0..<timeSteps {
      let place = step * neurons
      let membrane = membranes + place
      let before = step == 0 ? UnsafePointer(scratch) : UnsafePointer(membrane - neurons)
      let spiked =
        step == 0 ? UnsafePointer(scratch + neurons) : UnsafePointer(spikes + (place - neurons))
      for neuron in 0..<neurons {
        let reset = earlierReset(dynamics, before[neuron], spiked[neuron])
        let input = dynamics.inputGain * membrane[neuron]
        var update = dynamics.decay * before[neuron] + input
        var value: Float
        switch dynamics.reset {
        case .subtract: value = update - reset * threshold
        case .zeroState: value = dynamics.decay * ((1 - reset) * before[neuron]) + input
        case .zeroUpdate: value = (1 - reset) * update
        case .none: value = update
        }
        let spike = dynamics.spike(value - threshold)
        spikes[place + neuron] = spike
        if dynamics.resetsAtOnce {
          update = value
          switch dynamics.reset {
          case .subtract: value -= (spike - reset) * threshold
          case .zeroState, .zeroUpdate: value -= (spike - reset) * value
          case .none: break
          }
        }
        membrane[neuron] = value
        if dynamics.keepsUpdates { updates[place + neuron] = update }
      }
    }
  }

  /// What the way back yields beside the gradients of the currents.
  package struct ConstantGradients {
    package var decay = 0.0
    package var threshold = 0.0
  }

  /// Carries gradients back through time, in place.
  ///
  /// `gradients` holds dL/d(spikes) on entry and dL/d(input current) on return; `membraneGradients`,
  /// if any, dL/d(membranes as returned). The other blocks are as ``forwardGeneral`` left them;
  /// `scratch` needs three floats a neuron.
  ///
  /// - Returns: dL/d(decay) and dL/d(threshold), one value for all neurons.
  package static func backwardGeneral(
    _ dynamics: MembraneDynamics, _ surrogate: SurrogateShape, timeSteps: Int, neurons: Int,
    gradients: UnsafeMutablePointer<Float>, membraneGradients: UnsafePointer<Float>?,
    membranes: UnsafePointer<Float>, spikes: UnsafePointer<Float>,
    updates: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>
  ) -> ConstantGradients {
    var constants = ConstantGradients()
    let threshold = dynamics.threshold
    let carry = scratch
    let spikeCarry = scratch + neurons
    let synapticCarry = scratch + 2 * neurons
    scratch.update(repeating: 0, count: 3 * neurons)
    for step in stride(from: timeSteps - 1, through: 0, by: -1) {
      let place = step * neurons
      for neuron in 0..<neurons {
        let index = place + neuron
        let before = step == 0 ? 0 : membranes[index - neurons]
        let reset =
          step == 0 ? 0 : earlierReset(dynamics, before, spikes[index - neurons])
        var onMembrane = carry[neuron] + (membraneGradients?[index] ?? 0)
        var onSpike = gradients[index] + spikeCarry[neuron]
        var onThreshold: Float = 0
        let value = dynamics.resetsAtOnce ? updates[index] : membranes[index]
        if dynamics.resetsAtOnce {
          let taken = spikes[index] - reset
          if dynamics.resetCarriesGradient {
            switch dynamics.reset {
            case .subtract: onSpike -= threshold * onMembrane
            case .zeroState, .zeroUpdate: onSpike -= value * onMembrane
            case .none: break
            }
          }
          switch dynamics.reset {
          case .subtract: onThreshold -= taken * onMembrane
          case .zeroState, .zeroUpdate: onMembrane *= 1 - taken
          case .none: break
          }
        }
        let throughSpike = onSpike * surrogate.derivative(value - threshold)
        onThreshold -= throughSpike
        onMembrane += throughSpike
        let later = resetAdjoint(
          dynamics, onMembrane, reset: reset, before: before,
          update: dynamics.keepsUpdates ? updates[index] : 0)
        if dynamics.reset == .subtract { onThreshold -= reset * onMembrane }
        carry[neuron] = dynamics.decay * later.onState
        spikeCarry[neuron] =
          dynamics.resetCarriesGradient && !dynamics.resetsAtOnce ? later.onSpike : 0
        constants.decay += Double(later.onState * before)
        constants.threshold += Double(onThreshold)
        var onCurrent = dynamics.inputGain * later.onInput
        if dynamics.synapticDecay != 0 {
          onCurrent += synapticCarry[neuron]
          synapticCarry[neuron] = dynamics.synapticDecay * onCurrent
        }
        gradients[index] = onCurrent
      }
    }
    return constants
  }

  /// What the spike of the step before resets, from 0 to 1.
  @inline(__always)
  private static func earlierReset(
    _ dynamics: MembraneDynamics, _ membrane: Float, _ spike: Float
  ) -> Float {
    dynamics.resetsAtOnce ? (membrane > dynamics.threshold ? 1 : 0) : spike
  }

  /// The gradients of one update's parts: decayed state, input, and the earlier spike.
  @inline(__always)
  private static func resetAdjoint(
    _ dynamics: MembraneDynamics, _ gradient: Float, reset: Float, before: Float, update: Float
  ) -> (onState: Float, onInput: Float, onSpike: Float) {
    switch dynamics.reset {
    case .subtract: (gradient, gradient, -dynamics.threshold * gradient)
    case .zeroState:
      ((1 - reset) * gradient, gradient, -dynamics.decay * before * gradient)
    case .zeroUpdate:
      ((1 - reset) * gradient, (1 - reset) * gradient, -update * gradient)
    case .none: (gradient, gradient, 0)
    }
  }
}
