import SpikeTraces

extension HardwareParameter {
  package static let logicalToHardwareRatio = HardwareParameter(
    "logical-to-hardware-ratio", .integer(1...65_536), required: true, unit: "neurons a PE",
    example: "4", relaxation: .oneLess,
    help: """
      Logical neurons that share one hardware unit (LHR): the layer has ceil(neurons / LHR) PEs, each \
      of which serves its neurons one after another. At most the layer's neurons.
      """)
}

extension FullyConnected2023 {
  /// Fits a hardware file to the network of a trace.
  ///
  /// The layers must all be fully connected; the input may have any shape, and is flattened.
  public static func bind(
    _ file: HardwareFile, to header: TraceHeader, trace: String
  ) throws(HardwareError) -> BoundHardware {
    guard header.coding != .direct else { throw FullyConnectedBinding.directCoding(file, trace) }
    guard file.layers.count == header.layers.count else { throw file.countMismatch(header) }
    var geometry = PipelineGeometry(
      inputs: header.input.neurons, neurons: [], logicalToHardwareRatios: [],
      timeSteps: header.timeSteps)
    var layers: [BoundLayer] = []
    let quirks = try file.quirks(of: Quirk.self)
    for (position, hardware) in file.layers.enumerated() {
      let binding = FullyConnectedBinding(
        file: file, hardware: hardware, header: header, trace: trace, position: position)
      try binding.check()
      let ratio = hardware[.logicalToHardwareRatio] ?? 1
      let neurons = binding.traced.output.neurons
      guard ratio <= neurons else {
        throw binding.hardwareError(
          .logicalToHardwareRatio,
          "'\(HardwareParameter.logicalToHardwareRatio.key)' of layer \(hardware.name) is \(ratio), "
            + "more than its \(neurons) neurons; use \(neurons), which is a single PE, or less")
      }
      geometry.neurons.append(neurons)
      geometry.logicalToHardwareRatios.append(ratio)
      var layer = BoundLayer(
        name: binding.traced.name, kind: .fullyConnected,
        processingElements: geometry.units(of: position), passes: ratio, encoderWidth: nil,
        listCapacity: neurons, countLimit: nil, inputNeurons: binding.input.neurons,
        outputNeurons: neurons, countedGroup: binding.input.neurons)
      layer.losses.dropCause = "the next layer was busy"
      layer.losses.dropRemedy =
        "A time step without input spikes is handed over unasked; "
        + "\(quirks.option(without: .lostEmptySteps)) is hardware that asks"
      layer.losses.listOverflow =
        "it has one for each neuron of the layer, and the published "
        + "simulator overwrites other memory. The cycles are those of its rules"
      layers.append(layer)
    }
    return BoundHardware(
      file: file, model: FullyConnected2023(geometry, quirks: quirks), layers: layers)
  }
}
