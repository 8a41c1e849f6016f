extension FullyConnected2023RTL {
  /// The oddities of the published design that change its cycles or counts.
  public enum Quirk: String, PlatformQuirk {
    /// The spike counter of a train has too few bits.
    case countWrap = "count-wrap"
    /// A train that counts as empty never ends.
    case emptyTrainHangs = "empty-train-hangs"
    /// The controller allows any number of cycles for an addition, the units take three.
    case lostAdditions = "lost-additions"
    /// The accumulation is enabled a cycle too long.
    case extraAddition = "extra-addition"
    /// The controller does not ask whether the units activate.
    case blindActivation = "blind-activation"

    /// What the published hardware does.
    public var explanation: String {
      switch self {
      case .countWrap:
        "the spike counter has clog2(list capacity) bits: that many spikes count as none"
      case .emptyTrainHangs: "a train that counts as empty accumulates for ever"
      case .lostAdditions:
        "an addition is allowed accumulate-latency cycles, and takes 3: with 2, a third is lost"
      case .extraAddition: "the units are enabled a cycle too long, and may begin one more addition"
      case .blindActivation:
        "the controller counts cycles: the units may miss an activation, or still be at it when the "
          + "next train comes"
      }
    }

    /// What the repaired hardware does.
    public var repair: String {
      switch self {
      case .countWrap: "the counter holds every count"
      case .emptyTrainHangs: "an empty train is activated without accumulation"
      case .lostAdditions: "an addition is allowed the 3 cycles that it takes"
      case .extraAddition: "the enable falls with the last cycle of the accumulation"
      case .blindActivation:
        "the enable is held until the units begin, and the layer is available when they are through"
      }
    }

    /// The heading of docs/hardware/fc-2023.md that describes it.
    public var section: String { "Quirks of the register-transfer design" }
  }

  /// What the platform consists of.
  public static var description: PlatformDescription {
    PlatformDescription(
      of: Self.self,
      summary: "one fully connected layer that works off one spike train after another",
      source: "SNN-DSE, commit d040bd5 of 2023-07; arXiv:2310.16745 (JETCAS 2023)",
      document: "docs/hardware/fc-2023.md",
      handshake: "a train is offered when the layer says that it is available",
      components: [
        .init(
          kind: .fullyConnected,
          summary: "a control unit and PEs in lock-step, ceil(neurons / PEs) neurons each",
          engines: engines, parameters: layerParameters)
      ],
      valueQuirks: [
        "the neuron's index is incremented before the addition: weights go to the next neuron",
        "the row of a weight is index x neurons a PE instead of index x inputs",
        "addresses beyond the number of neurons are not listed, and those of old trains not cleared",
        "fixed point is not rescaled: potentials wrap at 2^32 and are compared as unsigned numbers",
      ])
  }
}
