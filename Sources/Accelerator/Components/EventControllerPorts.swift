import EventSimulation

/// The signals of one event controller whose lists wait in a ring.
struct EventControllerPorts: BitwiseCopyable {
  let startPort: PortSet
  /// How many lists are finished.
  let lists: SignalIdentifier
  /// How many of them are walked.
  let walked: SignalIdentifier
  let walkedPort: PortSet
  /// How many time steps are compressed.
  let ended: SignalIdentifier
  /// How many time steps are worked off up to their sweep; written by all controllers but the first.
  let reported: SignalIdentifier
  /// How many time steps are swept; written by the first controller, read by the others.
  let swept: SignalIdentifier
  let accumulate: SignalIdentifier
  let accumulatePort: PortSet
  let activatePort: PortSet
  /// What the spike engine listens to while it is idle.
  var idlePorts: PortSet
}

/// What the compression engine that signals completion asks.
struct CompletionPorts: BitwiseCopyable {
  let loaded: SignalIdentifier
  /// How many sweeps are over; nil if completion does not wait for them.
  let swept: SignalIdentifier?
  let writing: SignalIdentifier?
  let finished: SignalIdentifier?
  let ports: PortSet
}

/// What the spike engine that orders the sweeps needs.
struct SweepPorts: BitwiseCopyable {
  let activate: SignalIdentifier
  let ready: SignalIdentifier
  /// Told that a sweep is over, one cycle after the other controllers.
  let completed: SignalIdentifier?
  /// Whether the writer is busy, or how many frames it wrote; nil if sweeps do not wait for it.
  let writing: SignalIdentifier?
  let writingPort: PortSet
  let writerQueue: UInt64
  /// What the other controllers report.
  let reports: UnsafeMutablePointer<SignalIdentifier>
  let reportCount: Int
}
