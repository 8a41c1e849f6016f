import SpikeTraces

extension Hybrid2024 {
  /// Fits a hardware file to the network of a trace.
  public static func bind(
    _ file: HardwareFile, to header: TraceHeader, trace: String
  ) throws(HardwareError) -> BoundHardware {
    let quirks = try file.quirks(of: Quirk.self)
    let rules = LayerBinding.Rules(
      fullyConnectedEncoder: 200, listsHoldAllInputs: true, hasDenseCore: true,
      countsWrap: quirks.contains(.countWrap), chunkCounterWraps: quirks.contains(.chunkCounter),
      comparesPasses: false, makesExtraPass: quirks.contains(.extraPass),
      handOverQuirks: [Quirk.lostActivations, .lostLists, .doubleTake].filter(quirks.contains)
        .map(\.rawValue))
    let (geometries, layers) = try LayerBinding.bound(
      file, to: header, trace: trace, rules: rules)
    let model = Hybrid2024(
      layers: geometries.map { geometry in
        switch geometry {
        case .sparse(.convolution(let layer)): .convolution(layer)
        case .sparse(.fullyConnected(let layer)): .fullyConnected(layer)
        case .dense(let layer): .dense(layer)
        }
      }, quirks: quirks)
    return BoundHardware(file: file, model: model, layers: layers)
  }
}
