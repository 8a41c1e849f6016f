/// The engine of a layer of platform fc-2023 and its states, as results list them.
///
/// The states of the published controller, with one refinement: the rest between two time steps is
/// `waiting`, that before the first and after the last one `idle`.
extension FullyConnected2023 {
  typealias State = EngineDescription.State

  /// The event controller of a layer, with its units.
  ///
  /// - Parameters:
  ///   - isFirst: whether the layer reads the input.
  ///   - isLast: whether its spikes are the result.
  /// - Returns: name and states.
  static func engine(isFirst: Bool, isLast: Bool) -> EngineDescription {
    var states = [
      State("idle", .idle, "before its first time step, and after its last one")
    ]
    if !isFirst {
      states.append(State("waiting", .waiting, "for a time step from the layer before"))
    }
    states += [
      State("list", .busy, "lists all spikes of a time step; 1 cycle"),
      State("address", .busy, "hands the address of a spike to the units; 1 cycle a spike"),
      State(
        "accumulate", .busy,
        "the units add a weight to each of their neurons; 4 x LHR cycles a spike"
      ),
      State("change", .busy, "steps to the next spike; 1 cycle a spike"),
      isLast
        ? State("hold", .busy, "asks for the buffer behind the layer, which has none; 1 cycle")
        : State("hold", .waiting, "for the buffer behind the layer to be free; 1 cycle at least"),
      State("activate", .busy, "all neurons leak, fire and are reset; 1 cycle"),
      State("fill", .busy, "fills the buffer behind, frees the one before; 1 cycle"),
      State("finish", .busy, "steps to the next time step; 1 cycle", endsTimeStep: true),
    ]
    return EngineDescription(name: "event controller", states: states)
  }

  /// The published state machine's states in the order of ``engine(isFirst:isLast:)``, after the rest.
  static let firstStates: [PipelineController.FirstState] = [
    .list, .address, .accumulate, .change, .hold, .activate, .fill, .finish,
  ]

  /// The same of the layers behind the first.
  static let laterStates: [PipelineController.State] = [
    .list, .address, .accumulate, .change, .hold, .activate, .fill, .finish,
  ]
}
