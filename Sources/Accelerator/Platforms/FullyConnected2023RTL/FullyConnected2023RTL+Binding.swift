import SpikeTraces

extension HardwareParameter {
  static let trainProcessingElements = HardwareParameter(
    "processing-elements", .integer(1...65_536), required: true, unit: "PEs", example: "32",
    help:
      "Units in lock-step, each of which serves ceil(neurons / PEs) neurons; at most the neurons.")

  static let trainListCapacity = HardwareParameter(
    "list-capacity", .integer(1...LayerGeometry.largestParameter), default: "the inputs",
    unit: "spikes", example: "512",
    help: """
      Entries of the list of spike addresses (SPARSE); its logarithm, rounded up, is the width of the \
      spike counter.
      """)

  static let accumulateLatency = HardwareParameter(
    "accumulate-latency", .integer(1...65_536), default: "2, as in the published wrapper",
    unit: "cycles", example: "3",
    help: "Cycles that the controller allows a unit for an addition (LAT); it takes 3.")
}

extension FullyConnected2023RTL {
  /// Fits a hardware file to the network of a trace.
  ///
  /// The hardware is a single layer: that of the network if it has one only, else the one with the
  /// `name` of the file's layer.
  public static func bind(
    _ file: HardwareFile, to header: TraceHeader, trace: String
  ) throws(HardwareError) -> BoundHardware {
    guard let hardware = file.layers.first, file.layers.count == 1 else {
      throw HardwareError(
        file: file.path, line: file.layersLine,
        message:
          "the file describes \(file.layers.count) layers, but \(platform.rawValue) is a single "
          + "one; leave one entry under 'layers', with the 'name' of a layer of the network")
    }
    let position = try position(of: hardware, in: file, header)
    if position == 0, header.coding == .direct {
      throw FullyConnectedBinding.directCoding(file, trace)
    }
    let binding = FullyConnectedBinding(
      file: file, hardware: hardware, header: header, trace: trace, position: position)
    try binding.check()
    let (inputs, neurons) = (binding.input.neurons, binding.traced.output.neurons)
    let elements = hardware[.trainProcessingElements] ?? 1
    guard elements <= neurons else {
      throw binding.hardwareError(
        .trainProcessingElements,
        "'\(HardwareParameter.trainProcessingElements.key)' of layer \(hardware.name) is "
          + "\(elements), more than its \(neurons) neurons; use \(neurons) or fewer")
    }
    let geometry = SpikeTrainGeometry(
      inputs: inputs, neurons: neurons, processingElements: elements,
      listCapacity: hardware[.trainListCapacity] ?? inputs,
      accumulateLatency: hardware[.accumulateLatency] ?? 2)
    let model = FullyConnected2023RTL(
      geometry, timeSteps: header.timeSteps, quirks: try file.quirks(of: Quirk.self))
    var layer = BoundLayer(
      name: binding.traced.name, kind: .fullyConnected, processingElements: elements,
      passes: geometry.neuronsPerUnit, encoderWidth: nil, listCapacity: geometry.listCapacity,
      countLimit: model.quirks.contains(.countWrap) ? Int(geometry.spikeCounterMask) + 1 : nil,
      inputNeurons: inputs, outputNeurons: neurons, countedGroup: inputs)
    layer.losses.dropCause = "the units were busy"
    layer.losses.dropEvent = "activations were due"
    layer.losses.dropRemedy =
      "\(model.quirks.option(without: .blindActivation)) is hardware that waits for them"
    var bound = BoundHardware(file: file, model: model, layers: [layer])
    bound.firstLayer = position
    return bound
  }

  private static func position(
    of hardware: HardwareFile.Layer, in file: HardwareFile, _ header: TraceHeader
  ) throws(HardwareError) -> Int {
    if header.layers.count == 1 { return 0 }
    if let position = header.layers.firstIndex(where: { $0.name == hardware.name }) {
      return position
    }
    let names = header.layers.prefix(12).map(\.name).joined(separator: ", ")
    throw HardwareError(
      file: file.path, line: hardware.keyLines[HardwareParameter.layerName.key] ?? hardware.line,
      message: "\(platform.rawValue) is a single layer, and the network '\(header.networkName)' of "
        + "the trace has \(header.layers.count) (\(names)); say which with 'name'")
  }
}
