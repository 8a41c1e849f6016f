/// How a replay computes what a sample costs.
public enum ReplayEngine: String, CaseIterable, Hashable, Sendable {
  /// The event-driven simulation: every engine of every layer.
  case event
  /// The simulation, and for each sample the recurrences of ``Conv2023ClosedForm`` beside it; any
  /// difference ends the replay.
  case both
}

extension Conv2023ClosedForm {
  /// Compares the recurrences with the simulation of a sample.
  ///
  /// - Parameters:
  ///   - sample: what the simulation says.
  ///   - layers: the hardware.
  ///   - counts: spikes of every frame, a list a layer.
  /// - Returns: the first difference in words, with the position of its layer; nil if there is none.
  public static func difference(
    from sample: SampleReplay, layers: [LayerGeometry], counts: [[UInt32]]
  ) -> (layer: Int, description: String)? {
    for (index, layer) in layers.enumerated() {
      let closed = outcome(of: layer, counts: counts[index])
      let simulated = sample.layers[index]
      for (name, left, right) in [
        ("cycles", simulated.cycles, closed.cycles),
        ("accumulate cycles", simulated.counters.accumulateCycles, closed.accumulateCycles),
        ("activations", simulated.counters.activations, closed.activations),
      ] where left != right {
        return (index, "\(left) \(name) in the simulation, \(right) in closed form")
      }
    }
    return nil
  }
}
