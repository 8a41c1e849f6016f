/// What a convolution layer can have beyond the published hardware: docs/hardware/BeyondPublished.md.
extension HardwareParameter {
  /// The keys of all options; the defaults are the published hardware.
  static let ofConvolution = [
    listBuffers, listOverflow, writerQueue, membranePorts, memoryLatency, eventControllers,
  ].map { $0.only(for: [.convolution]) }

  static let listBuffers = HardwareParameter(
    "list-buffers", .integer(ConvolutionOptions.ranges.listBuffers), default: "2, as published",
    defaultNumber: 2, unit: "lists", example: "3", relaxation: .oneMore,
    help: """
      Address lists of an event controller: one is filled, one walked, the others wait between. With 1, \
      compression waits until its list is walked. Other values than 2 let lists wait in order with the \
      ends of time steps.
      """)

  static let listOverflow = HardwareParameter(
    "list-overflow", .choice(["drops", "splits"]), default: "`drops`, as published",
    example: "splits",
    help: """
      What becomes of a frame with more spikes than `list-capacity`: the rest is lost (`drops`), or each \
      full list is handed over while compression waits for the next one (`splits`).
      """)

  static let writerQueue = HardwareParameter(
    "writer-queue", .integer(ConvolutionOptions.ranges.writerQueue), default: "0, as published",
    defaultNumber: 0, unit: "frames", example: "1", relaxation: .oneMore,
    help: """
      Finished frames that can wait for the spike writer; a sweep waits while there is no room for its \
      frame. With 0, the quirk `writer-overrun` decides what becomes of a frame that has to wait.
      """)

  static let membranePorts = HardwareParameter(
    "membrane-ports", .integer(ConvolutionOptions.ranges.membranePorts),
    default: "2, as published", defaultNumber: 2, unit: "ports", example: "1",
    relaxation: .oneMore,
    help: """
      Ports of a membrane potential RAM. With 1, reading and writing take turns: 2 cycles a tap, and 2 a \
      neuron in a sweep.
      """)

  static let memoryLatency = HardwareParameter(
    "memory-latency", .integer(ConvolutionOptions.ranges.memoryLatency),
    default: "1, as published", defaultNumber: 1, unit: "cycles", example: "3",
    relaxation: .oneLess,
    help: """
      Cycles from reading a membrane potential to writing it back. All but one are waited for after each \
      burst and each sweep.
      """)

  static let eventControllers = HardwareParameter(
    "event-controllers", .integer(ConvolutionOptions.ranges.eventControllers),
    default: "1, as published", defaultNumber: 1, unit: "controllers", example: "2",
    relaxation: .oneMore,
    help: """
      Event controllers that share the input channels, each with `processing-elements` of its own; at \
      most the input channels. They wait for each other at the end of a time step.
      """)
}
