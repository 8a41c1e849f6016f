import EventSimulation

/// How full the queues between a layer's engines were, cycle by cycle.
///
/// A queue is a level signal whose value is a number of spikes or of entries: the address list that
/// waits to be taken, a queue of finished frames. Signals count under the layer of their driver.
public enum QueueOccupancy {
  /// What the name of a queue's signal ends in.
  static let nameEndings = ["list", "lists", "queue"]

  /// The queues of one layer of a recorded sample.
  ///
  /// - Parameters:
  ///   - recording: the sample.
  ///   - layer: the layer's position.
  /// - Returns: cycles by occupancy for each queue, by the last part of its name; while the layer is
  ///   active.
  public static func histograms(
    of recording: SampleRecording, layer: Int
  ) -> [String: SpikeHistogram] {
    let account = recording.replay.layers[layer]
    var found: [String: SpikeHistogram] = [:]
    for signal in recording.signals where signal.kind == .level {
      guard let driver = signal.driver, recording.engines[driver].layer == layer,
        let name = signal.name.split(separator: ".").last.map(String.init),
        nameEndings.contains(where: name.lowercased().hasSuffix)
      else { continue }
      var histogram = SpikeHistogram()
      var (cycle, value) = (account.start, UInt64(0))
      for change in signal.changes {
        let until = min(max(change.from, cycle), account.end)
        histogram.add(value, times: until - cycle)
        (cycle, value) = (until, change.value)
      }
      histogram.add(value, times: account.end - min(cycle, account.end))
      found[name, default: SpikeHistogram()].add(histogram)
    }
    return found
  }
}
