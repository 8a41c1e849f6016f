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
      let isBinary = list(
        input, pixels: frames, width: 1, channels: geometry.inputCount, scratch: scratch)
      addRows(
        plan, plan.listedRows(scratch, frames: 1, height: frames), isBinary: isBinary,
        gradients: outputGradient, weightGradient: weightGradient, scratch: scratch)
      return
    }
    for frame in 0..<frames {
      let isBinary = list(
        input + frame * geometry.inputCount, pixels: geometry.inputHeight * geometry.inputWidth,
        width: geometry.inputWidth, channels: geometry.inputChannels, scratch: scratch)
      PaddedFrames.copy(
        outputGradient + frame * geometry.outputCount, height: geometry.outputHeight,
        width: geometry.outputWidth, channels: geometry.outputChannels, margin: plan.margin,
        to: scratch.padded)
      addRows(
        plan, plan.listedRows(scratch, frames: 1, height: geometry.inputHeight),
        isBinary: isBinary, gradients: scratch.padded, weightGradient: weightGradient,
        scratch: scratch)
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

  /// Lists what is not zero; whether all of it is 1.
  static func list(
    _ input: UnsafePointer<Float>, pixels: Int, width: Int, channels: Int,
    scratch: ConnectionScratch
  ) -> Bool {
    var isBinary: Int32 = 0
    lockstep_list_events(
      input, Int32(pixels), Int32(width), Int32(channels), scratch.starts, scratch.codes,
      scratch.values, scratch.lanes, &isBinary)
    return isBinary != 0
  }

  /// A share of the weight gradient: every event adds the gradients of the outputs that it reached,
  /// channel by channel, so that a channel's sums stay in registers.
  static func addRows(
    _ plan: ConnectionPlan, _ listed: lockstep_listed_rows, isBinary: Bool,
    gradients: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>,
    scratch: ConnectionScratch
  ) {
    if plan.isFull {
      addCopiedRows(
        plan, listed, isBinary: isBinary, gradients: gradients, weightGradient: weightGradient,
        scratch: scratch)
      return
    }
    var listed = listed
    let outputs = plan.geometry.outputChannels
    lockstep_sort_events(
      &listed, plan.codePlaces, scratch.channelEnds, scratch.places,
      isBinary ? nil : scratch.placedValues)
    addSorted(
      plan, isBinary: isBinary, ends: scratch.channelEnds, firstEvent: 0, outputs: 0..<outputs,
      gradients: gradients, weightGradient: weightGradient, scratch: scratch)
  }

  /// The same for a full connection, whose gradients do not fit into the nearest cache, nor do their
  /// rows begin on its lines: some outputs and rows at a time do, copied.
  private static func addCopiedRows(
    _ plan: ConnectionPlan, _ listed: lockstep_listed_rows, isBinary: Bool,
    gradients: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>,
    scratch: ConnectionScratch
  ) {
    var listed = listed
    let (outputs, channels) = (plan.geometry.outputChannels, Int(listed.channels))
    let height = Int(listed.height)
    let bands = (height + ConnectionPlan.copiedRows - 1) / ConnectionPlan.copiedRows
    var firstEvents: [Int] = []
    var next = 0
    for band in 0..<bands {
      listed.first_row = Int32(band * height / bands)
      listed.end_row = Int32((band + 1) * height / bands)
      let ends = scratch.channelEnds + band * channels
      lockstep_sort_events(
        &listed, plan.codePlaces, ends, scratch.places + next,
        isBinary ? nil : scratch.placedValues + next)
      firstEvents.append(next)
      next += Int(ends[channels - 1])
    }
    for output in stride(from: 0, to: outputs, by: ConnectionPlan.copiedOutputs) {
      let end = min(output + ConnectionPlan.copiedOutputs, outputs)
      for row in 0..<height {
        (scratch.padded + row * ConnectionPlan.copiedOutputs)
          .update(from: gradients + (row * outputs + output), count: end - output)
      }
      for band in 0..<bands {
        addSorted(
          plan, isBinary: isBinary, ends: scratch.channelEnds + band * channels,
          firstEvent: firstEvents[band], outputs: output..<end, gradients: scratch.padded,
          weightGradient: weightGradient, scratch: scratch)
      }
    }
  }

  /// Adds the gradients of some outputs to the weights of every channel's events.
  private static func addSorted(
    _ plan: ConnectionPlan, isBinary: Bool, ends: UnsafePointer<Int32>, firstEvent: Int,
    outputs: Range<Int>, gradients: UnsafePointer<Float>,
    weightGradient: UnsafeMutablePointer<Float>, scratch: ConnectionScratch
  ) {
    let row = plan.geometry.outputChannels
    let channels = plan.isFull ? plan.geometry.inputCount : plan.geometry.inputChannels
    for channel in 0..<channels {
      let first = Int(channel == 0 ? 0 : ends[channel - 1])
      let events = Int(ends[channel]) - first
      guard events > 0 else { continue }
      lockstep_add_rows(
        scratch.places + (firstEvent + first),
        isBinary ? nil : scratch.placedValues + (firstEvent + first), Int32(events), gradients,
        plan.tapOffsets, Int32(plan.tapOffsets.count), Int32(outputs.count),
        weightGradient + (channel * row + outputs.lowerBound), Int64(channels * row))
    }
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
