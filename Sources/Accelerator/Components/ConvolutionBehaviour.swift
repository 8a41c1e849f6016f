/// What the engines of a convolution layer do in the cases in which the platforms differ from each
/// other, or published hardware from repaired hardware.
///
/// Each member but the first is a quirk of the same name; docs/hardware/conv-2023.md and
/// docs/hardware/hybrid-2024.md describe both sides of it.
struct ConvolutionBehaviour: BitwiseCopyable {
  /// How the end of a time step reaches the spike engine, which then sweeps all neurons.
  enum StepEnds: UInt8 {
    /// conv-2023: a pulse that is remembered during a burst, from the burst's second cycle on.
    case heardDuringBursts
    /// hybrid-2024: a pulse that is remembered while the engine is not available, and also heard
    /// while it is idle, but only once after each list.
    case heardOnceAList
    /// Repaired: the ends are counted, and each is worked off by a sweep of its own.
    case counted
  }

  var stepEnds: StepEnds
  /// The sweep ends before the last pixel.
  var sweepsShort: Bool
  /// A sweep that began in the idle state leaves the engine available: lists are lost.
  var losesLists: Bool
  /// A list whose burst is a single cycle is taken again before it is withdrawn.
  var takesListsTwice: Bool
  /// The spike counter of a list has few bits.
  var countWraps: Bool
  /// The chunk counter has few bits: too many chunks are never finished.
  var chunkCounterWraps: Bool
  /// Sweeps do not wait for the writer, which misses frames while it is busy.
  var overrunsWriter: Bool
  /// The writer writes every row twice.
  var writesTwice: Bool
  /// The layer is done when its last list is taken, not when its last row is written.
  var isDoneEarly: Bool

  /// The behaviour of a layer with options, of which some leave no room for a quirk.
  func with(_ options: ConvolutionOptions) -> ConvolutionBehaviour {
    var behaviour = self
    if options.writerQueue > 0 { behaviour.overrunsWriter = false }
    if options.splitsLists { behaviour.countWraps = false }
    if options.eventControllers > 1 { behaviour.isDoneEarly = false }
    return behaviour
  }
}
