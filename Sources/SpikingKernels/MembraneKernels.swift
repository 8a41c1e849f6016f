/// The recurrence of a layer of neurons over all time steps of one sample, and its adjoint.
///
/// Blocks are `[time step][neuron]`. The reset is delayed by one step and carries no gradient, as
/// snnTorch defines it (Eshraghian et al., *Training spiking neural networks using lessons from
/// deep learning*, Proc. IEEE 111(9), 2023; snnTorch 1.0.0, `Leaky`).
package enum MembraneKernels {
  /// Turns currents into membranes, in place, and writes the spikes.
  ///
  /// `membranes` holds the input currents on entry and the membranes before the next reset on
  /// return; `spikes` becomes 1 where a membrane is above the threshold, else 0; `scratch` needs
  /// one float a neuron.
  package static func forward(
    _ dynamics: MembraneDynamics, timeSteps: Int, neurons: Int,
    membranes: UnsafeMutablePointer<Float>, spikes: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let threshold = dynamics.threshold
    if dynamics.synapticDecay != 0 {
      filterSynapses(
        dynamics.synapticDecay, timeSteps: timeSteps, neurons: neurons, currents: membranes)
    }
    scratch.update(repeating: 0, count: neurons)
    for step in 0..<timeSteps {
      let membrane = membranes + step * neurons
      let previous = step == 0 ? UnsafePointer(scratch) : UnsafePointer(membrane - neurons)
      let spike = spikes + step * neurons
      let decay = dynamics.decay
      let gain = dynamics.inputGain
      switch dynamics.reset {
      case .subtract:
        for neuron in 0..<neurons {
          let before = previous[neuron]
          membrane[neuron] =
            decay * before + gain * membrane[neuron] - (before > threshold ? threshold : 0)
        }
      case .zeroState:
        for neuron in 0..<neurons {
          let before = previous[neuron]
          membrane[neuron] = decay * (before > threshold ? 0 : before) + gain * membrane[neuron]
        }
      case .zeroUpdate:
        for neuron in 0..<neurons {
          let before = previous[neuron]
          let updated = decay * before + gain * membrane[neuron]
          membrane[neuron] = before > threshold ? 0 : updated
        }
      case .none:
        for neuron in 0..<neurons {
          membrane[neuron] = decay * previous[neuron] + gain * membrane[neuron]
        }
      }
      for neuron in 0..<neurons { spike[neuron] = membrane[neuron] > threshold ? 1 : 0 }
    }
  }

  /// Carries gradients back through time, in place.
  ///
  /// `gradients` holds dL/d(membrane) of each step by itself (through the surrogate) on entry and
  /// dL/d(input current) on return; `membranes` are as ``forward`` left them; `scratch` needs two
  /// floats a neuron.
  package static func backward(
    _ dynamics: MembraneDynamics, timeSteps: Int, neurons: Int,
    gradients: UnsafeMutablePointer<Float>, membranes: UnsafePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let threshold = dynamics.threshold
    let decay = dynamics.decay
    let gain = dynamics.inputGain
    let carry = scratch
    let synapticCarry = scratch + neurons
    scratch.update(repeating: 0, count: 2 * neurons)
    for step in stride(from: timeSteps - 1, through: 0, by: -1) {
      let gradient = gradients + step * neurons
      let previous = step == 0 ? nil : membranes + (step - 1) * neurons
      switch (dynamics.reset, previous) {
      case (.zeroState, .some(let previous)):
        for neuron in 0..<neurons {
          let total = gradient[neuron] + carry[neuron]
          gradient[neuron] = gain * total
          carry[neuron] = previous[neuron] > threshold ? 0 : decay * total
        }
      case (.zeroUpdate, .some(let previous)):
        for neuron in 0..<neurons {
          let total = previous[neuron] > threshold ? 0 : gradient[neuron] + carry[neuron]
          gradient[neuron] = gain * total
          carry[neuron] = decay * total
        }
      default:
        for neuron in 0..<neurons {
          let total = gradient[neuron] + carry[neuron]
          gradient[neuron] = gain * total
          carry[neuron] = decay * total
        }
      }
      if dynamics.synapticDecay != 0 {
        for neuron in 0..<neurons {
          let total = gradient[neuron] + synapticCarry[neuron]
          gradient[neuron] = total
          synapticCarry[neuron] = dynamics.synapticDecay * total
        }
      }
    }
  }

  static func filterSynapses(
    _ decay: Float, timeSteps: Int, neurons: Int, currents: UnsafeMutablePointer<Float>
  ) {
    for step in 1..<max(1, timeSteps) {
      RowKernels.addScaled(
        currents + (step - 1) * neurons, scale: decay, count: neurons,
        to: currents + step * neurons)
    }
  }
}
