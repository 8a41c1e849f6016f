import EventSimulation

/// The timing of platform fc-2023-rtl in closed form: two maxima a spike train.
///
/// Derived from the cycle rules of docs/hardware/fc-2023.md, "Register-transfer design", alone and
/// sharing no code with the event simulation, with which tests compare it.
public enum FullyConnected2023RTLClosedForm {
  /// What a sample costs.
  ///
  /// - Parameters:
  ///   - model: a model that passes ``FullyConnected2023RTL/check()``.
  ///   - counts: spikes of every time step, one list; those that are not there are 0.
  /// - Returns: cycles and counts.
  /// - Throws: ``ConfigurationError`` if the hardware never finishes this sample.
  /// - Complexity: O(time steps).
  public static func sample(
    of model: FullyConnected2023RTL, counts: [[UInt32]]
  ) throws(ConfigurationError) -> ClosedFormSample {
    var history: SpikeTrainHistory?
    return try sample(of: model, spikes: counts.first ?? [], history: &history)
  }

  /// What the layer does when.
  ///
  /// - Parameters:
  ///   - model: a model that passes ``FullyConnected2023RTL/check()``.
  ///   - counts: spikes of every train.
  /// - Returns: its history, up to the train that hangs if one does.
  static func history(of model: FullyConnected2023RTL, counts: [UInt32]) -> SpikeTrainHistory {
    var history: SpikeTrainHistory? = SpikeTrainHistory()
    let sample = try? sample(of: model, spikes: counts, history: &history)
    history?.end = sample?.layers[0].activeCycles
    return history ?? SpikeTrainHistory()
  }

  private static func sample(
    of model: FullyConnected2023RTL, spikes: [UInt32], history: inout SpikeTrainHistory?
  ) throws(ConfigurationError) -> ClosedFormSample {
    let geometry = model.geometry
    let share = Cycle(
      (geometry.neurons + geometry.processingElements - 1) / geometry.processingElements)
    let perSpike = (model.quirks.contains(.lostAdditions) ? Cycle(geometry.accumulateLatency) : 3)
    let modulus = counterModulus(model)
    let overhang: Cycle = model.quirks.contains(.extraAddition) ? 1 : 0
    let isBlind = model.quirks.contains(.blindActivation)
    let hangs = model.quirks.contains(.emptyTrainHangs)
    var available: Cycle = 0
    var unitsIdle: Cycle = 0
    var enabled: Cycle = 0
    var activations: UInt64 = 0
    for step in 0..<model.timeSteps {
      let count = step < spikes.count ? Cycle(spikes[step]) : 0
      let counted = count % modulus
      let begin = available &+ Cycle(model.gap) &+ 3 &+ 2 &* count
      let length = counted &* perSpike &* share
      let settled = begin &+ length &+ 1
      if counted > 0 {
        enabled &+= length &+ overhang
        let fall = begin &+ length &+ overhang
        let first = max(unitsIdle, begin)
        if first < fall {
          let additions = (fall &- first &+ 2) / 3
          unitsIdle = first &+ 1 &+ 3 &* additions
          history?.additions &+= additions
        }
        history?.accumulateEnables &+= length &+ overhang
      } else if hangs {
        throw model.hangError(train: step, spikes: UInt32(count))
      }
      let first = max(unitsIdle, settled)
      let accepted = available &+ Cycle(model.gap) &+ 1
      available = isBlind ? settled &+ share : first &+ 2 &* share &+ 2
      if first < available {
        activations &+= 1
        unitsIdle = first &+ 2 &* share &+ 2
        history?.unitActivations.append(first &+ 1...first &+ 2 &* share)
      }
      history?.trains.append(
        SpikeTrainHistory.Train(
          accepted: accepted, begin: begin, spikes: count, counted: counted, length: length,
          settled: settled, available: available))
    }
    return ClosedFormSample(
      latency: available,
      layers: [
        ClosedFormLayer(
          start: 0, cycles: available, activeCycles: max(available &+ 1, unitsIdle),
          accumulateCycles: enabled, activations: activations,
          droppedWrites: UInt64(model.timeSteps) &- activations)
      ])
  }

  /// The number of spikes that counts as none.
  private static func counterModulus(_ model: FullyConnected2023RTL) -> Cycle {
    guard model.quirks.contains(.countWrap) else { return .max }
    // A vector of no bits is declared as [-1:0], which has two.
    guard model.geometry.listCapacity > 1 else { return 4 }
    var modulus: Cycle = 2
    while modulus < Cycle(model.geometry.listCapacity) { modulus &*= 2 }
    return modulus
  }
}
