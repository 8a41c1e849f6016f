/// The engines of platform fc-2023-rtl and their states, as results list them: those of the hardware.
///
/// With a single layer nothing is ever inactive: a rest is `waiting`.
extension FullyConnected2023RTL {
  typealias State = EngineDescription.State

  static let engines = [
    EngineDescription(
      name: "control unit",
      states: [
        State("idle", .waiting, "for a spike train"),
        State("clear", .busy, "removes the spike just listed from the train; 1 cycle a spike"),
        State(
          "encode", .busy,
          "finds the next spike of the train, or that there is none; 1 cycle a spike, and 1"),
        State(
          "accumulate", .busy,
          "enables the units to accumulate; accumulate-latency x neurons a PE cycles a spike"),
        State("settle", .busy, "lets the enable fall; 1 cycle"),
        State(
          "activate", .busy, "enables the units to activate; a cycle for each neuron of a PE",
          endsTimeStep: true),
      ]),
    EngineDescription(
      name: "processing elements",
      states: [
        State("idle", .waiting, "for an enable"),
        State("address", .busy, "give the address of a weight; 1 cycle an addition"),
        State("read", .busy, "read the weight; 1 cycle an addition"),
        State("add", .busy, "add it; 1 cycle an addition"),
        State("leak", .busy, "leak and compare; 1 cycle a neuron"),
        State("store", .busy, "store the potential; 1 cycle a neuron"),
        State("exit", .busy, "leave the activation; 1 cycle"),
      ]),
  ]
}
