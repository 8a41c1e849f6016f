import CTrainingKernels

/// The products of a layer's connections, each driven by what is not zero.
///
/// Frames are channels-last: `[row][column][channel]`; blocks are `[sample][time step]` of them. Spikes
/// are mostly zero, and so are gradients behind a max pooling; a skipped zero saves a whole row of output
/// channels. Where little is zero, a dense kernel is faster; the sums are the same to the last bit.
package enum ConnectionKernels {
  /// `output = bias + weights * input` for all time steps of some samples.
  ///
  /// `isRepeated` says that every step's input is the first step's.
  package static func forward(
    _ plan: ConnectionPlan, samples: Int = 1, input: UnsafePointer<Float>,
    isRepeated: Bool = false, weights: ConnectionWeights, output: UnsafeMutablePointer<Float>,
    scratch: ConnectionScratch
  ) {
    let inputs = plan.geometry.inputCount
    let outputs = plan.geometry.outputCount
    if plan.isFull {
      convolve(
        plan.forward.widened(samples), input: input, weights: weights.forward.start,
        bias: weights.bias.start, output: output, scratch: scratch)
      return
    }
    for frame in 0..<(samples * plan.timeSteps) {
      let target = output + frame * outputs
      if isRepeated, frame % plan.timeSteps > 0 {
        target.update(from: target - outputs, count: outputs)
      } else {
        convolve(
          plan.forward, input: input + frame * inputs, weights: weights.forward.start,
          bias: weights.bias.start, output: target, scratch: scratch)
      }
    }
  }

  /// Yields the gradient of the input of some samples.
  package static func inputGradient(
    _ plan: ConnectionPlan, samples: Int = 1, outputGradient: UnsafePointer<Float>,
    weights: ConnectionWeights, inputGradient: UnsafeMutablePointer<Float>,
    scratch: ConnectionScratch
  ) {
    guard let packed = weights.backward else { return }
    guard let reversed = plan.backward else {
      GeneralConnections.inputGradient(
        plan, frames: samples * plan.timeSteps, outputGradient: outputGradient,
        transposedWeights: packed.start, inputGradient: inputGradient)
      return
    }
    if plan.isFull {
      convolve(
        reversed.widened(samples), input: outputGradient, weights: packed.start, bias: nil,
        output: inputGradient, scratch: scratch)
      return
    }
    for frame in 0..<(samples * plan.timeSteps) {
      convolve(
        reversed, input: outputGradient + frame * plan.geometry.outputCount,
        weights: packed.start, bias: nil,
        output: inputGradient + frame * plan.geometry.inputCount, scratch: scratch)
    }
  }

  /// Adds the share of some samples to the gradients of weights and bias.
  ///
  /// `isRepeated` says that every step's input is the first step's.
  package static func addWeightGradient(
    _ plan: ConnectionPlan, samples: Int = 1, input: UnsafePointer<Float>,
    isRepeated: Bool = false, outputGradient: UnsafePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>,
    scratch: ConnectionScratch
  ) {
    let geometry = plan.geometry
    let frames = samples * plan.timeSteps
    for pixel in 0..<(frames * geometry.outputHeight * geometry.outputWidth) {
      RowKernels.add(
        outputGradient + pixel * geometry.outputChannels, count: geometry.outputChannels,
        to: biasGradient)
    }
    guard plan.backward != nil else {
      GeneralConnections.addWeightGradient(
        plan, frames: frames, input: input, outputGradient: outputGradient,
        weightGradient: weightGradient)
      return
    }
    if plan.isFull {
      MarkedInput(plan, input, frames: frames, scratch: scratch)
        .addToFull(gradients: outputGradient, weightGradient: weightGradient)
      return
    }
    for frame in 0..<frames {
      PaddedFrames.copy(
        outputGradient + frame * geometry.outputCount, height: geometry.outputHeight,
        width: geometry.outputWidth, channels: geometry.outputChannels, margin: plan.margin,
        to: scratch.padded)
      MarkedInput(plan, input + frame * geometry.inputCount, frames: 1, scratch: scratch)
        .add(
          rows: 0..<geometry.inputHeight, gradients: scratch.padded,
          frameCount: plan.paddedGradientCount, weightGradient: weightGradient)
    }
  }

  /// One frame through a convolution, by events or densely.
  private static func convolve(
    _ shape: lockstep_convolution, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>, scratch: ConnectionScratch
  ) {
    var shape = shape
    ListedFrame(input, for: shape, table: nil, scratch: scratch)
      .convolve(
        &shape, rows: 0..<Int(shape.outputHeight), weights: weights, bias: bias, output: output)
  }

  /// Rewrites `[tap][input channel][output channel]` as `[tap][output channel][input channel]`.
  package static func transpose(
    _ geometry: ConnectionGeometry, weights: UnsafePointer<Float>,
    to transposed: UnsafeMutablePointer<Float>
  ) {
    let inputs = geometry.inputChannels
    let outputs = geometry.outputChannels
    for tap in 0..<geometry.taps {
      let source = weights + tap * inputs * outputs
      let target = transposed + tap * inputs * outputs
      for input in 0..<inputs {
        for output in 0..<outputs {
          target[output * inputs + input] = source[input * outputs + output]
        }
      }
    }
  }
}
