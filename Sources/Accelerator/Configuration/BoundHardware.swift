/// A hardware file fitted to the network of a trace: every number the simulation needs.
public struct BoundHardware: Sendable {
  /// The file.
  public var file: HardwareFile
  /// The accelerator.
  public var model: any AcceleratorModel
  /// The layers, from the network's input to its output.
  public var layers: [BoundLayer]

  /// Creates a fitted hardware.
  public init(file: HardwareFile, model: any AcceleratorModel, layers: [BoundLayer]) {
    self.file = file
    self.model = model
    self.layers = layers
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
