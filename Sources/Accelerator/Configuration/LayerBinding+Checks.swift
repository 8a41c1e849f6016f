import SpikeTraces

extension LayerBinding {
  /// Refuses an encoder so narrow that the published chunk counter never reaches the frame's end.
  func check(encoderOf geometry: ConvolutionGeometry) throws(HardwareError) {
    guard rules.chunkCounterWraps, geometry.chunkCounterOverflows else { return }
    let width = geometry.encoderWidth
    let enough = (width...geometry.inputPixels).first { candidate in
      var wider = geometry
      wider.encoderWidth = candidate
      return !wider.chunkCounterOverflows
    }
    throw hardwareError(
      .encoderWidth,
      "'\(HardwareParameter.encoderWidth.key)' of layer \(hardware.name) is \(width), which cuts "
        + "its \(geometry.inputPixels) input pixels into \(geometry.chunks) chunks, more than the "
        + "published chunk counter can count, so the layer never finishes; use "
        + "\(enough ?? geometry.inputPixels) or more")
  }

  func check(
    kernel: Int, stride: Int, padding: Int, _ convolved: LayerShape, pooling: Int
  ) throws(HardwareError) {
    guard !input.isFullyConnected else {
      throw traceError(
        "it is a convolution behind a fully connected layer, which \(file.platform.rawValue) cannot "
          + "read; put the convolutions first")
    }
    guard stride == 1 else {
      throw traceError(
        "its stride is \(stride), and \(file.platform.rawValue) convolves with stride 1 only; train "
          + "with stride 1 and pooling instead")
    }
    let largest = 1 << 20
    guard 1...largest ~= kernel, 0...largest ~= padding, 1...largest ~= pooling else {
      throw traceError(
        "its kernel \(kernel), padding \(padding) or pooling \(pooling) is impossible; the trace is "
          + "damaged, so record it again")
    }
    let isSame = kernel % 2 == 1 && padding == kernel / 2
    guard padding == 0 || isSame else {
      throw traceError(
        "its padding is \(padding), and \(file.platform.rawValue) knows only none (valid) and "
          + "half the kernel (same); train with one of the two")
    }
    let height = input.shape.height + 2 * padding - kernel + 1
    let width = input.shape.width + 2 * padding - kernel + 1
    let expected = LayerShape(channels: traced.output.channels, height: height, width: width)
    guard convolved.isSound, convolved == expected,
      traced.output.height == height / pooling, traced.output.width == width / pooling
    else {
      throw traceError(
        "its shapes do not follow from each other (input \(input.shape), kernel \(kernel), "
          + "convolved \(convolved), pooling \(pooling), output \(traced.output)); the trace is "
          + "damaged, so record it again")
    }
  }

  /// Refuses a first layer that cannot read the input as the trace's network did.
  func checkCoding(_ coding: InputCoding) throws(HardwareError) {
    switch (coding, hardware.kind) {
    case (.direct, .convolution) where number == 1, (.direct, .fullyConnected) where number == 1:
      throw hardwareError(
        .kind,
        "layer \(hardware.name) is '\(hardware.kind.rawValue)', which reads spikes, but the input of "
          + "the network is real-valued (coding 'direct'); change its 'kind' to 'dense', or record a "
          + "trace with rate coding")
    case (_, .dense) where number > 1:
      throw hardwareError(
        .kind,
        "layer \(hardware.name) is 'dense', but it is layer \(number), and only the first layer "
          + "reads real values; change its 'kind' to 'convolution'")
    case (_, .dense) where coding != .direct:
      throw hardwareError(
        .kind,
        "layer \(hardware.name) is 'dense', which reads real values, but the input of the network is "
          + "spikes (coding '\(coding.rawValue)'); change its 'kind' to 'convolution', or record a "
          + "trace with direct coding")
    default: break
    }
  }

  /// Refuses what the one dense core cannot compute.
  func checkDense(kernel: Int, pooling: Int) throws(HardwareError) {
    guard input.shape.channels == 3, kernel == 3 else {
      throw traceError(
        "it has \(input.shape.channels) input channels and a kernel of \(kernel), but the dense core "
          + "has 3 channels and 3 x 3 kernels; train such a first layer, or use rate coding")
    }
    guard DenseGeometry.supportedPixels.contains(input.shape.pixels) else {
      throw traceError(
        "its frames have \(input.shape.pixels) pixels, and the timing of the dense core is known for "
          + "\(DenseGeometry.supportedPixels.lowerBound) to "
          + "\(DenseGeometry.supportedPixels.upperBound); train with other frames")
    }
    guard pooling == 1 else {
      throw traceError(
        "it pools by \(pooling), and the dense core stores its frames whole; pool behind the next "
          + "convolution instead")
    }
  }

  func traceError(_ message: String) -> HardwareError {
    HardwareError(file: trace, message: "layer '\(traced.name)': \(message)")
  }

  func hardwareError(
    _ parameter: HardwareParameter, _ message: String
  ) -> HardwareError {
    HardwareError(
      file: file.path, line: hardware.keyLines[parameter.key] ?? hardware.line, message: message)
  }
}
