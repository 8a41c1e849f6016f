import SpikeTraces

extension HardwareFile {
  /// Fits the hardware to the network of a trace and checks that it can be simulated.
  package func fit(to header: TraceHeader, trace: String) throws(HardwareError) -> BoundHardware {
    let bound = try bind(to: header, trace: trace)
    do {
      try bound.model.check()
    } catch {
      throw HardwareError(error, in: self)
    }
    return bound
  }
}

extension BoundHardware {
  /// What the hardware does wrong with this configuration, or may do with some spikes, a sentence
  /// each.
  package var hazards: [String] {
    model.hazards.map { hazard in
      let condition = hazard.dependsOnSpikes ? " (with some spikes)" : ""
      return "\(layers[hazard.layer].name)\(condition): \(hazard.description)"
    }
  }
}

extension HardwareError {
  /// An error of the simulator in terms of the file that its parameters came from.
  fileprivate init(_ error: ConfigurationError, in file: HardwareFile) {
    let layer = error.layer.flatMap { file.layers.indices.contains($0) ? file.layers[$0] : nil }
    let keys = [
      "processingElements": HardwareParameter.processingElements.key,
      "encoderWidth": HardwareParameter.encoderWidth.key,
      "listCapacity": HardwareParameter.listCapacity.key,
      "accumulateLatency": HardwareParameter.accumulateLatency.key,
      "eventControllers": HardwareParameter.eventControllers.key,
      "logicalToHardwareRatio": HardwareParameter.logicalToHardwareRatio.key,
    ]
    let key = keys[error.parameter]
    let line = key.flatMap { layer?.keyLines[$0] } ?? layer?.line
    let owner = layer.map { "layer \($0.name): " } ?? ""
    let message = key.map {
      error.message.replacingOccurrences(of: error.parameter, with: "'\($0)'")
    }
    self.init(file: file.path, line: line, message: owner + (message ?? error.message))
  }
}
