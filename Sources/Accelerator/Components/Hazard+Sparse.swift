/// Faults that several platforms have in common.
extension Hazard {
  /// A chunk counter of clog2(PENC) + 1 bits that cannot count a frame's chunks.
  static func chunkCounter(of layer: ConvolutionGeometry, at index: Int) -> [Hazard] {
    guard layer.chunkCounterOverflows else { return [] }
    let limit = 1 << (ceilingLogarithm(layer.encoderWidth) + 1)
    return [
      Hazard(
        layer: index, severity: .neverFinishes, parameter: "encoderWidth",
        description: "the encoder of width \(layer.encoderWidth) needs \(layer.chunks) chunks a "
          + "frame, but its chunk counter ends at \(limit): the hardware would never finish; "
          + "use a wider encoder")
    ]
  }

  /// A last pass on channels that do not exist.
  static func idleElements(of layer: ConvolutionGeometry, at index: Int) -> [Hazard] {
    guard layer.outputChannels % layer.processingElements != 0 else { return [] }
    return [
      Hazard(
        layer: index, severity: .corrupts, parameter: "processingElements",
        description: "\(layer.processingElements) processing elements do not divide "
          + "\(layer.outputChannels) output channels: the last pass works on channels that do "
          + "not exist; use a divisor")
    ]
  }

  /// A last pass on neurons that do not exist.
  static func idleElements(of layer: FullyConnectedGeometry, at index: Int) -> [Hazard] {
    guard layer.neurons % layer.processingElements != 0 else { return [] }
    return [
      Hazard(
        layer: index, severity: .corrupts, parameter: "processingElements",
        description: "\(layer.processingElements) processing elements do not divide "
          + "\(layer.neurons) neurons: the last pass works on neurons that do not exist; use a "
          + "divisor")
    ]
  }

  /// A spike counter that starts again from zero.
  static func countWrap(of layer: ConvolutionGeometry, at index: Int) -> [Hazard] {
    guard layer.inputPixels > Int(layer.spikeCounterMask) else { return [] }
    return [
      Hazard(
        layer: index, severity: .corrupts, parameter: "listCapacity",
        description: "a frame can hold \(layer.inputPixels) spikes, but the spike counter wraps "
          + "at \(Int(layer.spikeCounterMask) + 1): such a frame loses spikes; use a larger list",
        dependsOnSpikes: true)
    ]
  }

  /// A writer that takes longer than the next frame.
  ///
  /// - Parameters:
  ///   - layer: the layer.
  ///   - index: its position.
  ///   - rowCycles: cycles for the row of one processing element.
  ///   - sweepsShort: whether the last pixel is left out of a sweep.
  ///   - sweepsNeedSpikes: whether there is a burst between any two sweeps, if lists are copied.
  /// - Returns: the fault, if there is one.
  static func slowWriter(
    of layer: ConvolutionGeometry, at index: Int, rowCycles: Int, sweepsShort: Bool,
    sweepsNeedSpikes: Bool
  ) -> [Hazard] {
    let turn = rowCycles * layer.processingElements
    let options = layer.options
    let sweep = Int(layer.sweepCycles(isShort: sweepsShort)) + options.sumCycles
    let burst = sweepsNeedSpikes && !options.usesRings ? Int(layer.spikeCycles) : 0
    let shortest = sweep + options.drainCycles + max(burst, 1)
    guard turn > shortest else { return [] }
    return [
      Hazard(
        layer: index, severity: .corrupts, parameter: "processingElements",
        description: "the writer needs \(turn) cycles, but time steps can follow after "
          + "\(shortest): spike frames can be lost; use fewer processing elements",
        dependsOnSpikes: true)
    ]
  }
}
