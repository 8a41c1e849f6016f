/// The energy of an image from what the simulation counted.
///
/// Our own refinement: published energies are vectorless, and know no spikes. Logic of an event
/// controller toggles while its layer is active; memories, additions and activations cost an access or
/// an operation; clocks run always, or while the layer is active.
struct ActivityEnergy {
  let coefficients: CoefficientSet
  let gatesClocks: Bool

  /// The energy of one toggling look-up table and its wires in a cycle.
  private var table: Estimate { coefficients[.logic].energy + coefficients[.signals].energy }

  /// The energy of one access to a memory of several instances.
  private func access(_ memory: ComponentResources) -> Estimate {
    let counts = memory.resources.value
    let instances = Double(memory.instances)
    let width = Double(memory.memory?.width ?? 0)
    if counts.ultraRAMs > 0 { return coefficients[.ultraAccess].energy * width }
    if counts.blockRAMs > 0 { return coefficients[.blockAccess].energy * width }
    if counts.memoryTables > 0 {
      return coefficients[.distributedRAM].energy * (counts.memoryTables / instances)
    }
    return table * (counts.logicTables / instances)
  }

  /// What a layer's events cost, by kind of event.
  func contributions(of layer: LayerActivity) -> [EnergyFigures.Contribution] {
    var parts: [EnergyFigures.Contribution] = []
    func add(
      _ event: ActivityEvent, _ count: Double, _ unit: String, _ energy: Estimate,
      _ kinds: PowerCoefficient.Kind...
    ) {
      guard count > 0, energy.high > 0 else { return }
      let sources = kinds.map { coefficients[$0].source }
      parts.append(
        EnergyFigures.Contribution(
          name: event.rawValue, component: event.component, count: count, unit: unit,
          energy: energy * count, source: sources.joined(separator: "; ")))
    }
    func addAccesses(_ event: ActivityEvent, _ count: Double, to memory: ComponentResources?) {
      guard let memory else { return }
      let counts = memory.resources.value
      let kind: PowerCoefficient.Kind =
        counts.ultraRAMs > 0
        ? .ultraAccess
        : counts.blockRAMs > 0 ? .blockAccess : counts.memoryTables > 0 ? .distributedRAM : .logic
      add(event, count, "accesses", access(memory), kind)
    }
    let events = layer.events
    addAccesses(.spikeReads, events.inputReads, to: layer.inputSpikes)
    addAccesses(
      .spikeWrites, events.spikeWrites, to: layer.components(.spikes).first)
    addAccesses(.weightReads, events.weightReads, to: layer.components(.weights).first)
    addAccesses(
      .potentials, events.potentialAccesses, to: layer.components(.potentials).first)
    add(
      .additions, events.additions, "additions", coefficients[.accumulation].energy,
      .accumulation)
    add(
      .products, events.products, "products",
      coefficients[.multiplier].energy + coefficients[.accumulation].energy, .multiplier,
      .accumulation)
    add(
      .activations, events.activations, "activations", coefficients[.activation].energy,
      .activation)
    add(
      .encoder, events.encoderSteps, "steps", table * layer.encoderTables, .logic, .signals)
    let encoder = Estimate(exactly: layer.encoderTables)
    let controllers = layer.tables(of: .eventController)
    add(
      .controllerLogic, layer.activeCycles, "active cycles",
      table
        * Estimate(
          max(controllers.value - encoder.value, 0), low: max(controllers.low - encoder.value, 0),
          high: controllers.high), .logic, .signals)
    add(
      .spikeWriter, events.spikeWrites, "rows", table * layer.tables(of: .spikeWriter), .logic,
      .signals)
    let flipFlops = layer.resources.total[.flipFlops]
    add(
      .registers, layer.activeCycles, "active cycles",
      coefficients[.register].energy * flipFlops, .register)
    add(
      .workingClock, min(layer.activeCycles, layer.allCycles), "cycles",
      coefficients[.clock].energy * flipFlops, .clock)
    if !gatesClocks {
      add(
        .idleClock, max(layer.allCycles - layer.activeCycles, 0), "cycles",
        coefficients[.clock].energy * flipFlops, .clock)
    }
    return parts
  }
}

extension LayerActivity {
  /// Look-up tables of the components that do something.
  fileprivate func tables(of role: ComponentRole) -> Estimate {
    components(role).reduce(.zero) { $0 + $1.resources[.logicTables] }
  }
}
