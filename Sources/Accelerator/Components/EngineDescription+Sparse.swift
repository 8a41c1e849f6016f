/// The engines of sparse layers and their states, as results list them.
///
/// The states of the hardware, with two refinements: a state in which an engine has nothing to do is
/// `idle` while its layer is not active, and `waiting` while it is; and processing elements that
/// remain in their accumulating state between bursts are `waiting`.
extension EngineDescription {
  private static let inactive = State("idle", .idle, "the layer is not active")

  private static let writerStates = [
    inactive, State("waiting", .waiting, "for the next finished spike frame"),
    State("sample", .busy, "1 cycle a PE: takes the spike register of one processing element"),
    State("write", .busy, "1 cycle a PE: writes it into the output spike RAM"),
  ]

  private static let encoderStates = [
    State("load", .busy, "1 cycle a chunk: loads it into the priority encoder"),
    State(
      "encode", .busy,
      "1 cycle a spike and 1 a chunk: finds the next spike of a chunk, or that there is none"),
    State("clear", .busy, "1 cycle a spike: removes the spike just listed from the chunk"),
  ]

  /// The engines of a convolution layer.
  ///
  /// - Parameters:
  ///   - options: what it has beyond the published hardware.
  ///   - sweepsShort: whether the last pixel is left out of a sweep.
  ///   - isDoneEarly: whether completion is signalled without waiting for the other engines.
  /// - Returns: names and states; of every event controller, if there are several.
  static func convolution(
    _ options: ConvolutionOptions = ConvolutionOptions(), sweepsShort: Bool = false,
    isDoneEarly: Bool
  ) -> [EngineDescription] {
    let controllers = options.eventControllers
    return (0..<controllers).flatMap { controller in
      eventController(
        options, number: controllers == 1 ? "" : " \(controller + 1)", isFirst: controller == 0,
        sweepsShort: sweepsShort, isDoneEarly: isDoneEarly && controllers == 1)
    } + [
      EngineDescription(
        name: "spike writer",
        states: writerStates + [
          State(
            "secondWrite", .busy,
            "1 cycle a PE: writes the same row again, as the published design does")
        ])
    ]
  }

  private static func eventController(
    _ options: ConvolutionOptions, number: String, isFirst: Bool, sweepsShort: Bool,
    isDoneEarly: Bool
  ) -> [EngineDescription] {
    let access = options.accessCycles == 1 ? "1 cycle" : "\(options.accessCycles) cycles"
    let taps = options.accessCycles == 1 ? "K x K" : "\(options.accessCycles) x K x K"
    let sum = options.sumCycles == 0 ? "" : " and \(options.sumCycles) more"
    let sweep = access + " a pixel" + (sweepsShort ? " but the last" : "") + sum
    let drain =
      options.drainCycles == 0
      ? []
      : [
        State(
          "drain", .waiting,
          "\(options.drainCycles) cycles a burst and a sweep: until the pipeline is empty")
      ]
    let done =
      if !isFirst {
        State("done", .busy, "1 cycle a sample: has compressed its last frame")
      } else if isDoneEarly {
        State("done", .busy, "1 cycle a sample: signals that the layer is finished")
      } else {
        State("done", .waiting, "for the last sweep and the last row")
      }
    return [
      EngineDescription(
        name: "compression engine" + number,
        states: [
          State("idle", .idle, "the layer is not active, or all frames are compressed"),
          State("wait", .busy, "1 cycle a frame: reads it from the input spike RAM"),
        ] + encoderStates + [
          State(
            "transit", .waiting,
            options.usesRings
              ? "for a free address list" : "for the spike engine to take the address list"),
          State("channel", .busy, "1 cycle a frame: steps to the next input channel"),
          State(
            "timeStep", .busy, "1 cycle a time step: steps to the next one",
            endsTimeStep: isFirst),
          State("phase", .busy, "1 cycle a phase: steps to the next group of output channels"),
          done,
        ]),
      EngineDescription(
        name: "spike engine" + number,
        states: [
          inactive, State("waiting", .waiting, "for an address list"),
          State("burst", .busy, "\(taps) cycles a spike: walks the list, tap by tap"),
          State("activate", .busy, "\(sweep): sweeps all neurons of a time step"),
        ] + drain),
      EngineDescription(
        name: "processing elements" + number,
        states: [
          inactive, State("waiting", .waiting, "for spikes, between bursts"),
          State(
            "accumulate", .busy, "\(access) a spike and tap: add a weight to a membrane potential"),
          State("activate", .busy, "\(access) a pixel: leak, threshold and reset a neuron"),
          State("exit", .busy, "1 cycle a sweep: leave the activation"),
        ]),
    ]
  }

  /// The engines of a fully connected layer.
  static let fullyConnected = [
    EngineDescription(
      name: "compression engine",
      states: [
        State("idle", .idle, "the layer is not active"),
        State(
          "collect", .busy, "1 cycle a row and 1 a time step: collects the rows into one vector"),
      ] + encoderStates + [
        State("timeStep", .busy, "1 cycle a time step: steps to the next one", endsTimeStep: true),
        State("done", .idle, "all time steps are compressed; rests until the next reset"),
      ]),
    EngineDescription(
      name: "neuron engine",
      states: [
        inactive, State("waiting", .waiting, "for the compression of all time steps"),
        State(
          "spikeIteration", .busy,
          "1 cycle a spike, at least 1 a time step and pass: walks the spikes"),
        State("activate", .busy, "1 cycle a time step and pass: orders the activation"),
        State(
          "timeStep", .busy, "1 cycle a time step and pass: steps to the next one",
          endsTimeStep: true),
        State("neuron", .busy, "1 cycle a pass: steps to the next group of neurons"),
        State("done", .idle, "all neurons are served; rests until the next reset"),
      ]),
    EngineDescription(
      name: "processing elements",
      states: [
        inactive, State("waiting", .waiting, "for spikes"),
        State("accumulate", .busy, "1 cycle a spike: add a weight to a membrane potential"),
        State("activate", .busy, "1 cycle a time step and pass: leak, threshold and reset"),
      ]),
    EngineDescription(name: "spike writer", states: writerStates),
  ]

  /// The engines of a direct-coded first layer.
  static let dense = [
    EngineDescription(
      name: "dense core",
      states: [
        State("idle", .idle, "the layer is not active"),
        State(
          "feed", .busy, "1 cycle a pixel and 1 more: feeds a frame for one output channel"),
        State(
          "drain", .busy, "28 cycles an output channel and time step: empties the pipeline",
          endsTimeStep: true),
      ]),
    EngineDescription(
      name: "threshold unit",
      states: [
        inactive, State("waiting", .waiting, "for values to leave the pipeline"),
        State("active", .busy, "1 cycle a pixel and 1 more: bias, threshold and store"),
      ]),
  ]
}
