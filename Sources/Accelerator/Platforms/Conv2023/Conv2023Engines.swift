/// The engines of platform conv-2023 and their states, as results list them.
///
/// The states of the hardware, with two refinements: a state in which an engine has nothing to do is
/// `idle` while its layer is not active, and `waiting` while it is; and processing elements that
/// remain in their accumulating state between bursts are `waiting`.
extension Conv2023 {
  typealias State = EngineDescription.State

  private static let inactive = State("idle", .idle, "the layer is not active")

  private static let writerStates = [
    inactive, State("waiting", .waiting, "for the next finished spike frame"),
    State("sample", .busy, "takes the spike register of one processing element"),
    State("write", .busy, "writes it into the output spike RAM"),
  ]

  static let convolutionEngines = [
    EngineDescription(
      name: "compression engine",
      states: [
        State("idle", .idle, "the layer is not active, or all frames are compressed"),
        State("wait", .busy, "reads a frame from the input spike RAM"),
        State("load", .busy, "loads a chunk into the priority encoder"),
        State("encode", .busy, "finds the next spike of a chunk, or that there is none"),
        State("clear", .busy, "removes the spike just listed from the chunk"),
        State("transit", .waiting, "for the spike engine to take the address list"),
        State("channel", .busy, "steps to the next input channel"),
        State("timeStep", .busy, "steps to the next time step", endsTimeStep: true),
        State("phase", .busy, "steps to the next group of output channels"),
        State("done", .busy, "signals that the layer is finished"),
      ]),
    EngineDescription(
      name: "spike engine",
      states: [
        inactive, State("waiting", .waiting, "for an address list"),
        State("burst", .busy, "walks the list: every kernel tap of every spike"),
        State("activate", .busy, "sweeps all neurons of a time step"),
      ]),
    EngineDescription(
      name: "processing elements",
      states: [
        inactive, State("waiting", .waiting, "for spikes, between bursts"),
        State("accumulate", .busy, "add weights to membrane potentials"),
        State("activate", .busy, "leak, threshold and reset one neuron a cycle"),
        State("exit", .busy, "leave the activation"),
      ]),
    EngineDescription(
      name: "spike writer",
      states: writerStates + [
        State("secondWrite", .busy, "writes the same row again, as the published design does")
      ]),
  ]

  static let fullyConnectedEngines = [
    EngineDescription(
      name: "compression engine",
      states: [
        State("idle", .idle, "the layer is not active"),
        State("collect", .busy, "collects the rows of a time step into one vector"),
        State("load", .busy, "loads a chunk into the priority encoder"),
        State("encode", .busy, "finds the next spike of a chunk, or that there is none"),
        State("clear", .busy, "removes the spike just listed from the chunk"),
        State("timeStep", .busy, "steps to the next time step", endsTimeStep: true),
        State("done", .idle, "all time steps are compressed; rests until the next reset"),
      ]),
    EngineDescription(
      name: "neuron engine",
      states: [
        inactive, State("waiting", .waiting, "for the compression of all time steps"),
        State("spikeIteration", .busy, "walks the spikes of a time step"),
        State("activate", .busy, "orders the activation"),
        State("timeStep", .busy, "steps to the next time step", endsTimeStep: true),
        State("neuron", .busy, "steps to the next group of neurons"),
        State("done", .idle, "all neurons are served; rests until the next reset"),
      ]),
    EngineDescription(
      name: "processing elements",
      states: [
        inactive, State("waiting", .waiting, "for spikes"),
        State("accumulate", .busy, "add weights to membrane potentials"),
        State("activate", .busy, "leak, threshold and reset"),
      ]),
    EngineDescription(name: "spike writer", states: writerStates),
  ]
}
