extension Hybrid2024 {
  /// The keys of an entry under `layers`: what a dense core or a fully connected layer lacks is not
  /// among its own.
  public static let layerParameters: [HardwareParameter] =
    [
      .layerName, .kindWithDense, .processingElements.only(for: [.convolution, .fullyConnected]),
      .encoderWidthOf2024.only(for: [.convolution, .fullyConnected]),
      .listCapacityOf2024.only(for: [.convolution]), .layerClock, .source,
    ] + HardwareParameter.ofConvolution

  /// What the platform consists of.
  public static var description: PlatformDescription {
    PlatformDescription(
      of: Self.self,
      summary:
        "the second generation: a dense core for a real-valued input, then sparse convolution "
        + "layers and fully connected layers, each with processing elements of its own, one after "
        + "another",
      source: "SNN-DSE, branch DATE25 of 2024-12-09 (DATE 2025)",
      document: "docs/hardware/hybrid-2024.md",
      handshake: "a layer starts on the completion signal of the layer before; there is one buffer "
        + "between two layers",
      components: [
        .init(
          kind: .dense,
          summary:
            "feeds whole frames of three channels through one 3 x 3 pipeline, for each output "
            + "channel and time step, whatever they hold",
          engines: EngineDescription.dense, parameters: layerParameters.of(.dense)),
        .init(
          kind: .convolution,
          summary:
            "turns each spike frame into an address list, walks a copy of it tap by tap while "
            + "the next frame is compressed, and sweeps all neurons at the end of a time step",
          engines: EngineDescription.convolution(sweepsShort: true, isDoneEarly: true),
          parameters: layerParameters.of(.convolution)),
        .init(
          kind: .fullyConnected,
          summary: "lists the spikes of all time steps, then walks all lists once for each group "
            + "of neurons, and once more",
          engines: EngineDescription.fullyConnected,
          parameters: layerParameters.of(.fullyConnected)),
      ],
      valueQuirks: [
        "Each weight is that of the next kernel tap, and often of the next channel.",
        "The sixth tap of a kernel is mostly dropped.",
        "The taps of the first spike after a sweep are lost.",
        "After a list whose last tap is valid, that tap is added again in every waiting cycle.",
        "Rows can be stored under a later time step or phase, for both are read live.",
        "The first element's row is taken before its last pixels are known.",
        "Fully connected layers add the bias of another neuron and miss the last two inputs too; "
          + "their rows land in the next time step's place.",
        "The last fully connected layer stores no spikes.",
        "Pooling is the OR of four consecutive bits of a row-major frame, not of a 2 x 2 window.",
        "The dense core scales its input instead of leaking, and never resets.",
        "Accumulation is clamped to -255 and 255.",
      ])
  }
}
