/// A platform whose layers work in lock-step: what it has in common with the others of its kind.
protocol LockStepModel: AcceleratorModel {
  /// Its layers in hardware, from the input to the output.
  var lockStepLayers: [LockStepLayer] { get }
  /// Time steps of each layer.
  var timeSteps: [Int] { get }
  /// The most spikes of one frame of each layer; nil if its frames hold real numbers.
  var largestFrames: [Int?] { get }
  /// Whether idle engines hold the read enable of their spike RAM.
  var readsWhileIdle: Bool { get }
  /// Checks one layer, and whether it can stand where it stands.
  func validate(layer: Int) throws(ConfigurationError)
}

extension LockStepModel {
  /// What ``AcceleratorModel/check()`` asks for.
  func checkLayers() throws(ConfigurationError) {
    let timeSteps = timeSteps
    guard !timeSteps.isEmpty else {
      throw ConfigurationError(parameter: "layers", message: "there is no layer to simulate")
    }
    for index in timeSteps.indices {
      do { try validate(layer: index) } catch {
        throw ConfigurationError(
          layer: index, parameter: error.parameter, message: error.message)
      }
      if timeSteps[index] != timeSteps[0] {
        throw ConfigurationError(
          layer: index, parameter: "timeSteps",
          message: "the layer has \(timeSteps[index]) time steps, the first layer \(timeSteps[0])")
      }
    }
    let engines = timeSteps.indices.reduce(0) { $0 + self.engines(ofLayer: $1).count }
    guard engines <= LockStepDesign.largestProcessCount else {
      throw ConfigurationError(
        parameter: "layers",
        message: "the \(timeSteps.count) layers have \(engines) engines; at most "
          + "\(LockStepDesign.largestProcessCount) can be simulated")
    }
    if let hazard = hazards.first(where: { $0.severity == .neverFinishes }) {
      throw ConfigurationError(
        layer: hazard.layer, parameter: hazard.parameter, message: hazard.description)
    }
  }
}
