import EventSimulation

/// What a layer of the register-transfer design did when, as the closed form derives it.
struct SpikeTrainHistory {
  /// A train that came to its end.
  struct Train {
    /// The cycle in which it was offered.
    let accepted: Cycle
    /// The first cycle of its accumulation.
    let begin: Cycle
    /// Its spikes, and those that the counter says.
    let spikes, counted: Cycle
    /// Cycles of its accumulation.
    let length: Cycle
    /// The first cycle of its activation.
    let settled: Cycle
    /// The first cycle in which the layer is available again.
    let available: Cycle
  }

  /// Trains that came to their end.
  var trains: [Train] = []
  /// First and last cycles of the units' activations.
  var unitActivations: [ClosedRange<Cycle>] = []
  /// Additions of one unit.
  var additions: Cycle = 0
  /// Cycles in which the units are told to accumulate.
  var accumulateEnables: Cycle = 0
  /// The first cycle in which everything is quiet; nil if it never is.
  var end: Cycle?

  /// What recordings of published hardware measure of it.
  ///
  /// - Parameter layer: the layer.
  /// - Returns: every member that the vector format has for it.
  func measured(of layer: SpikeTrainGeometry) -> JSONValue {
    var members: [String: JSONValue] = [
      "trains": .array(
        trains.map {
          .numbers([
            $0.accepted, $0.begin - 1, $0.counted, $0.begin, $0.begin + $0.length - 1, $0.settled,
            $0.available - 1,
          ])
        }),
      "unitActivations": .array(unitActivations.map(\.measured)),
      "neverFinishes": .boolean(end == nil),
    ]
    guard let end else {
      members["reason"] = .string(layer.hangReason)
      return .object(members)
    }
    let count = Cycle(trains.count)
    let spikes = trains.reduce(0) { $0 + $1.spikes }
    let controller = [
      spikes, spikes + count, trains.reduce(0) { $0 + $1.length }, count,
      trains.reduce(0) { $0 + $1.available - $1.settled },
    ]
    let activating = unitActivations.reduce(0) { $0 + $1.upperBound - $1.lowerBound + 1 } / 2
    let units = [
      additions, additions, additions, activating, activating, Cycle(unitActivations.count),
    ]
    members.merge([
      "states": .numbers([end - controller.reduce(0, +)] + controller),
      "unitStates": .numbers([end - units.reduce(0, +)] + units),
      "weightReads": .number(2 * additions * Cycle(layer.processingElements)),
      "accumulateEnables": .number(accumulateEnables),
      "activateEnables": .number(controller[4]),
      "accumulations": .number(additions),
      "end": .number(end),
    ]) { $1 }
    return .object(members)
  }
}
