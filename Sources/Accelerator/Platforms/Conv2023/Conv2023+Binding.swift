import SpikeTraces

extension Conv2023 {
  /// Fits a hardware file to the network of a trace.
  public static func bind(
    _ file: HardwareFile, to header: TraceHeader, trace: String
  ) throws(HardwareError) -> BoundHardware {
    let (geometries, layers) = try LayerBinding.bound(file, to: header, trace: trace)
    var model = Conv2023(layers: geometries)
    model.quirks = try file.quirks(of: Quirk.self)
    var bound = BoundHardware(file: file, model: model, layers: layers)
    for index in layers.indices {
      if !model.quirks.contains(.countWrap) { bound.layers[index].countLimit = nil }
      guard !model.hasWriter(index) else { continue }
      bound.layers[index].notes.append(
        "as published, the enables of this layer's processing elements are not connected, so they "
          + "rest while their control runs; the cycles are right, and the use of the PEs is the time "
          + "they are told to work")
    }
    return bound
  }
}
