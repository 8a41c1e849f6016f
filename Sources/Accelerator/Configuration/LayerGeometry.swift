/// One hardware layer: what the network asks of it and what the designer gives it.
///
/// These are the parameters of the published register-transfer code, under readable names; the
/// field names equal those of the golden vectors (`docs/VectorFormat.md`).
public enum LayerGeometry: Hashable, Sendable {
  /// A convolution layer with its event controller, processing elements and spike writer.
  case convolution(ConvolutionGeometry)
  /// A fully connected layer.
  case fullyConnected(FullyConnectedGeometry)

  /// Simulated time steps (T).
  public var timeSteps: Int {
    switch self {
    case .convolution(let layer): layer.timeSteps
    case .fullyConnected(let layer): layer.timeSteps
    }
  }

  /// Processing elements (the papers' neural cores, EC).
  public var processingElements: Int {
    switch self {
    case .convolution(let layer): layer.processingElements
    case .fullyConnected(let layer): layer.processingElements
    }
  }
}

/// The parameters of one convolution layer in hardware.
public struct ConvolutionGeometry: Hashable, BitwiseCopyable, Sendable {
  /// Time steps (T).
  public var timeSteps: Int
  /// Input channels (IC).
  public var inputChannels: Int
  /// Output channels (OC).
  public var outputChannels: Int
  /// Side of the square kernel (K).
  public var kernel: Int
  /// Pixels of one input frame, height x width (IFS).
  public var inputPixels: Int
  /// Pixels of one output frame before pooling (OFS).
  public var outputPixels: Int
  /// Processing elements that work in lock-step, one output channel each (EC).
  public var processingElements: Int
  /// Bits the priority encoder looks at in one chunk (PENC).
  public var encoderWidth: Int
  /// Entries of the spike address list (SPARSE).
  public var listCapacity: Int
  /// What it has beyond the published hardware.
  public var options: ConvolutionOptions

  /// Creates a geometry; see ``validate()`` for what is allowed.
  public init(
    timeSteps: Int, inputChannels: Int, outputChannels: Int, kernel: Int, inputPixels: Int,
    outputPixels: Int, processingElements: Int, encoderWidth: Int, listCapacity: Int,
    options: ConvolutionOptions = ConvolutionOptions()
  ) {
    self.timeSteps = timeSteps
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.kernel = kernel
    self.inputPixels = inputPixels
    self.outputPixels = outputPixels
    self.processingElements = processingElements
    self.encoderWidth = encoderWidth
    self.listCapacity = listCapacity
    self.options = options
  }
}

/// The parameters of one fully connected layer in hardware.
public struct FullyConnectedGeometry: Hashable, BitwiseCopyable, Sendable {
  /// Which of the published wrappers surrounds the layer.
  public enum Variant: String, Hashable, BitwiseCopyable, Sendable {
    /// Reads the spike RAM of a convolution layer and writes its spikes to a RAM.
    case fc1
    /// Reads the spike registers of a fully connected layer; the network's last layer.
    case fc2
  }

  /// Time steps (T).
  public var timeSteps: Int
  /// Rows that are collected into one input vector (IC).
  public var inputChannels: Int
  /// Bits of one row (IFS): pixels of a pooled frame, or all neurons of a fully connected layer.
  public var frameSize: Int
  /// Neurons (LS).
  public var neurons: Int
  /// Processing elements (EC).
  public var processingElements: Int
  /// Bits the priority encoder looks at in one chunk (PENC).
  public var encoderWidth: Int
  /// Entries of the spike address list of one time step (SPARSE).
  public var listCapacity: Int
  /// The surrounding wrapper.
  public var variant: Variant

  /// Creates a geometry; see ``validate()`` for what is allowed.
  public init(
    timeSteps: Int, inputChannels: Int, frameSize: Int, neurons: Int, processingElements: Int,
    encoderWidth: Int, listCapacity: Int, variant: Variant
  ) {
    self.timeSteps = timeSteps
    self.inputChannels = inputChannels
    self.frameSize = frameSize
    self.neurons = neurons
    self.processingElements = processingElements
    self.encoderWidth = encoderWidth
    self.listCapacity = listCapacity
    self.variant = variant
  }
}
