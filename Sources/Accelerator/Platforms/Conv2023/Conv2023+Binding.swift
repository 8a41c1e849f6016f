import SpikeTraces

extension Conv2023 {
  /// Fits a hardware file to the network of a trace.
  public static func bind(
    _ file: HardwareFile, to header: TraceHeader, trace: String
  ) throws(HardwareError) -> BoundHardware {
    let quirks = try file.quirks(of: Quirk.self)
    let rules = LayerBinding.Rules(
      fullyConnectedEncoder: 150, listsHoldAllInputs: false, hasDenseCore: false,
      countsWrap: quirks.contains(.countWrap), chunkCounterWraps: quirks.contains(.chunkCounter),
      comparesPasses: quirks.contains(.passComparison), makesExtraPass: false,
      handOverQuirks: [Quirk.lostActivations, .doubleTake].filter(quirks.contains).map(\.rawValue))
    let (geometries, layers) = try LayerBinding.bound(
      file, to: header, trace: trace, rules: rules)
    let sparse = geometries.compactMap { geometry in
      if case .sparse(let layer) = geometry { layer } else { nil }
    }
    let model = Conv2023(layers: sparse, quirks: quirks)
    var bound = BoundHardware(file: file, model: model, layers: layers)
    for index in layers.indices where !model.hasWriter(index) {
      bound.layers[index].notes.append(
        "as published, the enables of this layer's processing elements are not connected, so they "
          + "rest while their control runs; the cycles are right, and the use of the PEs is the time "
          + "they are told to work")
    }
    return bound
  }
}
