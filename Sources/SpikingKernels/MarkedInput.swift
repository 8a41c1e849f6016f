import CTrainingKernels

/// The input of a layer as its weight gradient goes through it: channel by channel, so that the sums of a
/// channel's weights stay in registers while every event adds the gradients of the outputs that it
/// reached.
struct MarkedInput {
  private let plan: ConnectionPlan
  private let frames: Int
  /// Pixels of a frame; a full connection's frames are one row of them.
  private let pixels: Int
  private let channels: Int
  /// Null if all that is not zero is 1.
  private let values: UnsafePointer<Float>?
  private let scratch: ConnectionScratch

  /// Marks what is not zero in some frames, one after the other.
  init(
    _ plan: ConnectionPlan, _ input: UnsafePointer<Float>, frames: Int,
    scratch: ConnectionScratch
  ) {
    self.plan = plan
    self.frames = frames
    self.scratch = scratch
    pixels = plan.isFull ? 1 : plan.geometry.inputHeight * plan.geometry.inputWidth
    channels = plan.isFull ? plan.geometry.inputCount : plan.geometry.inputChannels
    let isBinary = lockstep_list_masks(
      input, Int32(frames * pixels), Int32(channels), Int64(frames * pixels), scratch.masks)
    values = isBinary != 0 ? nil : input
  }

  /// Adds the share of some rows of a convolution's input.
  ///
  /// `gradients` is where the padded gradients begin that the first of these rows reaches, `frameCount`
  /// apart from frame to frame.
  func add(
    rows: Range<Int>, gradients: UnsafePointer<Float>, frameCount: Int,
    weightGradient: UnsafeMutablePointer<Float>
  ) {
    let width = plan.geometry.inputWidth
    let first = rows.lowerBound * width
    let end = rows.upperBound * width
    // Several frames at a time, if they are small.
    let most = plan.placedPixels
    let together = max(1, min(frames, most / max(1, end - first)))
    for frame in stride(from: 0, to: frames, by: together) {
      for pixel in stride(from: first, to: end, by: most) {
        place(
          frames: frame..<min(frame + together, frames), pixel..<min(pixel + most, end),
          table: pixel, base: frame * frameCount - rows.lowerBound * plan.paddedRowCount,
          frameCount: frameCount, ends: scratch.channelEnds, at: 0)
        addPlaced(
          ends: scratch.channelEnds, firstEvent: 0, outputs: 0..<plan.geometry.outputChannels,
          gradients: gradients, weightGradient: weightGradient)
      }
    }
  }

  /// Adds the share of a full connection's input.
  ///
  /// Its gradients do not fit into the nearest cache, nor do their rows begin on its lines: some
  /// outputs and rows at a time do, copied.
  func addToFull(
    gradients: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>
  ) {
    let outputs = plan.geometry.outputChannels
    let bands = (frames + ConnectionPlan.copiedRows - 1) / ConnectionPlan.copiedRows
    var next = 0
    for band in 0..<bands {
      let first = band * frames / bands
      let ends = scratch.channelEnds + band * channels
      place(
        frames: 0..<1, first..<((band + 1) * frames / bands), table: 0,
        base: first * ConnectionPlan.copiedOutputs, frameCount: 0, ends: ends, at: next)
      next += Int(ends[channels - 1])
    }
    for output in stride(from: 0, to: outputs, by: ConnectionPlan.copiedOutputs) {
      let end = min(output + ConnectionPlan.copiedOutputs, outputs)
      for row in 0..<frames {
        (scratch.padded + row * ConnectionPlan.copiedOutputs)
          .update(from: gradients + (row * outputs + output), count: end - output)
      }
      var firstEvent = 0
      for band in 0..<bands {
        let ends = scratch.channelEnds + band * channels
        addPlaced(
          ends: ends, firstEvent: firstEvent, outputs: output..<end, gradients: scratch.padded,
          weightGradient: weightGradient)
        firstEvent += Int(ends[channels - 1])
      }
    }
  }

  /// Lists the events of some pixels of some frames by channel, from `event` on; `table` is where the
  /// plan has the place of the first pixel.
  private func place(
    frames: Range<Int>, _ range: Range<Int>, table: Int, base: Int, frameCount: Int,
    ends: UnsafeMutablePointer<Int32>, at event: Int
  ) {
    plan.pixelPlaces.withUnsafeBufferPointer { places in
      guard let start = places.baseAddress else { return }
      let offset = frames.lowerBound * pixels
      var listed = lockstep_masked_pixels(
        masks: scratch.masks + offset, stride: Int64(self.frames * pixels),
        channels: Int32(channels), frames: Int32(frames.count), frame_pixels: Int32(pixels),
        first_pixel: Int32(range.lowerBound), pixels: Int32(range.count),
        pixel_places: start + table, base: Int32(base), frame_place: Int32(frameCount))
      lockstep_place_events(
        &listed, values.map { $0 + offset * channels }, ends, scratch.places + event,
        scratch.placedValues + event)
    }
  }

  /// Adds the gradients of some outputs to the weights of every channel's events.
  private func addPlaced(
    ends: UnsafePointer<Int32>, firstEvent: Int, outputs: Range<Int>,
    gradients: UnsafePointer<Float>, weightGradient: UnsafeMutablePointer<Float>
  ) {
    let row = plan.geometry.outputChannels
    for channel in 0..<channels {
      let first = Int(channel == 0 ? 0 : ends[channel - 1])
      let events = Int(ends[channel]) - first
      guard events > 0 else { continue }
      lockstep_add_rows(
        scratch.places + (firstEvent + first),
        values == nil ? nil : scratch.placedValues + (firstEvent + first), Int32(events),
        gradients, plan.tapOffsets, Int32(plan.tapOffsets.count), Int32(outputs.count),
        weightGradient + (channel * row + outputs.lowerBound), Int64(channels * row))
    }
  }
}
