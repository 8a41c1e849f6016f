import CTrainingKernels

/// How the kernels run one layer's connections over all time steps of a sample.
///
/// A full connection is a convolution with a 1x1 kernel over a row of `timeSteps` pixels, so that one
/// weight serves several steps while it is at hand.
package struct ConnectionPlan: Sendable {
  package let geometry: ConnectionGeometry
  package let timeSteps: Int
  /// The convolution that yields currents; run on `frames` frames a sample.
  let forward: lockstep_convolution
  /// The convolution that carries gradients back; nil for strides, which take the general way.
  let backward: lockstep_convolution?
  /// Frames a sample: the time steps, or one for full connections.
  let frames: Int
  /// For strides only.
  let table: ConnectionTable?
  /// Where the taps of the gradient's padded frame are from an input's place, in elements.
  let tapOffsets: [Int32]
  /// What the code of an event of the input means for the weight gradient.
  let codePlaces: [lockstep_code_place]
  /// Whether every input reaches every output.
  let isFull: Bool
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
      frames = 1
      table = nil
      tapOffsets = [0]
      margin = 0
      codePlaces = Self.codePlaces(columns: 1, forward)
      return
    }
    forward = Self.shape(geometry)
    frames = timeSteps
    let kernel = geometry.kernelHeight
    guard geometry.stride == 1, kernel == geometry.kernelWidth else {
      backward = nil
      table = ConnectionTable(geometry)
      tapOffsets = []
      margin = 0
      codePlaces = []
      return
    }
    backward = Self.shape(Self.reversed(geometry))
    table = nil
    codePlaces = Self.codePlaces(columns: forward.inputWidth, forward)
    margin = kernel - 1 - geometry.padding
    let width = geometry.outputWidth + 2 * margin
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
  /// weights takes one cycle in the dense kernel; an event takes as many, but at least the three
  /// cycles of the addition before it, and every kernel row ends in a mispredicted branch.
  static func prefersEvents(_ shape: lockstep_convolution, events: Int, pixels: Int) -> Bool {
    let rows = Double(shape.blockWidth) / 16
    let taps = Double(shape.kernelHeight * shape.kernelWidth)
    let inputs = taps * Double(shape.inputChannels)
    let reached = taps * Double(events) / Double(max(1, pixels))
    return 1.2 * reached * max(3, rows) + 15 * Double(shape.kernelHeight) < inputs * rows
  }

  /// Samples of a full connection whose weight gradients are added together: at most eight, and 4 MiB
  /// of inputs.
  var deferredSamples: Int { max(1, min(8, (1 << 20) / (timeSteps * geometry.inputCount))) }

  private static func codePlaces(
    columns: Int32, _ shape: lockstep_convolution
  ) -> [lockstep_code_place] {
    (0..<columns).flatMap { column in
      (0..<shape.inputChannels).map { channel in
        lockstep_code_place(channel: channel, place: column * shape.outputChannels)
      }
    }
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
  /// Weights with the zeros behind the last output.
  var packedCount: Int {
    Int(kernelHeight) * Int(kernelWidth) * Int(inputChannels) * paddedOutputs
  }

  var paddedOutputs: Int { Int(blocks) * Int(blockWidth) }
}
