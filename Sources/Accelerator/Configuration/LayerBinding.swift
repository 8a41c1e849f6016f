import SpikeTraces

extension LayerShape {
  /// Whether the shape is positive and small enough to compute with.
  var isSound: Bool {
    let limit = 1 << 20
    return [channels, height, width].allSatisfy { 1...limit ~= $0 } && neurons <= 1 << 30
  }
}

/// What stands before a layer, as its hardware sees it.
struct Predecessor {
  /// The shape of the boundary between the two.
  let shape: LayerShape
  /// Bits of one row of the spike RAM between the two.
  let rowBits: Int
  let isFullyConnected: Bool

  /// The network's input.
  init(_ input: LayerShape) {
    shape = input
    rowBits = input.pixels
    isFullyConnected = false
  }

  /// A layer.
  init(_ layer: TracedLayer) {
    shape = layer.output
    switch layer.operation {
    case .convolution(_, _, _, let convolved, let pooling, _):
      // The published writer pools by an OR of pooling² consecutive bits of the row-major frame, not of
      // a square window, and so keeps no border back: 13 x 13 pixels pooled by 2 leave a row of
      // floor(169 / 4) = 42 bits although the network has 6 x 6 = 36 pixels. The encoder of a fully
      // connected layer scans all of them.
      rowBits = convolved.pixels / max(pooling * pooling, 1)
      isFullyConnected = false
    case .fullyConnected:
      rowBits = layer.output.neurons
      isFullyConnected = true
    }
  }
}

/// One layer of the network and its hardware, about to be fitted to each other.
struct LayerBinding {
  let file: HardwareFile
  let hardware: HardwareFile.Layer
  let traced: TracedLayer
  let input: Predecessor
  let trace: String
  let timeSteps: Int
  let number: Int

  private var elements: Int { hardware[.processingElements] ?? 1 }

  /// Fits every layer of a platform with address lists.
  static func bound(
    _ file: HardwareFile, to header: TraceHeader, trace: String
  ) throws(HardwareError) -> (geometries: [LayerGeometry], layers: [BoundLayer]) {
    guard header.coding != .direct else {
      throw HardwareError(
        file: trace,
        message: "the input of this network is real-valued (coding 'direct'), and "
          + "\(file.platform.rawValue) reads spikes; record a trace with rate coding")
    }
    guard file.layers.count == header.layers.count else { throw file.countMismatch(header) }
    guard header.input.isSound else {
      throw HardwareError(
        file: trace,
        message:
          "the network's input has the impossible shape \(header.input); the trace is damaged, "
          + "so record it again")
    }
    var geometries: [LayerGeometry] = []
    var layers: [BoundLayer] = []
    var previous = Predecessor(header.input)
    for (hardware, traced) in zip(file.layers, header.layers) {
      let binding = LayerBinding(
        file: file, hardware: hardware, traced: traced, input: previous, trace: trace,
        timeSteps: header.timeSteps, number: layers.count + 1)
      let bound = try binding.bound()
      geometries.append(bound.geometry)
      layers.append(bound.layer)
      previous = Predecessor(traced)
    }
    return (geometries, layers)
  }

  /// The hardware's parameters, and what reports need to know.
  func bound() throws(HardwareError) -> (geometry: LayerGeometry, layer: BoundLayer) {
    guard timeSteps > 0, traced.output.isSound else {
      throw traceError("its shapes or time steps are not positive; the trace is damaged")
    }
    let geometry: LayerGeometry
    let group: Int
    switch (traced.operation, hardware.kind) {
    case (
      .convolution(let kernel, let stride, let padding, let convolved, let pooling, _),
      .convolution
    ):
      try check(kernel: kernel, stride: stride, padding: padding, convolved, pooling: pooling)
      geometry = .convolution(try convolution(kernel: kernel, convolved))
      group = input.shape.pixels
    case (.fullyConnected, .fullyConnected):
      geometry = .fullyConnected(try fullyConnected())
      group = input.shape.neurons
    case (.convolution, _), (.fullyConnected, _):
      let found: HardwareFile.Layer.Kind =
        hardware.kind == .convolution ? .fullyConnected : .convolution
      throw hardwareError(
        .kind,
        "layer \(hardware.name) is '\(hardware.kind.rawValue)', but layer \(number) of the network, "
          + "'\(traced.name)', is '\(found.rawValue)'; change 'kind', or use the file of another "
          + "network")
    }
    var layer = BoundLayer(
      name: traced.name, kind: hardware.kind, processingElements: geometry.processingElements,
      passes: geometry.passes, encoderWidth: geometry.encoderWidth,
      listCapacity: geometry.listCapacity, countLimit: geometry.countLimit,
      inputNeurons: input.shape.neurons, outputNeurons: traced.output.neurons,
      countedGroup: group)
    layer.encodedFrame = geometry.encodedFrame(of: group)
    return (geometry, layer)
  }

  private func convolution(
    kernel: Int, _ convolved: LayerShape
  ) throws(HardwareError) -> ConvolutionGeometry {
    guard convolved.channels.isMultiple(of: elements) else {
      let divisors = (1...convolved.channels).filter(convolved.channels.isMultiple(of:))
      throw hardwareError(
        .processingElements,
        "'\(HardwareParameter.processingElements.key)' of layer \(hardware.name) is \(elements), "
          + "which does not divide its \(convolved.channels) output channels; use one of "
          + divisors.suffix(24).map(String.init).joined(separator: ", "))
    }
    let pixels = input.shape.pixels
    let geometry = ConvolutionGeometry(
      timeSteps: timeSteps, inputChannels: input.shape.channels,
      outputChannels: convolved.channels, kernel: kernel, inputPixels: pixels,
      outputPixels: convolved.pixels, processingElements: elements,
      encoderWidth: hardware[.encoderWidth] ?? max(pixels / 4, 1),
      listCapacity: hardware[.listCapacity] ?? max(pixels / 2, 1))
    try check(encoderOf: geometry)
    return geometry
  }

  private func fullyConnected() throws(HardwareError) -> FullyConnectedGeometry {
    let neurons = traced.output.neurons
    guard elements <= neurons else {
      throw hardwareError(
        .processingElements,
        "'\(HardwareParameter.processingElements.key)' of layer \(hardware.name) is \(elements), "
          + "more than its \(neurons) neurons, and the published hardware then never finishes; use "
          + "\(neurons) or fewer")
    }
    let channels = input.isFullyConnected ? 1 : input.shape.channels
    let bits = channels * input.rowBits
    return FullyConnectedGeometry(
      timeSteps: timeSteps, inputChannels: channels, frameSize: input.rowBits, neurons: neurons,
      processingElements: elements, encoderWidth: hardware[.encoderWidth] ?? 150,
      listCapacity: hardware[.listCapacity] ?? max(bits / 4, 1),
      variant: input.isFullyConnected ? .fc2 : .fc1)
  }

  // MARK: Checks

  /// Refuses an encoder so narrow that the published chunk counter never reaches the frame's end.
  private func check(encoderOf geometry: ConvolutionGeometry) throws(HardwareError) {
    guard geometry.chunkCounterOverflows else { return }
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

  private func check(
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

  private func traceError(_ message: String) -> HardwareError {
    HardwareError(file: trace, message: "layer '\(traced.name)': \(message)")
  }

  private func hardwareError(
    _ parameter: HardwareParameter, _ message: String
  ) -> HardwareError {
    HardwareError(
      file: file.path, line: hardware.keyLines[parameter.key] ?? hardware.line, message: message)
  }
}
