import EventSimulation

/// The account of one layer over one sample: what its engines did, of which a rest falls partly
/// outside the layer's activity.
struct LayerAccount {
  /// The engines.
  let processes: [ProcessIdentifier]
  /// The layer's start signal.
  let start: Cycle
  /// The first cycle after the layer's last activity.
  let end: Cycle
  /// Cycles accounted in all.
  let window: Cycle

  /// The accounts of a chain in which each layer starts on the completion of the one before.
  ///
  /// - Parameters:
  ///   - layers: the engines of each layer.
  ///   - loaded: when each layer was complete.
  ///   - kernel: the simulation, at rest.
  /// - Returns: one account a layer.
  static func chain<Probe: KernelProbe>(
    _ layers: [[ProcessIdentifier]], loaded: [Cycle], _ kernel: borrowing EventKernel<Probe>
  ) -> [LayerAccount] {
    var ends: [Cycle] = []
    for (processes, loaded) in zip(layers, loaded) {
      var end = loaded + 1
      for process in processes { end = max(end, kernel.restBegins(process)) }
      ends.append(end)
    }
    let window = ends.max() ?? 0
    return layers.indices.map { index in
      LayerAccount(
        processes: layers[index], start: index == 0 ? 0 : loaded[index - 1], end: ends[index],
        window: window)
    }
  }

  /// Cycles of one engine in each of its states.
  func cycles<State: ProcessState, Probe: KernelProbe>(
    _: State.Type, role: Int, _ kernel: borrowing EventKernel<Probe>
  ) -> [Cycle] {
    State.allCases.map { kernel.cycles(of: processes[role], in: $0.rawValue, before: window) }
  }

  /// Splits the time of an engine's state 0 into `idle` (its layer is not active) and `waiting`.
  ///
  /// - Parameters:
  ///   - cycles: cycles in each state.
  ///   - endsInDone: whether the engine never returns to state 0 after its work.
  /// - Returns: the same with state 0 in two parts.
  func splitRest(_ cycles: [Cycle], endsInDone: Bool = false) -> [Cycle] {
    let inactive = endsInDone ? start : start + (window - end)
    let idle = min(cycles[0], inactive)
    return [idle, cycles[0] - idle] + cycles.dropFirst()
  }

  /// Read-enable cycles of an input spike RAM.
  ///
  /// The enable is high in every reading cycle, and, as published, one cycle after every idle cycle;
  /// the two coincide in the first reading cycle after a start (docs/hardware/conv-2023.md).
  ///
  /// - Parameters:
  ///   - collecting: cycles that read a row.
  ///   - starts: how often the engine left its idle state.
  ///   - idle: cycles of the engine's idle state in the window.
  ///   - restsInIdle: whether the window ends in an idle cycle, whose enable falls outside.
  /// - Returns: the number of cycles.
  static func inputReads(
    collecting: UInt64, starts: UInt64, idle: Cycle, restsInIdle: Bool
  ) -> UInt64 {
    let afterIdle = restsInIdle && idle > 0 ? idle - 1 : idle
    return collecting + afterIdle - min(starts, afterIdle)
  }
}
