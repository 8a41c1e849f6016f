extension FullyConnected2023 {
  /// The oddities of the published design that change its cycles or counts.
  public enum Quirk: String, PlatformQuirk {
    /// Who sees a buffer's flag in which cycle depends on the SystemC kernel.
    case processOrder = "process-order"
    /// The wait function takes eight bits.
    case eightBitWait = "eight-bit-wait"
    /// A time step without input spikes is handed over unasked.
    case lostEmptySteps = "lost-empty-steps"

    /// What the published hardware does.
    public var explanation: String {
      switch self {
      case .processOrder:
        "who runs first decides whether a change of a buffer is seen in the same cycle or the next"
      case .eightBitWait:
        "the cycles of a spike, 4 x LHR, are counted modulo 256: LHR 64 takes none"
      case .lostEmptySteps:
        "a time step without input is not activated, nor held until the buffer is free: it may be lost"
      }
    }

    /// What the repaired hardware does.
    public var repair: String {
      switch self {
      case .processOrder: "registers: everyone sees a change one cycle later, with its time step"
      case .eightBitWait: "the units get their 4 x LHR cycles"
      case .lostEmptySteps: "it is treated as any other time step"
      }
    }

    /// The heading of docs/hardware/fc-2023.md that describes it.
    public var section: String {
      switch self {
      case .processOrder: "Who sees what when"
      case .eightBitWait, .lostEmptySteps: "What the published design does wrong"
      }
    }
  }

  /// What the platform consists of.
  public static var description: PlatformDescription {
    PlatformDescription(
      of: Self.self,
      summary: "fully connected layers that work on consecutive time steps at once",
      source: "SNN-DSE, SystemC simulator of 2023-05-31; arXiv:2310.16745 (JETCAS 2023)",
      document: "docs/hardware/fc-2023.md",
      handshake: "a buffer of one time step between two layers, freed when the later one has "
        + "activated",
      components: [
        .init(
          kind: .fullyConnected,
          summary: "a layer between two others: an event controller and ceil(neurons / LHR) units",
          engines: [engine(isFirst: false, isLast: false)], parameters: layerParameters)
      ],
      valueQuirks: [
        "an LHR that does not divide a layer: zeroing at the start runs past its arrays",
        "more spikes than the receiving layer has neurons: its spike list overwrites other memory",
        "more than 65,536 bits of input a sample (time steps x inputs): the spike file is misread",
        "the first ceil(neurons / LHR) neurons of layer 1 leak and add their bias twice a time step",
        "the reset is subtracted before the leak",
      ])
  }
}
