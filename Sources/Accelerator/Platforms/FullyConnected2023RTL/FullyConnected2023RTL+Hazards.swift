extension FullyConnected2023RTL {
  /// What the published hardware does wrong with this configuration.
  public var hazards: [Hazard] {
    var found: [Hazard] = []
    let limit = Int(geometry.spikeCounterMask) + 1
    if quirks.contains(.countWrap), geometry.inputs >= limit {
      found.append(
        Hazard(
          layer: 0, severity: .corrupts, parameter: "listCapacity",
          description: "a train can have \(geometry.inputs) spikes, but the spike counter wraps at "
            + "\(limit): such a train loses spikes; use a larger list", dependsOnSpikes: true))
    }
    if quirks.contains(.emptyTrainHangs) {
      found.append(
        Hazard(
          layer: 0, severity: .neverFinishes, parameter: "timeSteps",
          description:
            "a train that counts as empty accumulates for ever; \(emptyTrainRemedy)",
          dependsOnSpikes: true))
    }
    if quirks.contains(.lostAdditions), geometry.accumulateLatency != 3 {
      let consequence =
        geometry.accumulateLatency < 3 ? "additions are lost" : "there are too many additions"
      found.append(
        Hazard(
          layer: 0, severity: .corrupts, parameter: "accumulateLatency",
          description:
            "\(geometry.accumulateLatency) cycles are allowed for an addition, which takes 3 "
            + "(accumulate-latency): \(consequence); use 3, or \(quirks.option(without: .lostAdditions))"
        ))
    }
    if quirks.contains(.extraAddition), geometry.accumulateLatency == 3 {
      found.append(
        Hazard(
          layer: 0, severity: .corrupts, parameter: "accumulateLatency",
          description: "the enable is a cycle too long: every train gets one addition too many; "
            + "\(quirks.option(without: .extraAddition)) is hardware without it"))
    }
    if quirks.contains(.blindActivation) {
      found.append(
        Hazard(
          layer: 0, severity: .corrupts, parameter: "processingElements",
          description: "the units activate for \(2 * geometry.neuronsPerUnit + 1) cycles, the "
            + "controller waits \(geometry.neuronsPerUnit): an activation can be missed, or delay "
            + "the next accumulation", dependsOnSpikes: true))
    }
    return found
  }

  private var emptyTrainRemedy: String {
    "use \(quirks.option(without: .emptyTrainHangs)) for hardware that goes on"
  }

  /// Checks that the hardware can be simulated; whether it finishes depends on the spikes.
  ///
  /// - Throws: ``ConfigurationError`` naming the first parameter that no hardware can have.
  public func check() throws(ConfigurationError) {
    try geometry.validate()
    for (name, value, range) in [
      ("timeSteps", timeSteps, 1...LayerGeometry.largestParameter),
      ("gap", gap, 0...LayerGeometry.largestParameter),
    ] where !range.contains(value) {
      throw ConfigurationError(
        parameter: name,
        message: "\(name) is \(value); it must be from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// Checks the counts of a sample.
  func check(_ counts: [[UInt32]]) throws(ConfigurationError) {
    guard counts.count == 1, counts[0].count == timeSteps else {
      throw ConfigurationError(
        parameter: "counts",
        message: "there are counts for \(counts.count) layers (\(counts.map(\.count)) time steps); "
          + "the hardware is one layer and reads \(timeSteps) time steps")
    }
    if let wrong = counts[0].first(where: { $0 > geometry.inputs }) {
      throw ConfigurationError(
        layer: 0, parameter: "counts",
        message: "a time step has \(wrong) spikes; the layer has \(geometry.inputs) inputs")
    }
  }

  /// The error for a sample that never ends.
  ///
  /// - Parameters:
  ///   - train: the train, from 0.
  ///   - spikes: its spikes.
  /// - Returns: the error, with the remedy.
  func hangError(train: Int, spikes: UInt32) -> ConfigurationError {
    let cause =
      spikes == 0
      ? "has no spikes"
      : "has \(spikes) spikes, which the spike counter takes for none (count-wrap)"
    return ConfigurationError(
      parameter: "timeSteps",
      message: "the published hardware never finishes it: time step \(train) \(cause), and the "
        + "accumulation waits for a last spike for ever; \(emptyTrainRemedy)")
  }
}
