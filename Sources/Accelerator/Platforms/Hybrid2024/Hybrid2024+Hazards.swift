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
  public func check() throws(ConfigurationError) { try checkLayers() }

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
