import SpikeTraces

/// One layer of the network and its hardware, about to be fitted to each other.
struct LayerBinding {
  /// What differs between platforms and their quirks.
  struct Rules {
    /// Bits of the encoder of a fully connected layer, if the file does not say.
    var fullyConnectedEncoder: Int
    /// Whether the list of a fully connected layer holds all inputs; else a quarter, if the file does
    /// not say.
    var listsHoldAllInputs: Bool
    /// Whether the first layer can be a dense core.
    var hasDenseCore: Bool
    /// Whether the spike counter of a list wraps.
    var countsWrap: Bool
    /// Whether too many chunks are never finished.
    var chunkCounterWraps: Bool
    /// Whether more processing elements than neurons never finish.
    var comparesPasses: Bool
    /// Whether fully connected layers make a pass more than needed.
    var makesExtraPass: Bool
    /// Quirks of handing over lists and the ends of time steps, as far as they are present.
    var handOverQuirks: [String] = []
  }

  /// The parameters of a layer of either kind.
  enum Geometry {
    case sparse(LayerGeometry)
    case dense(DenseGeometry)
  }

  let rules: Rules
  let file: HardwareFile
  let hardware: HardwareFile.Layer
  let traced: TracedLayer
  let input: Predecessor
  let trace: String
  let timeSteps: Int
  let number: Int

  var elements: Int { hardware[.processingElements] ?? 1 }

  /// Fits every layer.
  static func bound(
    _ file: HardwareFile, to header: TraceHeader, trace: String, rules: Rules
  ) throws(HardwareError) -> (geometries: [Geometry], layers: [BoundLayer]) {
    guard header.coding != .direct || rules.hasDenseCore else {
      throw HardwareError(
        file: trace,
        message: "the input of this network is real-valued (coding 'direct'), and "
          + "\(file.platform.rawValue) reads spikes; record a trace with rate coding, or use a "
          + "hardware file of platform hybrid-2024 with a dense first layer")
    }
    guard file.layers.count == header.layers.count else { throw file.countMismatch(header) }
    guard header.input.isSound else {
      throw HardwareError(
        file: trace,
        message:
          "the network's input has the impossible shape \(header.input); the trace is damaged, "
          + "so record it again")
    }
    var geometries: [Geometry] = []
    var layers: [BoundLayer] = []
    var previous = Predecessor(header.input)
    for (hardware, traced) in zip(file.layers, header.layers) {
      let binding = LayerBinding(
        rules: rules, file: file, hardware: hardware, traced: traced, input: previous, trace: trace,
        timeSteps: header.timeSteps, number: layers.count + 1)
      try binding.checkCoding(header.coding)
      let bound = try binding.bound()
      geometries.append(bound.geometry)
      layers.append(bound.layer)
      previous = Predecessor(traced)
    }
    return (geometries, layers)
  }

  /// The hardware's parameters, and what reports need to know.
  func bound() throws(HardwareError) -> (geometry: Geometry, layer: BoundLayer) {
    guard timeSteps > 0, traced.output.isSound else {
      throw traceError("its shapes or time steps are not positive; the trace is damaged")
    }
    switch (traced.operation, hardware.kind) {
    case (
      .convolution(let kernel, let stride, let padding, let convolved, let pooling, _),
      .convolution
    ):
      try check(kernel: kernel, stride: stride, padding: padding, convolved, pooling: pooling)
      let geometry = try convolution(kernel: kernel, convolved)
      let options = geometry.options
      let limit = LayerGeometry.convolution(geometry).countLimit
      // A frame that is read in pieces, or by another controller than the last one, is not drawn
      // chunk by chunk.
      let isWhole = !options.splitsLists && options.eventControllers == 1
      var layer = bound(
        isWhole ? LayerGeometry.convolution(geometry).encodedFrame(of: input.shape.pixels) : nil,
        passes: geometry.phases, encoderWidth: geometry.encoderWidth,
        listCapacity: geometry.listCapacity,
        countLimit: rules.countsWrap && !options.splitsLists ? limit : nil,
        countedGroup: input.shape.pixels)
      layer.eventControllers = options.eventControllers
      layer.splitsLists = options.splitsLists
      layer.notes += options.notes(handOverQuirks: rules.handOverQuirks)
      return (.sparse(.convolution(geometry)), layer)
    case (.fullyConnected, .fullyConnected):
      let geometry = try fullyConnected()
      let limit = LayerGeometry.fullyConnected(geometry).countLimit
      return (
        .sparse(.fullyConnected(geometry)),
        bound(
          LayerGeometry.fullyConnected(geometry).encodedFrame(of: input.shape.neurons),
          passes: rules.makesExtraPass ? geometry.passesWithTheExtraOne : geometry.passes,
          encoderWidth: geometry.encoderWidth, listCapacity: geometry.listCapacity,
          countLimit: rules.countsWrap && !rules.listsHoldAllInputs ? limit : nil,
          countedGroup: input.shape.neurons)
      )
    case (
      .convolution(let kernel, let stride, let padding, let convolved, let pooling, _), .dense
    ):
      try check(kernel: kernel, stride: stride, padding: padding, convolved, pooling: pooling)
      try checkDense(kernel: kernel, pooling: pooling)
      let geometry = DenseGeometry(
        timeSteps: timeSteps, inputChannels: input.shape.channels,
        outputChannels: convolved.channels, kernel: kernel, pixels: input.shape.pixels)
      return (
        .dense(geometry),
        bound(
          nil,
          passes: convolved.channels, encoderWidth: nil, listCapacity: nil, countLimit: nil,
          countedGroup: nil)
      )
    case (.convolution, _), (.fullyConnected, _):
      let found: HardwareFile.Layer.Kind =
        hardware.kind == .fullyConnected ? .convolution : .fullyConnected
      throw hardwareError(
        .kind,
        "layer \(hardware.name) is '\(hardware.kind.rawValue)', but layer \(number) of the network, "
          + "'\(traced.name)', is '\(found.rawValue)'; change 'kind', or use the file of another "
          + "network")
    }
  }

  private func bound(
    _ frame: EncodedFrame?, passes: Int, encoderWidth: Int?, listCapacity: Int?, countLimit: Int?,
    countedGroup: Int?
  ) -> BoundLayer {
    var layer = BoundLayer(
      name: traced.name, kind: hardware.kind, processingElements: elements, passes: passes,
      encoderWidth: encoderWidth, listCapacity: listCapacity, countLimit: countLimit,
      inputNeurons: input.shape.neurons, outputNeurons: traced.output.neurons,
      countedGroup: countedGroup)
    layer.encodedFrame = frame
    return layer
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
      listCapacity: hardware[.listCapacity] ?? max(pixels / 2, 1), options: try options())
    try check(encoderOf: geometry)
    return geometry
  }

  /// What the layer has beyond the published hardware.
  private func options() throws(HardwareError) -> ConvolutionOptions {
    var options = ConvolutionOptions()
    options.listBuffers = hardware[.listBuffers] ?? options.listBuffers
    options.splitsLists = hardware.choices[HardwareParameter.listOverflow.key] == "splits"
    options.writerQueue = hardware[.writerQueue] ?? options.writerQueue
    options.membranePorts = hardware[.membranePorts] ?? options.membranePorts
    options.memoryLatency = hardware[.memoryLatency] ?? options.memoryLatency
    options.eventControllers = hardware[.eventControllers] ?? options.eventControllers
    let channels = input.shape.channels
    guard options.eventControllers <= channels else {
      throw hardwareError(
        .eventControllers,
        "'\(HardwareParameter.eventControllers.key)' of layer \(hardware.name) is "
          + "\(options.eventControllers), but it has only \(channels) input channels to share; use "
          + "at most \(channels)")
    }
    return options
  }

  private func fullyConnected() throws(HardwareError) -> FullyConnectedGeometry {
    let neurons = traced.output.neurons
    guard elements <= neurons || !rules.comparesPasses else {
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
      processingElements: elements,
      encoderWidth: hardware[.encoderWidth] ?? rules.fullyConnectedEncoder,
      listCapacity: rules.listsHoldAllInputs ? bits : hardware[.listCapacity] ?? max(bits / 4, 1),
      variant: input.isFullyConnected ? .fc2 : .fc1)
  }
}
