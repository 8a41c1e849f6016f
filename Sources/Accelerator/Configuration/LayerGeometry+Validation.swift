/// What is wrong with the parameters of a hardware layer.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The layer's position, from 0; nil where one layer is checked alone.
  public var layer: Int?
  /// The parameter at fault.
  public let parameter: String
  /// What is wrong, and what to do.
  public let message: String

  /// The message, with the layer if it is known.
  public var description: String { layer.map { "layer \($0): \(message)" } ?? message }

  init(layer: Int? = nil, parameter: String, message: String) {
    self.layer = layer
    self.parameter = parameter
    self.message = message
  }
}

extension LayerGeometry {
  /// The largest value of any single parameter: far beyond any device, and small enough that no
  /// product of them overflows.
  public static let largestParameter = 1 << 20

  /// Checks every parameter for what no hardware can have.
  ///
  /// - Throws: ``ConfigurationError`` for a parameter below 1 or above ``largestParameter``, an
  ///   option out of range, or a layer with more spikes than can be counted.
  public func validate() throws(ConfigurationError) {
    for (name, value) in parameters {
      guard 1...Self.largestParameter ~= value else {
        throw ConfigurationError(
          parameter: name,
          message: "\(name) is \(value); it must be from 1 to \(Self.largestParameter)")
      }
    }
    if case .convolution(let layer) = self {
      try layer.options.validate(inputChannels: layer.inputChannels)
    }
    guard framesPerPhase <= 1 << 28 else {
      throw ConfigurationError(
        parameter: "timeSteps",
        message: "time steps x channels is \(framesPerPhase); more than \(1 << 28) frames cannot "
          + "be replayed")
    }
    guard largestFrame <= 1 << 31 else {
      throw ConfigurationError(
        parameter: "frameSize",
        message: "one time step can hold \(largestFrame) spikes; more than \(1 << 31) cannot be "
          + "counted")
    }
  }

  /// The most spikes of one frame: pixels of a channel, or all inputs of a fully connected layer.
  public var largestFrame: Int {
    switch self {
    case .convolution(let layer): layer.inputPixels
    case .fullyConnected(let layer): layer.inputChannels * layer.frameSize
    }
  }

  /// Frames that one pass over the input reads: time steps x channels, or time steps.
  public var framesPerPhase: Int {
    switch self {
    case .convolution(let layer): layer.timeSteps * layer.inputChannels
    case .fullyConnected(let layer): layer.timeSteps
    }
  }

  private var parameters: [(name: String, value: Int)] {
    switch self {
    case .convolution(let layer):
      [
        ("timeSteps", layer.timeSteps), ("inputChannels", layer.inputChannels),
        ("outputChannels", layer.outputChannels), ("kernel", layer.kernel),
        ("inputPixels", layer.inputPixels), ("outputPixels", layer.outputPixels),
        ("processingElements", layer.processingElements), ("encoderWidth", layer.encoderWidth),
        ("listCapacity", layer.listCapacity),
      ]
    case .fullyConnected(let layer):
      [
        ("timeSteps", layer.timeSteps), ("inputChannels", layer.inputChannels),
        ("frameSize", layer.frameSize), ("neurons", layer.neurons),
        ("processingElements", layer.processingElements), ("encoderWidth", layer.encoderWidth),
        ("listCapacity", layer.listCapacity),
      ]
    }
  }
}
