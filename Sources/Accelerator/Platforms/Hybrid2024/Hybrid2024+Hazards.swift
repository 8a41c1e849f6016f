extension Hybrid2024 {
  /// What the published hardware does wrong with a configuration, in the order of the layers.
  public var hazards: [Hazard] {
    layers.enumerated().flatMap { index, layer -> [Hazard] in
      switch layer {
      case .convolution(let geometry): hazards(of: geometry, at: index)
      case .fullyConnected(let geometry): hazards(of: geometry, at: index)
      case .dense: []
      }
    }
  }

  /// Checks that the hardware can be simulated, and that it finishes.
  ///
  /// - Throws: ``ConfigurationError`` naming the first layer that cannot, and the remedy.
  public func check() throws(ConfigurationError) {
    guard !layers.isEmpty else {
      throw ConfigurationError(parameter: "layers", message: "there is no layer to simulate")
    }
    for (index, layer) in layers.enumerated() {
      do {
        try layer.validate()
        if index > 0 { try layer.checkOrder(after: layers[index - 1]) }
      } catch {
        throw ConfigurationError(
          layer: index, parameter: error.parameter, message: error.message)
      }
      if index > 0, layer.timeSteps != layers[0].timeSteps {
        throw ConfigurationError(
          layer: index, parameter: "timeSteps",
          message: "the layer has \(layer.timeSteps) time steps, the first layer "
            + "\(layers[0].timeSteps)")
      }
    }
    let engines = layers.indices.reduce(0) { $0 + self.engines(ofLayer: $1).count }
    guard engines <= Hybrid2024Design.largestProcessCount else {
      throw ConfigurationError(
        parameter: "layers",
        message: "the \(layers.count) layers have \(engines) engines; at most "
          + "\(Hybrid2024Design.largestProcessCount) can be simulated")
    }
    if let hazard = hazards.first(where: { $0.severity == .neverFinishes }) {
      throw ConfigurationError(
        layer: hazard.layer, parameter: hazard.parameter, message: hazard.description)
    }
  }

  private func hazards(of layer: ConvolutionGeometry, at index: Int) -> [Hazard] {
    var found: [Hazard] = []
    if quirks.contains(.chunkCounter) { found += Hazard.chunkCounter(of: layer, at: index) }
    found += Hazard.idleElements(of: layer, at: index)
    if quirks.contains(.countWrap), !layer.options.splitsLists {
      found += Hazard.countWrap(of: layer, at: index)
    }
    if quirks.contains(.writerOverrun), layer.options.writerQueue == 0 {
      found += Hazard.slowWriter(
        of: layer, at: index, rowCycles: quirks.contains(.doubleWrite) ? 3 : 2,
        sweepsShort: quirks.contains(.shortSweep),
        sweepsNeedSpikes: quirks.contains(.lostActivations))
    }
    return found
  }

  private func hazards(of layer: FullyConnectedGeometry, at index: Int) -> [Hazard] {
    var found: [Hazard] = []
    if quirks.contains(.extraPass), layer.passCounterWraps {
      found.append(
        Hazard(
          layer: index, severity: .neverFinishes, parameter: "processingElements",
          description:
            "\(layer.neurons) neurons on \(layer.processingElements) processing elements "
            + "take \(layer.passesWithTheExtraOne) passes, and the pass counter wraps at "
            + "\(layer.passCounterLimit): the hardware would never finish; use more processing "
            + "elements"))
    }
    found += Hazard.idleElements(of: layer, at: index)
    return found
  }
}
