extension Conv2023 {
  /// What the published hardware does wrong with a configuration, in the order of the layers.
  public var hazards: [Hazard] {
    layers.enumerated().flatMap { index, layer -> [Hazard] in
      switch layer {
      case .convolution(let geometry): hazards(of: geometry, at: index)
      case .fullyConnected(let geometry): hazards(of: geometry, at: index)
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
      // Published, there is at least one burst of one spike between two sweeps.
      found += Hazard.slowWriter(
        of: layer, at: index, rowCycles: quirks.contains(.doubleWrite) ? 3 : 2,
        sweepsShort: false, sweepsNeedSpikes: quirks.contains(.lostActivations))
    }
    if layer.outputPixels == 1 {
      found.append(
        Hazard(
          layer: index, severity: .corrupts, parameter: "outputPixels",
          description: "a convolution with a single output pixel was never recorded on the "
            + "published hardware: its timing is extrapolated"))
    }
    return found
  }

  private func hazards(of layer: FullyConnectedGeometry, at index: Int) -> [Hazard] {
    var found: [Hazard] = []
    if quirks.contains(.passComparison), layer.passesNeverEnd {
      found.append(
        Hazard(
          layer: index, severity: .neverFinishes, parameter: "processingElements",
          description: "with more processing elements (\(layer.processingElements)) than neurons "
            + "(\(layer.neurons)) the comparison that ends the passes never holds: the hardware "
            + "would never finish; use at most \(layer.neurons)"))
    }
    found += Hazard.idleElements(of: layer, at: index)
    if quirks.contains(.countWrap),
      layer.inputChannels * layer.frameSize > Int(layer.spikeCounterMask)
    {
      found.append(
        Hazard(
          layer: index, severity: .corrupts, parameter: "listCapacity",
          description: "a time step can hold \(layer.inputChannels * layer.frameSize) spikes, but "
            + "at most \(layer.spikeCounterMask) are counted: more are lost; use a larger list "
            + "(511 is the published limit)", dependsOnSpikes: true))
    }
    if layer.timeSteps > 25 {
      found.append(
        Hazard(
          layer: index, severity: .corrupts, parameter: "timeSteps",
          description: "the published loop latches spike totals of 25 time steps only; replayed "
            + "as if it latched all \(layer.timeSteps)"))
    }
    return found
  }
}
