extension Conv2023 {
  /// The oddities of the published design that change its cycles or counts.
  public enum Quirk: String, PlatformQuirk {
    /// The spike counter of a frame has too few bits.
    case countWrap = "count-wrap"

    /// What the published hardware does.
    public var explanation: String {
      switch self {
      case .countWrap:
        "the spike counter of a list has few bits: a frame of just so many spikes counts as empty"
      }
    }

    /// What the repaired hardware does.
    public var repair: String {
      switch self {
      case .countWrap: "the counter holds every count"
      }
    }

    /// The heading of docs/hardware/conv-2023.md that describes it.
    public var section: String { "What the published design does wrong" }
  }

  /// What the platform consists of.
  public static var description: PlatformDescription {
    PlatformDescription(
      of: Self.self,
      summary: "convolution layers with OR pooling, then fully connected layers, in lock-step",
      source: "SNN-DSE, commit 161404c of 2023-12-11; arXiv:2402.06211 (DATE 2024)",
      document: "docs/hardware/conv-2023.md",
      handshake: "a layer starts on the completion pulse of the layer before",
      components: [
        .init(
          kind: .convolution, summary: "a sparse convolution with its event controller",
          engines: convolutionEngines, parameters: HardwareParameter.ofLayer),
        .init(
          kind: .fullyConnected, summary: "every input to every neuron",
          engines: fullyConnectedEngines, parameters: HardwareParameter.ofLayer),
      ], valueQuirks: [])
  }
}
