import SpikeTraces

extension HardwareFile {
  /// Fits the hardware to the network of a trace.
  ///
  /// - Parameters:
  ///   - header: the trace's header: shapes, operations, time steps, coding.
  ///   - trace: the trace's path, for messages.
  /// - Returns: the parameters of every layer, with defaults filled in.
  /// - Throws: ``HardwareError`` if the two do not fit, with what to change.
  public func bind(to header: TraceHeader, trace: String) throws(HardwareError) -> BoundHardware {
    try platform.model.bind(self, to: header, trace: trace)
  }

  /// The quirks that the file asks for.
  func quirks<Quirk: PlatformQuirk>(of _: Quirk.Type) throws(HardwareError) -> Set<Quirk> {
    do {
      return try Set(words: quirks)
    } catch {
      throw HardwareError(
        file: quirksLine == nil ? "--quirks" : path, line: quirksLine, message: error.description)
    }
  }

  /// Chooses quirks instead of those that the file states.
  ///
  /// - Parameter words: as ``Swift/Set/init(words:)`` reads them; checked by ``bind(to:trace:)``.
  public mutating func choose(quirks words: [String]) {
    quirks = words
    quirksLine = nil
  }

  func countMismatch(_ header: TraceHeader) -> HardwareError {
    let names = header.layers.prefix(12).map(\.name).joined(separator: ", ")
    let advice = layers.count < header.layers.count ? "add entries under" : "remove entries from"
    return HardwareError(
      file: path, line: layersLine,
      message: "the file describes \(layers.count) layers, but the network '\(header.networkName)' "
        + "of the trace has \(header.layers.count) (\(names)); \(advice) 'layers'")
  }
}
