/// One hardware layer of platform hybrid-2024.
public enum Hybrid2024Layer: Hashable, Sendable {
  /// A sparse convolution layer.
  case convolution(ConvolutionGeometry)
  /// A fully connected layer.
  case fullyConnected(FullyConnectedGeometry)
  /// A direct-coded first layer.
  case dense(DenseGeometry)

  /// Simulated time steps (T).
  public var timeSteps: Int {
    switch self {
    case .convolution(let layer): layer.timeSteps
    case .fullyConnected(let layer): layer.timeSteps
    case .dense(let layer): layer.timeSteps
    }
  }
}

/// The parameters of a direct-coded first layer: docs/hardware/hybrid-2024.md, "Dense core".
public struct DenseGeometry: Hashable, BitwiseCopyable, Sendable {
  /// Time steps (T).
  public var timeSteps: Int
  /// Input channels (IC): 3.
  public var inputChannels: Int
  /// Output channels (OC).
  public var outputChannels: Int
  /// Side of the square kernel (K): 3.
  public var kernel: Int
  /// Pixels of one frame (FS): 28 to 1024.
  public var pixels: Int

  /// Creates a geometry; ``Hybrid2024/check()`` says what is allowed.
  public init(
    timeSteps: Int, inputChannels: Int, outputChannels: Int, kernel: Int, pixels: Int
  ) {
    self.timeSteps = timeSteps
    self.inputChannels = inputChannels
    self.outputChannels = outputChannels
    self.kernel = kernel
    self.pixels = pixels
  }

  /// Frame sizes for which the rules hold: a smaller frame is fed before the pipeline's first value
  /// is out, a larger one has more pixels than their counter.
  static let supportedPixels = 28...1024

  private static let largestSlotCount = 1 << 20

  /// Checks that this is the published core.
  func validate() throws(ConfigurationError) {
    for (name, value) in [("T", timeSteps), ("OC", outputChannels)] {
      guard 1...LayerGeometry.largestParameter ~= value else {
        throw ConfigurationError(
          parameter: name,
          message: "\(name) is \(value); it must be from 1 to \(LayerGeometry.largestParameter)")
      }
    }
    guard timeSteps * outputChannels <= Self.largestSlotCount else {
      throw ConfigurationError(
        parameter: "T",
        message: "T x OC is \(timeSteps * outputChannels); at most \(Self.largestSlotCount) can be "
          + "simulated")
    }
    for (name, value) in [("IC", inputChannels), ("K", kernel)] where value != 3 {
      throw ConfigurationError(
        parameter: name,
        message: "\(name) is \(value); the dense core has 3 input channels and 3 x 3 kernels")
    }
    guard Self.supportedPixels.contains(pixels) else {
      throw ConfigurationError(
        parameter: "W",
        message: "a frame of W x W = \(pixels) pixels is outside "
          + "\(Self.supportedPixels.lowerBound) to \(Self.supportedPixels.upperBound), for which "
          + "the timing of the dense core is known")
    }
  }
}

extension Hybrid2024Layer {
  /// Checks every parameter for what no hardware can have.
  ///
  /// - Throws: ``ConfigurationError`` naming the parameter.
  func validate() throws(ConfigurationError) {
    switch self {
    case .convolution(let layer):
      try LayerGeometry.convolution(layer).validate()
      guard layer.outputPixels > 1 else {
        throw ConfigurationError(
          parameter: "outputWidth",
          message: "outputWidth is 1; a sweep over a single pixel was never recorded")
      }
    case .fullyConnected(let layer): try LayerGeometry.fullyConnected(layer).validate()
    case .dense(let layer): try layer.validate()
    }
  }

  /// The most spikes of one frame of a checked layer; nil if frames hold real numbers.
  var largestFrame: Int? {
    switch self {
    case .convolution(let layer): LayerGeometry.convolution(layer).largestFrame
    case .fullyConnected(let layer): LayerGeometry.fullyConnected(layer).largestFrame
    case .dense: nil
    }
  }

  /// Frames that one pass over the input reads; none if they hold real numbers.
  var framesPerPhase: Int {
    switch self {
    case .convolution(let layer): LayerGeometry.convolution(layer).framesPerPhase
    case .fullyConnected(let layer): LayerGeometry.fullyConnected(layer).framesPerPhase
    case .dense: 0
    }
  }

  /// Checks that the layer can stand behind another one.
  func checkOrder(after before: Hybrid2024Layer) throws(ConfigurationError) {
    switch (before, self) {
    case (.fullyConnected, .convolution), (.fullyConnected, .dense):
      throw ConfigurationError(
        parameter: "layers",
        message: "only a fully connected layer can follow a fully connected one, whose loaded "
          + "signal stays high")
    case (_, .dense):
      throw ConfigurationError(
        parameter: "layers", message: "a dense layer is the first layer or none")
    default: break
    }
  }

  /// Whether the published hardware never finishes this layer.
  var neverFinishes: Bool {
    switch self {
    case .convolution(let layer): layer.chunkCounterOverflows
    case .fullyConnected(let layer): layer.passCounterWraps
    case .dense: false
    }
  }
}

extension FullyConnectedGeometry {
  /// Passes over all input spikes, one more than needed where the processing elements divide the
  /// neurons: floor(LAYER / EC) + 1.
  var passesWithTheExtraOne: Int { neurons / processingElements + 1 }

  /// The pass counter has clog2(LAYER) bits, `[clog2(LAYER)-1:0]`; for LAYER = 1 that is the two-bit
  /// vector `[-1:0]`.
  var passCounterLimit: Int {
    let bits = ceilingLogarithm(neurons)
    return 1 << (bits == 0 ? 2 : bits)
  }

  /// Whether the last pass lies beyond the pass counter, so that it is never reached.
  var passCounterWraps: Bool { passesWithTheExtraOne > passCounterLimit }
}
