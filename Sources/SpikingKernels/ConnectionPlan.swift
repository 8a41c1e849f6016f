import CTrainingKernels

/// How the kernels run one layer's connections over all time steps of a sample.
///
/// A full connection is a convolution with a 1x1 kernel over a row of `timeSteps` pixels, so that one
/// weight serves several steps while it is at hand.
package struct ConnectionPlan: Sendable {
  package let geometry: ConnectionGeometry
  package let timeSteps: Int
  /// The convolution that yields currents.
  let forward: lockstep_convolution
  /// The convolution that carries gradients back; nil for strides, which take the general way.
  let backward: lockstep_convolution?
  /// For strides only.
  let table: ConnectionTable?
  /// Where the taps of the gradient's padded frame are from an input's place, in elements.
  let tapOffsets: [Int32]
  /// Where the weight gradient finds the gradients of every pixel of the input, in elements.
  let pixelPlaces: [Int32]
  /// Whether every input reaches every output.
  package let isFull: Bool
  /// Pixels around a frame of gradients so that no tap reaches outside.
  let margin: Int

  package init(_ geometry: ConnectionGeometry, timeSteps: Int) {
    self.geometry = geometry
    self.timeSteps = timeSteps
    isFull =
      geometry.kernelHeight == geometry.inputHeight && geometry.kernelWidth == geometry.inputWidth
      && geometry.padding == 0
    if isFull {
      let row = ConnectionGeometry(
        inputChannels: geometry.inputCount, inputHeight: 1, inputWidth: timeSteps,
        outputChannels: geometry.outputChannels, kernelHeight: 1, kernelWidth: 1)
      forward = Self.shape(row)
      backward = Self.shape(Self.reversed(row))
      table = nil
      tapOffsets = [0]
      margin = 0
      pixelPlaces = (0..<(Self.copiedRows + 16)).map { Int32($0 * Self.copiedOutputs) }
      return
    }
    forward = Self.shape(geometry)
    let kernel = geometry.kernelHeight
    guard geometry.stride == 1, kernel == geometry.kernelWidth else {
      backward = nil
      table = ConnectionTable(geometry)
      tapOffsets = []
      margin = 0
      pixelPlaces = []
      return
    }
    backward = Self.shape(Self.reversed(geometry))
    table = nil
    margin = kernel - 1 - geometry.padding
    let width = geometry.outputWidth + 2 * margin
    pixelPlaces = (0..<(geometry.inputHeight * geometry.inputWidth + 16)).map { pixel in
      let place = pixel / geometry.inputWidth * width + pixel % geometry.inputWidth
      return Int32(place * geometry.outputChannels)
    }
    tapOffsets = (0..<(kernel * kernel)).map { tap in
      let place = (kernel - 1 - tap / kernel) * width + kernel - 1 - tap % kernel
      return Int32(place * geometry.outputChannels)
    }
  }

  /// Values of a frame of gradients with its margin.
  var paddedGradientCount: Int {
    (geometry.outputHeight + 2 * margin) * (geometry.outputWidth + 2 * margin)
      * geometry.outputChannels
  }

  /// Values of a padded frame of inputs.
  var paddedInputCount: Int {
    (geometry.inputHeight + 2 * geometry.padding) * (geometry.inputWidth + 2 * geometry.padding)
      * geometry.inputChannels
  }

  /// Whether events are expected to be faster than the dense kernel.
  ///
  /// The costs are cycles for one output pixel, fitted to measurements on an AMD Zen 4: a register of
  /// weights takes one cycle in the dense kernel and a little more for an event, twice as much if it
  /// comes from the second cache; every run of events ends in a mispredicted branch. Where an event
  /// reaches one output at a time, additions wait three cycles for each other.
  static func prefersEvents(_ shape: lockstep_convolution, events: Int, pixels: Int) -> Bool {
    let rows = Double(shape.blockWidth) / 16
    let taps = Double(shape.kernelHeight * shape.kernelWidth)
    let inputs = taps * Double(shape.inputChannels)
    let reached = taps * Double(events) / Double(max(1, pixels))
    let slides = shape.stride == 1 && (shape.kernelWidth == 3 || shape.kernelWidth == 5)
    let event = slides ? 1.2 * rows : taps == 1 ? 1.7 * rows : 1.2 * max(3, rows)
    return event * reached + 40 * Double(shape.kernelHeight) < 1.05 * inputs * rows
  }

  /// Values of a row of gradients with its margin.
  var paddedRowCount: Int { (geometry.outputWidth + 2 * margin) * geometry.outputChannels }

  /// The masks that mark all of some frames, each for sixteen input channels of a pixel.
  func maskCount(samples: Int) -> Int {
    let channels = isFull ? geometry.inputCount : geometry.inputChannels
    let pixels = isFull ? samples : geometry.inputHeight * geometry.inputWidth
    return (channels + 15) / 16 * timeSteps * pixels + 16
  }

  /// Gradients that the nearest cache holds beside the weights' sums: 24 KiB of them.
  private static let cachedGradients = 6144

  /// Pixels of the input whose weight gradient is summed at a time: their gradients fill the nearest
  /// cache.
  var placedPixels: Int {
    let rows = Self.cachedGradients / paddedRowCount - geometry.kernelHeight + 1
    return min(Int(LOCKSTEP_MOST_PLACED_PIXELS), max(1, rows) * geometry.inputWidth)
  }

  /// Outputs and rows of a full connection's gradients that weight gradients read at a time: whole cache
  /// lines, 24 KiB in all.
  static let (copiedOutputs, copiedRows) = (64, 96)

  /// Patterns of a frame, if the convolution has a table of them: see ``ConnectionWeights``.
  var patternCount: Int {
    usesPatterns ? geometry.inputHeight * geometry.outputWidth : 0
  }

  /// Whether a kernel row sees so few inputs that a table has the sums of all their patterns, at most
  /// 512 of them.
  var usesPatterns: Bool {
    !isFull && geometry.kernelWidth * geometry.inputChannels <= 9
      && (geometry.inputWidth + 2 * geometry.padding) * geometry.inputChannels
        <= Int(LOCKSTEP_LONGEST_PATTERN_ROW)
  }

  private static func reversed(_ geometry: ConnectionGeometry) -> ConnectionGeometry {
    ConnectionGeometry(
      inputChannels: geometry.outputChannels, inputHeight: geometry.outputHeight,
      inputWidth: geometry.outputWidth, outputChannels: geometry.inputChannels,
      kernelHeight: geometry.kernelHeight, kernelWidth: geometry.kernelWidth,
      padding: geometry.kernelHeight - 1 - geometry.padding)
  }

  private static func shape(_ geometry: ConnectionGeometry) -> lockstep_convolution {
    let outputs = geometry.outputChannels
    let width = outputs > 32 ? 64 : outputs > 16 ? 32 : 16
    return lockstep_convolution(
      inputChannels: Int32(geometry.inputChannels), inputHeight: Int32(geometry.inputHeight),
      inputWidth: Int32(geometry.inputWidth), outputChannels: Int32(outputs),
      outputHeight: Int32(geometry.outputHeight), outputWidth: Int32(geometry.outputWidth),
      kernelHeight: Int32(geometry.kernelHeight), kernelWidth: Int32(geometry.kernelWidth),
      stride: Int32(geometry.stride), padding: Int32(geometry.padding),
      blocks: Int32((outputs + width - 1) / width), blockWidth: Int32(width))
  }
}

extension lockstep_convolution {
  /// A full connection's row of pixels for several samples.
  func widened(_ samples: Int) -> lockstep_convolution {
    var shape = self
    shape.inputWidth *= Int32(samples)
    shape.outputWidth *= Int32(samples)
    return shape
  }

  /// Whether each pixel of a row has all inputs of every output.
  var isFullConnection: Bool {
    inputHeight == 1 && kernelHeight == 1 && kernelWidth == 1 && padding == 0 && stride == 1
  }

  /// Weights with the zeros behind the last output.
  var packedCount: Int {
    Int(kernelHeight) * Int(kernelWidth) * Int(inputChannels) * paddedOutputs
  }

  var paddedOutputs: Int { Int(blocks) * Int(blockWidth) }
}
