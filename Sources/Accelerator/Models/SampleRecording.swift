import EventSimulation

/// Everything that happened while an accelerator worked off one sample: what pictures and analyses
/// are made from.
public struct SampleRecording: Sendable {
  /// One engine of one layer.
  public struct Engine: Sendable {
    /// The layer's position.
    public let layer: Int
    /// Name and states, as reports show them.
    public let description: EngineDescription
    /// The states of the state machine; the position is ``EventSimulation/IntervalRecorder/Interval/state``.
    public let states: [String]
    /// What it did, in order; no gaps from cycle 0 to the end of its last interval.
    public let intervals: [IntervalRecorder.Interval]
    /// The state, as a position in ``states``, in which it rests after its last interval.
    public let restState: Int
  }

  /// One signal.
  public struct Signal: Sendable {
    /// The name.
    public let name: String
    /// Level or pulse.
    public let kind: Topology.SignalKind
    /// The engine that writes it, as position in ``SampleRecording/engines``; nil if it comes from
    /// outside.
    public let driver: Int?
    /// The engines that listen to it, as positions in ``SampleRecording/engines``.
    public let listeners: [Int]
    /// Cycles in which it was high, if it is a pulse.
    public let pulses: [Cycle]
    /// Its changes, if it is a level.
    public let changes: [IntervalRecorder.Change]
  }

  /// The accounts of the sample.
  public let replay: SampleReplay
  /// The layers' names.
  public let layerNames: [String]
  /// The engines, layer by layer.
  public let engines: [Engine]
  /// The signals between them.
  public let signals: [Signal]

  /// Simulates a sample and keeps everything.
  ///
  /// - Parameters:
  ///   - model: the accelerator.
  ///   - layerNames: a name a layer.
  ///   - counts: as ``SampleSimulator/load(counts:)`` takes them.
  /// - Throws: ``ConfigurationError`` if accelerator and counts do not fit, or the hardware never
  ///   finishes.
  public init(
    of model: some AcceleratorModel, layerNames: [String], counts: [[UInt32]]
  ) throws(ConfigurationError) {
    try self.init(
      simulatedBy: model.recordingSimulator(), of: model, layerNames: layerNames, counts: counts)
  }

  /// Simulates a sample with a simulation at hand and keeps everything.
  ///
  /// - Parameters:
  ///   - simulator: a simulation of the accelerator.
  ///   - model: the accelerator.
  ///   - layerNames: a name a layer.
  ///   - counts: as ``SampleSimulator/load(counts:)`` takes them.
  /// - Throws: as ``init(of:layerNames:counts:)``.
  public init(
    simulatedBy simulator: any SampleSimulator<IntervalRecorder>, of model: some AcceleratorModel,
    layerNames: [String], counts: [[UInt32]]
  ) throws(ConfigurationError) {
    simulator.probe = IntervalRecorder(for: simulator.topology)
    replay = try simulator.replay(counts: counts)
    self.layerNames = layerNames
    let record = simulator.probe
    let topology = simulator.topology
    var engines: [Engine] = []
    var positions: [Int: Int] = [:]
    for layer in 0..<model.layerCount {
      let descriptions = model.engines(ofLayer: layer)
      for (description, process) in zip(descriptions, simulator.processes(ofLayer: layer)) {
        positions[process.index] = engines.count
        engines.append(
          Engine(
            layer: layer, description: description,
            states: topology.processes[process.index].states,
            intervals: record.intervals[process.index],
            restState: Int(record.restStates[process.index])))
      }
    }
    self.engines = engines
    signals = topology.signals.enumerated().map { index, signal in
      Signal(
        name: signal.name, kind: signal.kind,
        driver: record.drivers[index].flatMap { positions[$0.index] },
        listeners: signal.listeners.compactMap { positions[$0.process.index] },
        pulses: record.pulses[index], changes: record.changes[index])
    }
  }
}
