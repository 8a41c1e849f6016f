/// A hardware file fitted to the network of a trace: every number the simulation needs.
public struct BoundHardware: Sendable {
  /// The file.
  public var file: HardwareFile
  /// The accelerator.
  public var model: any AcceleratorModel
  /// The layers, from the network's input to its output.
  public var layers: [BoundLayer]
  /// The position in the network of the first layer that the hardware computes.
  public var firstLayer = 0

  /// Creates a fitted hardware.
  public init(file: HardwareFile, model: any AcceleratorModel, layers: [BoundLayer]) {
    self.file = file
    self.model = model
    self.layers = layers
  }
}

extension BoundHardware {
  /// The clocks of the layers.
  public var clocks: [ClockDomain] {
    file.layers.map { ClockDomain(frequency: $0.clock ?? file.clock) }
  }

  /// Whether the layers do not all have the file's clock.
  package var hasSeveralClocks: Bool {
    file.layers.contains { layer in layer.clock.map { $0 != file.clock } ?? false }
  }

  /// The latency of a sample in cycles of the file's clock, rounded up.
  ///
  /// - Parameter sample: what its layers cost in their own cycles.
  /// - Returns: the latency with the layers' clocks and the synchronisers between them.
  func latency(of sample: SampleReplay) -> UInt64 {
    guard hasSeveralClocks else { return sample.latency }
    var schedule = StreamSchedule(clocks: clocks, buffers: file.spikeBuffers)
    let turns = schedule.add(sample.layers.map(StreamSchedule.Cost.init), arrival: 0)
    let period = ClockDomain(frequency: file.clock).period
    return ((turns.last?.completion ?? 0) + period - 1) / period
  }
}

extension StreamSchedule.Cost {
  /// What a layer of a replayed sample costs.
  init(_ layer: LayerReplay) {
    self.init(cycles: layer.cycles, activeCycles: layer.end - layer.start)
  }
}

/// One layer of the network on its hardware, as far as reports and counting need to know it.
public struct BoundLayer: Hashable, Sendable {
  /// The layer's name in the network.
  public var name: String
  /// What it computes.
  public var kind: HardwareFile.Layer.Kind
  /// Processing elements.
  public var processingElements: Int
  /// Passes over the input: how often the processing elements are reused.
  public var passes: Int
  /// Bits of one chunk of the priority encoder; nil where the encoder takes no time.
  public var encoderWidth: Int?
  /// Entries of the spike address list; nil if there is none.
  public var listCapacity: Int?
  /// The number of spikes of a frame at which the hardware's counter starts again from zero; nil if
  /// it holds every count.
  public var countLimit: Int?
  /// Neurons of the boundary that the layer reads.
  public var inputNeurons: Int
  /// Neurons of the boundary that the layer hands on, after pooling.
  public var outputNeurons: Int
  /// Neurons of one row of the spike counts: those of an input channel for a convolution, all of the
  /// boundary for a fully connected layer; nil for a layer whose timing does not depend on spikes.
  public var countedGroup: Int?
  /// What its priority encoder scans at a time; nil if it has none that takes time.
  public var encodedFrame: EncodedFrame?
  /// What a reader of its numbers must know, whatever the spikes are.
  public var notes: [String]
  /// Event controllers, each of which has all the processing elements.
  public var eventControllers = 1
  /// Whether spikes beyond the capacity of the list are handed over in another list.
  public var splitsLists = false
  /// What is said about work that the hardware loses.
  public var losses = LossDescription()

  /// Creates a layer.
  public init(
    name: String, kind: HardwareFile.Layer.Kind, processingElements: Int, passes: Int,
    encoderWidth: Int?, listCapacity: Int?, countLimit: Int?, inputNeurons: Int,
    outputNeurons: Int, countedGroup: Int?, notes: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.processingElements = processingElements
    self.passes = passes
    self.encoderWidth = encoderWidth
    self.listCapacity = listCapacity
    self.countLimit = countLimit
    self.inputNeurons = inputNeurons
    self.outputNeurons = outputNeurons
    self.countedGroup = countedGroup
    self.notes = notes
  }
}

/// How a warning describes work that the hardware loses: what differs between platforms.
public struct LossDescription: Hashable, Sendable {
  /// Why a finished frame is dropped, as it stands before ``dropEvent``.
  public var dropCause = "the spike writer was busy"
  /// What was lost, as it stands after its number.
  public var dropEvent = "finished frames arrived"
  /// What to do about it, one sentence without its full stop.
  public var dropRemedy = "Fewer processing elements shorten its turn"
  /// What becomes of spikes beyond the capacity of the list, and what to do.
  public var listOverflow = "the hardware drops the rest. Raise 'list-capacity'"

  /// What holds for platforms with address lists and a spike writer.
  public init() {}
}
