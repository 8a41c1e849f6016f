import CTrainingKernels

/// One frame of input in the form in which its convolution is expected to be fastest.
struct ListedFrame {
  private enum Form {
    /// Spikes of few channels: what every kernel row sees.
    case patterns(UnsafePointer<UInt16>, table: UnsafePointer<Float>)
    case events(
      starts: UnsafePointer<Int32>, codes: UnsafePointer<Int32>, values: UnsafePointer<Float>?)
    case padded(UnsafePointer<Float>)
  }

  private let form: Form

  /// Lists a frame.
  ///
  /// Several frames can be listed at a time, each with a `slot` of its own, up to the plan's steps.
  /// `table` has the sums of patterns, if the convolution has one.
  init(
    _ input: UnsafePointer<Float>, for shape: lockstep_convolution, table: FloatStorage?,
    slot: Int = 0, scratch: ConnectionScratch
  ) {
    var shape = shape
    let pixels = Int(shape.inputHeight * shape.inputWidth)
    if let table {
      let patterns = scratch.patterns + slot * Int(shape.inputHeight * shape.outputWidth)
      if lockstep_list_patterns(&shape, input, patterns) != 0 {
        form = .patterns(patterns, table: table.start)
        return
      }
    }
    let room = pixels * Int(shape.inputChannels) + 16
    let starts = scratch.starts + slot * (pixels + 1)
    let codes = scratch.codes + slot * room
    let values = scratch.values + slot * room
    var isBinary: Int32 = 0
    let events = lockstep_list_events(
      input, Int32(pixels), shape.inputWidth, shape.inputChannels, starts, codes, values,
      scratch.lanes, &isBinary)
    if ConnectionPlan.prefersEvents(shape, events: Int(events), pixels: pixels) {
      form = .events(starts: starts, codes: codes, values: isBinary != 0 ? nil : values)
    } else if shape.padding == 0 {
      form = .padded(input)
    } else {
      let margin = Int(shape.padding)
      let height = Int(shape.inputHeight)
      let width = Int(shape.inputWidth)
      let channels = Int(shape.inputChannels)
      let frame = (height + 2 * margin) * (width + 2 * margin) * channels
      PaddedFrames.copy(
        input, height: height, width: width, channels: channels, margin: margin,
        to: scratch.padded + slot * frame)
      form = .padded(scratch.padded + slot * frame)
    }
  }

  /// Some rows of `output = bias + weights * input`; `output` is where the first of them begins.
  func convolve(
    _ shape: inout lockstep_convolution, rows: Range<Int>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
  ) {
    let (first, end) = (Int32(rows.lowerBound), Int32(rows.upperBound))
    switch form {
    case .patterns(let patterns, let table):
      lockstep_look_up(&shape, first, end, patterns, table, bias, output)
    case .events(let starts, let codes, let values):
      if shape.isFullConnection {
        lockstep_gather_full(&shape, starts, codes, values, weights, bias, output)
        return
      }
      lockstep_gather(&shape, first, end, starts, codes, values, weights, bias, output)
    case .padded(let padded):
      lockstep_dense(&shape, first, end, padded, weights, bias, output)
    }
  }
}
