extension Conv2023 {
  /// What the platform consists of.
  public static var description: PlatformDescription {
    PlatformDescription(
      of: Self.self,
      summary:
        "the seed paper's accelerator: sparse convolution layers with OR pooling, then fully "
        + "connected layers, each with processing elements of its own, one after another",
      source: "SNN-DSE, commit 161404c of 2023-12-11; Aliyev and Adegbija, arXiv:2402.06211 "
        + "(DATE 2024)",
      document: "docs/hardware/conv-2023.md",
      handshake: "a layer starts on the completion signal of the layer before; there is one buffer "
        + "between two layers",
      components: [
        .init(
          kind: .convolution,
          summary: "turns each spike frame into an address list, walks the list tap by tap while "
            + "the next frame is compressed, and sweeps all neurons at the end of a time step",
          engines: EngineDescription.convolution(isDoneEarly: true),
          parameters: HardwareParameter.ofLayer.of(.convolution)),
        .init(
          kind: .fullyConnected,
          summary: "lists the spikes of all time steps, then walks all lists once for each group "
            + "of neurons",
          engines: EngineDescription.fullyConnected,
          parameters: HardwareParameter.ofLayer.of(.fullyConnected)),
      ],
      valueQuirks: [
        "The address list that bursts read is being refilled for the next frame meanwhile, so spikes "
          + "are added at addresses of other frames.",
        "Each weight is that of the next kernel tap, and often of the next channel.",
        "Between bursts the processing elements keep adding a weight to one cell.",
        "The taps of the first spike after a sweep are lost, as are spikes at the frame's border.",
        "A neuron that does not fire loses the threshold from its potential.",
        "Output spikes are stored two bits further; two neurons of a frame are never stored.",
        "Rows can be stored under another time step or phase, for both are read live.",
        "Fully connected layers cut addresses to few bits and hold weights of few neurons.",
        "Pooling is the OR of four consecutive bits of a row-major frame, not of a 2 x 2 window.",
      ])
  }
}
