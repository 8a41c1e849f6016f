/// Everything a replay needs and a person asks of a trace, written once at its head.
///
/// A network of L layers has L + 1 boundaries: boundary 0 is the network's input, boundary k + 1 is
/// what layer k hands to the layer after it (after its pooling, where it has one).
public struct TraceHeader: Hashable, Codable, Sendable {
  /// The network's name, for people: `digits-demo`.
  public var networkName: String
  /// Simulated time steps of every sample (T).
  public var timeSteps: Int
  /// How the input became spikes.
  public var coding: InputCoding
  /// The network's input: channels x height x width.
  public var input: LayerShape
  /// The layers, from the input to the output.
  public var layers: [TracedLayer]
  /// Which data the samples come from.
  public var dataSet: DataSetDescription
  /// How the network was trained, by name: optimiser, learning rate, epochs, surrogate and so on.
  public var hyperparameters: [String: String]
  /// The seed from which the recording's random numbers derive.
  public var seed: UInt64
  /// The version of the software that wrote the trace.
  public var softwareVersion: String

  /// Creates a header.
  public init(
    networkName: String, timeSteps: Int, coding: InputCoding, input: LayerShape,
    layers: [TracedLayer], dataSet: DataSetDescription, hyperparameters: [String: String] = [:],
    seed: UInt64 = 0, softwareVersion: String = SoftwareVersion.current
  ) {
    self.networkName = networkName
    self.timeSteps = timeSteps
    self.coding = coding
    self.input = input
    self.layers = layers
    self.dataSet = dataSet
    self.hyperparameters = hyperparameters
    self.seed = seed
    self.softwareVersion = softwareVersion
  }

  /// The shapes of all layer boundaries, the input's first: `layers.count + 1` of them.
  public var boundaries: [LayerShape] { [input] + layers.map(\.output) }
}

/// How a sample's values became the spikes of the network's input.
public enum InputCoding: String, Hashable, Codable, Sendable {
  /// The input is real-valued and repeated every step: boundary 0 holds no spikes.
  case direct
  /// Bernoulli spikes with a probability that grows with the value.
  case rate
  /// One spike, the earlier the larger the value.
  case latency
  /// Events of a sensor, or of a simulated one, binned into time steps.
  case events
}

/// Which samples of which data set a trace holds.
public struct DataSetDescription: Hashable, Codable, Sendable {
  /// The data set's name: `digits`.
  public var name: String
  /// The part of it: `train` or `test`.
  public var split: String
  /// Number of classes.
  public var classes: Int

  /// Creates a description.
  public init(name: String, split: String, classes: Int) {
    self.name = name
    self.split = split
    self.classes = classes
  }
}

/// One layer of the network whose spikes were recorded.
public struct TracedLayer: Hashable, Codable, Sendable {
  /// The layer's name, unique in its network: `conv1`.
  public var name: String
  /// What the layer computes.
  public var operation: LayerOperation
  /// Its neurons.
  public var neuron: NeuronDescription
  /// What it hands to the next layer, after pooling.
  public var output: LayerShape

  /// Creates a layer.
  public init(
    name: String, operation: LayerOperation, neuron: NeuronDescription, output: LayerShape
  ) {
    self.name = name
    self.operation = operation
    self.neuron = neuron
    self.output = output
  }
}

/// The operation of a layer, as far as hardware timing and readers of a trace care.
public enum LayerOperation: Hashable, Codable, Sendable {
  /// A square convolution. `convolved` is the shape of its neurons before pooling; `pooling` is the
  /// side of the square pooling window (1: none).
  case convolution(
    kernel: Int, stride: Int, padding: Int, convolved: LayerShape, pooling: Int,
    poolingPosition: PoolingPosition)
  /// Every input to every neuron.
  case fullyConnected
}

/// Where the max pooling of a convolutional layer stands.
public enum PoolingPosition: String, Hashable, Codable, Sendable {
  /// On the currents, so that there is one neuron a pooled pixel.
  case beforeNeuron
  /// On the spikes (an OR), so that there is one neuron a convolved pixel.
  case afterNeuron
}

/// A neuron model and its parameters.
public struct NeuronDescription: Hashable, Codable, Sendable {
  /// The model: `leaky`, `lapicque`, `synaptic`.
  public var model: String
  /// Decay of the membrane per time step (beta), 0...1.
  public var beta: Float
  /// Firing threshold (theta).
  public var threshold: Float
  /// What a spike does to the membrane: `subtract`, `zero`, `none`.
  public var reset: String

  /// Creates a description.
  public init(model: String, beta: Float, threshold: Float, reset: String) {
    self.model = model
    self.beta = beta
    self.threshold = threshold
    self.reset = reset
  }
}
