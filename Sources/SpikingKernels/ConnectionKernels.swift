import CTrainingKernels

/// The products of a layer's connections, each driven by what is not zero.
///
/// Frames are channels-last: `[row][column][channel]`; blocks are `[time step]` of them. Spikes are
/// mostly zero, and so are gradients behind a max pooling; a skipped zero saves a whole row of output
/// channels. Where little is zero, a dense kernel is faster; the sums are the same to the last bit.
package enum ConnectionKernels {
  /// `output = bias + weights * input` for all time steps.
  ///
  /// `isRepeated` says that every step's input is the first step's.
  package static func forward(
    _ plan: ConnectionPlan, input: UnsafePointer<Float>, isRepeated: Bool = false,
    weights: ConnectionWeights, output: UnsafeMutablePointer<Float>, scratch: ConnectionScratch
  ) {
    let inputs = plan.geometry.inputCount
    let outputs = plan.geometry.outputCount
    for frame in 0..<plan.frames {
      if isRepeated, frame > 0 {
        (output + frame * outputs).update(from: output, count: outputs)
      } else {
        convolve(
          plan.forward, input: input + frame * inputs, weights: weights.forward.start,
          bias: weights.bias.start, output: output + frame * outputs, scratch: scratch)
      }
    }
  }

  /// Adds one sample's share to the gradients of weights and bias; yields that of the input, if it is
  /// wanted.
  ///
  /// `isRepeated` says that every step's input is the first step's; `deferred`, if any, keeps the
  /// sample's part in the weight gradient until it is flushed.
  package static func backward(
    _ plan: ConnectionPlan, input: UnsafePointer<Float>, isRepeated: Bool = false,
    outputGradient: UnsafeMutablePointer<Float>, weights: ConnectionWeights,
    weightGradient: UnsafeMutablePointer<Float>, biasGradient: UnsafeMutablePointer<Float>,
    inputGradient: UnsafeMutablePointer<Float>?, scratch: ConnectionScratch,
    deferred: DeferredWeightGradient? = nil
  ) {
    guard let reversed = plan.backward else {
      GeneralConnections.backward(
        plan, input: input, outputGradient: outputGradient, weights: weights,
        weightGradient: weightGradient, biasGradient: biasGradient, inputGradient: inputGradient)
      return
    }
    let geometry = plan.geometry
    let outputs = geometry.outputCount * (plan.frames == 1 ? plan.timeSteps : 1)
    let inputs = geometry.inputCount
    let channels = geometry.outputChannels
    var frames = plan.frames
    if isRepeated, frames > 1, inputGradient == nil {
      // The same input at every step: the gradients of all steps meet in one.
      for frame in 1..<frames {
        RowKernels.add(outputGradient + frame * outputs, count: outputs, to: outputGradient)
      }
      frames = 1
    }
    for frame in 0..<frames {
      let gradient = outputGradient + frame * outputs
      for pixel in 0..<(outputs / channels) {
        RowKernels.add(gradient + pixel * channels, count: channels, to: biasGradient)
      }
      if let inputGradient, let packed = weights.backward {
        convolve(
          reversed, input: gradient, weights: packed.start, bias: nil,
          output: inputGradient + frame * inputs, scratch: scratch)
      }
      if let deferred {
        deferred.append(
          input: input, gradient: gradient, to: weightGradient, scratch: scratch)
      } else {
        addWeightGradient(
          plan, rows: plan.isFull ? plan.timeSteps : geometry.inputHeight,
          input: input + frame * inputs, gradient: gradient, weightGradient: weightGradient,
          scratch: scratch)
      }
    }
  }

  /// One frame through a convolution, by events or densely.
  private static func convolve(
    _ shape: lockstep_convolution, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>, scratch: ConnectionScratch
  ) {
    var shape = shape
    let pixels = Int(shape.inputHeight * shape.inputWidth)
    var isBinary: Int32 = 0
    let events = lockstep_list_events(
      input, Int32(pixels), shape.inputWidth, shape.inputChannels, scratch.starts, scratch.codes,
      scratch.values, scratch.lanes, &isBinary)
    if ConnectionPlan.prefersEvents(shape, events: Int(events), pixels: pixels) {
      lockstep_gather(
        &shape, scratch.starts, scratch.codes, isBinary != 0 ? nil : scratch.values, weights, bias,
        output)
      return
    }
    var frame = input
    if shape.padding > 0 {
      pad(
        input, height: Int(shape.inputHeight), width: Int(shape.inputWidth),
        channels: Int(shape.inputChannels), margin: Int(shape.padding), to: scratch.padded)
      frame = UnsafePointer(scratch.padded)
    }
    lockstep_dense(&shape, frame, weights, bias, output)
  }

  /// One frame's share of the weight gradient: every event adds the gradients of the outputs that it
  /// reached, channel by channel, so that a channel's sums stay in registers.
  ///
  /// A full connection is a frame of one column, with a row for every step.
  static func addWeightGradient(
    _ plan: ConnectionPlan, rows height: Int, input: UnsafePointer<Float>,
    gradient: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>,
    scratch: ConnectionScratch
  ) {
    let geometry = plan.geometry
    let channels = plan.isFull ? geometry.inputCount : geometry.inputChannels
    let width = plan.isFull ? 1 : geometry.inputWidth
    let outputs = geometry.outputChannels
    var isBinary: Int32 = 0
    lockstep_list_events(
      input, Int32(height * width), Int32(width), Int32(channels), scratch.starts, scratch.codes,
      scratch.values, scratch.lanes, &isBinary)
    var rows = gradient
    if plan.margin > 0 {
      pad(
        gradient, height: geometry.outputHeight, width: geometry.outputWidth, channels: outputs,
        margin: plan.margin, to: scratch.padded)
      rows = UnsafePointer(scratch.padded)
    }
    let paddedWidth = plan.isFull ? 1 : geometry.outputWidth + 2 * plan.margin
    lockstep_sort_events(
      scratch.starts, scratch.codes, scratch.values, Int32(height), Int32(width), Int32(channels),
      Int32(paddedWidth * outputs), plan.codePlaces, scratch.channelEnds, scratch.places,
      scratch.placedValues)
    for channel in 0..<channels {
      let first = Int(channel == 0 ? 0 : scratch.channelEnds[channel - 1])
      let count = Int(scratch.channelEnds[channel]) - first
      guard count > 0 else { continue }
      lockstep_add_rows(
        scratch.places + first, isBinary != 0 ? nil : scratch.placedValues + first, Int32(count),
        rows, plan.tapOffsets, Int32(plan.tapOffsets.count), Int32(outputs),
        weightGradient + channel * outputs, Int64(channels * outputs))
    }
  }

  /// Copies a frame into the middle of a larger one, with zeros around.
  private static func pad(
    _ frame: UnsafePointer<Float>, height: Int, width: Int, channels: Int, margin: Int,
    to padded: UnsafeMutablePointer<Float>
  ) {
    let row = (width + 2 * margin) * channels
    let edge = margin * channels
    padded.update(repeating: 0, count: margin * row + edge)
    for line in 0..<height {
      let target = padded + (line + margin) * row
      (target + edge).update(from: frame + line * width * channels, count: width * channels)
      // The right edge and the next line's left one.
      (target + (row - edge)).update(repeating: 0, count: 2 * edge)
    }
    let rest = padded + (height + margin) * row
    rest.update(repeating: 0, count: margin * row)
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
