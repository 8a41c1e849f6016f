extension Conv2023 {
  /// The oddities of the published design that change its cycles or counts.
  public enum Quirk: String, PlatformQuirk {
    /// A convolution is complete before its last sweep and write.
    case earlyDone = "early-done"
    /// Time steps are not activated.
    case lostActivations = "lost-activations"
    /// The writer misses frames while it is busy.
    case writerOverrun = "writer-overrun"
    /// Rows are written twice.
    case doubleWrite = "double-write"
    /// The spike counter of a frame has too few bits.
    case countWrap = "count-wrap"
    /// The chunk counter has too few bits.
    case chunkCounter = "chunk-counter"
    /// Lists are taken twice.
    case doubleTake = "double-take"
    /// The first spike of a fully connected layer's list is lost.
    case lostFirstSpike = "lost-first-spike"
    /// The passes of a fully connected layer never end.
    case passComparison = "pass-comparison"
    /// The enables of the second fully connected layer are not connected.
    case unconnectedElements = "fc2-unconnected"
    /// Idle engines read.
    case idleReads = "idle-reads"

    /// What the published hardware does.
    public var explanation: String {
      switch self {
      case .earlyDone:
        "a convolution signals completion when its last list is taken: its last burst, sweep and "
          + "write run into the next layer's first frames"
      case .lostActivations:
        "a time step whose last channels are empty may get no activation sweep, one without "
          + "spikes never does, and two can share one"
      case .writerOverrun:
        "a frame that becomes ready while the spike writer is busy is never written"
      case .doubleWrite: "a convolution's writer writes every row in two consecutive cycles"
      case .countWrap:
        "the spike counter of a list has few bits: a frame of just so many spikes counts as empty"
      case .chunkCounter:
        "the chunk counter has few bits: a frame of more than 2^(clog2(PENC) + 1) chunks is never "
          + "finished"
      case .doubleTake:
        "with 1 x 1 kernels, a list of one spike that had to wait is worked off twice"
      case .lostFirstSpike:
        "processing elements of fully connected layers add n - 1 of n spikes, and rest for n < 2"
      case .passComparison:
        "a fully connected layer with more processing elements than neurons never finishes"
      case .unconnectedElements:
        "a fully connected layer behind another one has its processing elements and its writer "
          + "unconnected: they never move"
      case .idleReads: "the read enable of the input spike RAM is high in idle cycles"
      }
    }

    /// What the repaired hardware does.
    public var repair: String {
      switch self {
      case .earlyDone:
        "a convolution waits in its last state until sweeps and writer are over, and signals "
          + "completion in the cycle after"
      case .lostActivations:
        "ends of time steps are counted: each gets one sweep, after its last burst, as soon as the "
          + "processing elements have left the sweep before; no list is taken until then"
      case .writerOverrun:
        "a sweep, or the walk of a fully connected time step, begins so late that its frame finds "
          + "the writer idle"
      case .doubleWrite: "every row is written once: two cycles a processing element"
      case .countWrap: "the counter holds every count"
      case .chunkCounter: "the counter holds every number of chunks"
      case .doubleTake: "a list is taken once"
      case .lostFirstSpike:
        "all n spikes are added in n cycles, and every time step is activated in one more"
      case .passComparison: "one pass serves all neurons, and the layer finishes"
      case .unconnectedElements:
        "processing elements and writer work as in the first fully connected layer"
      case .idleReads: "the enable is high only in cycles that read a row"
      }
    }

    /// The heading of docs/hardware/conv-2023.md that describes it.
    public var section: String {
      switch self {
      case .earlyDone: "Hand-shakes"
      case .lostActivations, .doubleTake: "Spike iteration"
      case .writerOverrun, .doubleWrite: "Writer"
      case .countWrap, .chunkCounter, .idleReads: "Compression"
      case .lostFirstSpike, .passComparison, .unconnectedElements: "Fully connected layer"
      }
    }
  }
}

extension ConvolutionBehaviour {
  /// How convolutions of platform conv-2023 behave.
  init(_ quirks: Set<Conv2023.Quirk>) {
    self.init(
      stepEnds: quirks.contains(.lostActivations) ? .heardDuringBursts : .counted,
      sweepsShort: false, losesLists: false, takesListsTwice: quirks.contains(.doubleTake),
      countWraps: quirks.contains(.countWrap), chunkCounterWraps: quirks.contains(.chunkCounter),
      overrunsWriter: quirks.contains(.writerOverrun), writesTwice: quirks.contains(.doubleWrite),
      isDoneEarly: quirks.contains(.earlyDone))
  }
}

extension FullyConnectedBehaviour {
  /// How a fully connected layer of platform conv-2023 behaves.
  init(_ geometry: FullyConnectedGeometry, _ quirks: Set<Conv2023.Quirk>) {
    self.init(
      passes: geometry.passes,
      neverEnds: quirks.contains(.passComparison) && geometry.passesNeverEnd,
      counterMask: quirks.contains(.countWrap) ? geometry.spikeCounterMask : .max,
      losesFirstSpike: quirks.contains(.lostFirstSpike),
      overrunsWriter: quirks.contains(.writerOverrun))
  }
}
