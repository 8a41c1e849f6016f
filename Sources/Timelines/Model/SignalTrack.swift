import Accelerator
import EventSimulation

/// One signal and its changes.
public struct SignalTrack: Sendable {
  /// A new value.
  public struct Change: Hashable, Sendable {
    /// The first cycle in which it is seen.
    public let cycle: Cycle
    /// The value.
    public let value: UInt64
  }

  /// The name within its layer.
  public let name: String
  /// The layer's position, nil for a signal that belongs to none.
  public let layer: Int?
  /// Level or pulse.
  public let kind: Topology.SignalKind
  /// The engine that writes it, as a position in ``Timeline/engines``.
  public let driver: Int?
  /// The engines that listen to it.
  public let listeners: [Int]
  /// Cycles in which it was high, if it is a pulse.
  public let pulses: [Cycle]
  /// Its changes, one a cycle at most, if it is a level; it is 0 before the first.
  public let changes: [Change]

  init(_ signal: SampleRecording.Signal) {
    // The netlist's names begin with the layer: `layer2.ready`.
    let parts = signal.name.split(separator: ".", maxSplits: 1)
    if parts.count == 2, parts[0].hasPrefix("layer"), let number = Int(parts[0].dropFirst(5)) {
      layer = number
      name = String(parts[1])
    } else {
      layer = nil
      name = signal.name
    }
    kind = signal.kind
    driver = signal.driver
    listeners = signal.listeners
    pulses = signal.pulses
    var changes: [Change] = []
    changes.reserveCapacity(signal.changes.count)
    for change in signal.changes {
      // Of two writes that are seen in one cycle, the later counts.
      if changes.last?.cycle == change.from { changes.removeLast() }
      changes.append(Change(cycle: change.from, value: change.value))
    }
    self.changes = changes
  }
}
