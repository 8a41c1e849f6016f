/// Where the cycles of a replay went, and what would save some: `lockstep replay --explain`.
///
/// All cycles are sums over the replayed samples.
public struct ReplayExplanation: Hashable, Codable, Sendable {
  /// The layers, from the input to the output.
  public var layers: [LayerExplanation]
  /// What the latency hung on, largest first; adds up to the latency of all samples.
  public var criticalPath: [CriticalCycles]
  /// What a little more hardware would save, largest first.
  public var savings: [Saving]
}

/// Where the cycles of one layer went, by time step.
public struct LayerExplanation: Hashable, Codable, Sendable {
  /// The layer's name.
  public var name: String
  /// Length of each slot: one a time step (all passes together), then the tail (late accumulation,
  /// activation and writing), then the time in which the layer is not active.
  public var slotCycles: [UInt64]
  /// The engines; for each slot their states add up to its length.
  public var engines: [EngineSteps]
  /// How many spikes the frames have that the layer reads.
  public var frames: SpikeHistogram
  /// How full the queues between its engines are, cycle by cycle while it is active, by name: spikes
  /// in an address list that waits to be taken (`list`).
  public var queues: [String: SpikeHistogram]
}

/// How one engine spent the time steps.
public struct EngineSteps: Hashable, Codable, Sendable {
  /// One state of the engine.
  public struct State: Hashable, Codable, Sendable {
    /// The state's name.
    public var name: String
    /// Whether it is work.
    public var activity: EngineDescription.State.Activity
    /// Cycles in each slot.
    public var slotCycles: [UInt64]
  }

  /// The engine's name.
  public var name: String
  /// Its states.
  public var states: [State]

  /// Cycles of an activity in a slot.
  public func cycles(_ activity: EngineDescription.State.Activity, slot: Int) -> UInt64 {
    states.reduce(0) { $1.activity == activity ? $0 + $1.slotCycles[slot] : $0 }
  }
}

/// Cycles of the latency that hung on one state of one engine.
public struct CriticalCycles: Hashable, Codable, Sendable {
  /// The layer's name.
  public var layer: String
  /// The engine's name.
  public var engine: String
  /// The state's name; `hand-over` for cycles of a hand-shake.
  public var state: String
  /// How many.
  public var cycles: UInt64
}

/// What a little more hardware would save.
public struct Saving: Hashable, Codable, Sendable {
  /// The layer's name.
  public var layer: String
  /// The key of the hardware file.
  public var parameter: String
  /// Its value now.
  public var from: Int
  /// Its value with more hardware.
  public var to: Int
  /// Cycles that it saves over all samples; negative if it costs some.
  public var savedCycles: Int64
}

extension ReplayExplanation {
  init(
    _ sums: ExplanationSums, hardware: BoundHardware, states: [[[String]]],
    relaxations: [Relaxation], latency: UInt64
  ) throws(ReplayError) {
    let engines = hardware.layers.indices.map { hardware.model.engines(ofLayer: $0) }
    layers = hardware.layers.indices.map { layer in
      var steps = sums.steps[layer]
      steps.countGapsAsWaiting(engines[layer])
      return LayerExplanation(
        name: hardware.layers[layer].name, slotCycles: steps.slotCycles,
        engines: engines[layer].enumerated().map { index, engine in
          EngineSteps(
            name: engine.name,
            states: engine.states.enumerated().map { position, state in
              EngineSteps.State(
                name: state.name, activity: state.activity,
                slotCycles: steps.cycles[index].map { $0[position] })
            })
        }, frames: sums.frames[layer], queues: sums.queues[layer])
    }
    guard sums.path.values.reduce(0, +) == latency else {
      throw ReplayError(
        "the critical path does not add up to the latency; this is a fault of the simulation, so "
          + "please report it")
    }
    var path: [CriticalCycles] = []
    for (key, cycles) in sums.path.sorted(by: { $0.key < $1.key }) {
      let entry = CriticalCycles(
        layer: hardware.layers[key.layer].name, engine: engines[key.layer][key.engine].name,
        state: key.isHandshake ? "hand-over" : states[key.layer][key.engine][key.state],
        cycles: cycles)
      let same = path.firstIndex {
        ($0.layer, $0.engine, $0.state) == (entry.layer, entry.engine, entry.state)
      }
      if let same { path[same].cycles += cycles } else { path.append(entry) }
    }
    criticalPath = path.enumerated()
      .sorted { ($1.element.cycles, $0.offset) < ($0.element.cycles, $1.offset) }
      .map(\.element)
    savings = zip(relaxations, sums.relaxedLatencies).map { relaxation, relaxed in
      Saving(
        layer: hardware.layers[relaxation.layer].name, parameter: relaxation.parameter.key,
        from: relaxation.from, to: relaxation.to,
        savedCycles: Int64(latency) - Int64(relaxed))
    }
    .enumerated()
    .sorted { ($1.element.savedCycles, $0.offset) < ($0.element.savedCycles, $1.offset) }
    .map(\.element)
  }
}
