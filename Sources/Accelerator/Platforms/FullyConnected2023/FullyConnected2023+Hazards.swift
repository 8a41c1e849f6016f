extension FullyConnected2023 {
  /// What the published hardware does wrong with this configuration, in the order of the layers.
  ///
  /// Those that overwrite memory are always there: they change values, and a replay takes the spikes
  /// as recorded.
  public var hazards: [Hazard] {
    var found: [Hazard] = []
    for layer in 0..<geometry.layers {
      let (neurons, ratio) = (geometry.neurons[layer], geometry.logicalToHardwareRatios[layer])
      if quirks.contains(.eightBitWait), ratio >= 64 {
        found.append(
          Hazard(
            layer: layer, severity: .corrupts, parameter: "logicalToHardwareRatio",
            description: "an LHR of \(ratio) needs \(4 * ratio) cycles a spike, but the wait takes "
              + "eight bits and ends after \(geometry.waitCycles(of: layer)): most weights are "
              + "never added; use 63 or less, or \(quirks.option(without: .eightBitWait))"))
      }
      if !neurons.isMultiple(of: ratio) {
        found.append(
          Hazard(
            layer: layer, severity: .corrupts, parameter: "logicalToHardwareRatio",
            description: "an LHR of \(ratio) does not divide \(neurons) neurons: the published "
              + "simulator then clears memory of the next layer, too; cycles are those of the spikes "
              + "in the trace"))
      }
      let largest = geometry.largestFrame(of: layer)
      if largest > neurons {
        found.append(
          Hazard(
            layer: layer, severity: .corrupts, parameter: "listCapacity",
            description: "a time step can have \(largest) spikes, but the list of the layer has a "
              + "place for each of its \(neurons) neurons: more spikes overwrite other memory",
            dependsOnSpikes: true))
      }
    }
    if geometry.timeSteps * geometry.inputs > 1 << 16 {
      found.append(
        Hazard(
          layer: 0, severity: .corrupts, parameter: "timeSteps",
          description:
            "\(geometry.timeSteps) time steps of \(geometry.inputs) inputs are more than "
            + "the 65,536 bits that the published simulator reads of a sample; replayed as if it "
            + "read all"))
    }
    if quirks.contains(.lostEmptySteps), geometry.layers > 1 {
      found.append(
        Hazard(
          layer: 0, severity: .neverFinishes, parameter: "timeSteps",
          description: "a time step without input spikes is lost if layer 1 is busy; the end waits "
            + "for ever for a last one that is; \(emptyStepRemedy)", dependsOnSpikes: true))
    }
    return found
  }

  /// Checks that the hardware can be simulated; whether it finishes depends on the spikes.
  ///
  /// - Throws: ``ConfigurationError`` naming the first parameter that no hardware can have.
  public func check() throws(ConfigurationError) { try geometry.validate() }

  /// Why a sample never ends.
  ///
  /// - Parameters:
  ///   - lost: time steps that never left the last layer.
  ///   - timeSteps: all time steps.
  /// - Returns: the reason in words.
  static func deadlock(lost: Int, of timeSteps: Int) -> String {
    let last = timeSteps - 1
    guard lost > 0 else {
      return "time step \(last) has no input spikes and is handed over just before layer 1 is idle "
        + "again, which takes it for time step \(timeSteps): the end waits for \(last)"
    }
    return
      "time step \(last) has no input spikes, is handed over without a look at the buffer, and "
      + "is lost because layer 1 is still busy; \(lost) of \(timeSteps) time steps were lost so, and "
      + "the end waits for the last one"
  }

  /// The error for a sample that never ends.
  func deadlockError(lost: Int, of timeSteps: Int) -> ConfigurationError {
    ConfigurationError(
      parameter: "timeSteps",
      message:
        "the published hardware never finishes it: \(Self.deadlock(lost: lost, of: timeSteps)); "
        + emptyStepRemedy)
  }

  private var emptyStepRemedy: String {
    "use \(quirks.option(without: .lostEmptySteps)) for hardware that treats it as any other"
  }
}
