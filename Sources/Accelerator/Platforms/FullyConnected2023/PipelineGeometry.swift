/// A pipeline of fully connected layers: what the network asks of it and what the designer gives it.
///
/// The published simulator has three layers; here there are one or more.
public struct PipelineGeometry: Hashable, Sendable {
  /// Inputs of the first layer.
  public var inputs: Int
  /// Neurons of each layer.
  public var neurons: [Int]
  /// Logical neurons that share one hardware unit, a layer each (LHR, the papers'
  /// logical-to-hardware ratio).
  public var logicalToHardwareRatios: [Int]
  /// Time steps (T).
  public var timeSteps: Int

  /// Creates a geometry; see ``validate()`` for what is allowed.
  public init(inputs: Int, neurons: [Int], logicalToHardwareRatios: [Int], timeSteps: Int) {
    self.inputs = inputs
    self.neurons = neurons
    self.logicalToHardwareRatios = logicalToHardwareRatios
    self.timeSteps = timeSteps
  }

  /// Layers of the pipeline.
  public var layers: Int { neurons.count }

  /// The most spikes that can enter a layer in a time step; for the layer after the last one, that
  /// can leave the pipeline.
  ///
  /// - Parameter layer: the layer, from 0.
  /// - Returns: the inputs, or the neurons of the layer before.
  public func largestFrame(of layer: Int) -> Int { layer == 0 ? inputs : neurons[layer - 1] }

  /// Cycles in which the units of a layer serve their neurons for one spike.
  ///
  /// Four cycles a neuron, but the simulator's wait function takes eight bits: from a ratio of 64 on,
  /// the number wraps and the units do not finish.
  ///
  /// - Parameters:
  ///   - layer: the layer, from 0.
  ///   - wraps: whether the wait function takes eight bits only.
  /// - Returns: 4 x LHR, modulo 256 if it wraps.
  public func waitCycles(of layer: Int, wraps: Bool = true) -> UInt64 {
    UInt64(4 * logicalToHardwareRatios[layer]) % (wraps ? 256 : .max)
  }

  /// Hardware units of a layer: ceil(neurons / LHR).
  ///
  /// - Parameter layer: the layer, from 0.
  /// - Returns: the units.
  public func units(of layer: Int) -> Int {
    ceilingDivision(neurons[layer], logicalToHardwareRatios[layer])
  }

  /// Layers are processes, and a thousand of them are far more than anyone builds.
  static let largestLayerCount = 1000
  /// The most steps of all layers together: their arrivals are kept.
  static let largestStepCount = 1 << 22

  /// Checks every parameter for what no hardware can have.
  ///
  /// - Throws: ``ConfigurationError`` that names the parameter.
  public func validate() throws(ConfigurationError) {
    guard 1...Self.largestLayerCount ~= neurons.count else {
      throw ConfigurationError(
        parameter: "neurons",
        message: "neurons lists \(neurons.count) layers; it must list 1 to "
          + "\(Self.largestLayerCount)")
    }
    guard logicalToHardwareRatios.count == neurons.count else {
      throw ConfigurationError(
        parameter: "lhr",
        message: "lhr lists \(logicalToHardwareRatios.count) ratios for \(neurons.count) layers; "
          + "give one a layer")
    }
    var parameters = [("inputs", inputs), ("timeSteps", timeSteps)]
    parameters += neurons.enumerated().map { ("neurons[\($0)]", $1) }
    parameters += logicalToHardwareRatios.enumerated().map { ("lhr[\($0)]", $1) }
    for (name, value) in parameters {
      guard 1...LayerGeometry.largestParameter ~= value else {
        throw ConfigurationError(
          parameter: name,
          message: "\(name) is \(value); it must be from 1 to \(LayerGeometry.largestParameter)")
      }
    }
    guard timeSteps * neurons.count <= Self.largestStepCount else {
      throw ConfigurationError(
        parameter: "timeSteps",
        message: "time steps x layers is \(timeSteps * neurons.count); it must be at most "
          + "\(Self.largestStepCount)")
    }
  }
}
