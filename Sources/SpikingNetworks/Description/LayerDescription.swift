/// One layer: a linear operation, an optional max pooling, and neurons.
public struct LayerDescription: Hashable, Codable, Sendable {
  /// The linear operation.
  public enum Operation: Hashable, Codable, Sendable {
    /// A square convolution with `channels` feature maps.
    case convolution(channels: Int, kernel: Int, stride: Int, padding: Int)
    /// Every input, flattened in channels-first order, to each of `neurons`.
    case fullyConnected(neurons: Int)
  }

  /// A max pooling with a square window whose stride is its side.
  public struct Pooling: Hashable, Codable, Sendable {
    /// Where the pooling stands.
    public enum Position: String, Hashable, Codable, Sendable {
      /// On the currents: one neuron a pooled pixel.
      case beforeNeuron
      /// On the spikes, where the maximum is an OR: one neuron a convolved pixel.
      case afterNeuron
    }

    /// The window's side, in pixels.
    public var size: Int
    /// Where the pooling stands.
    public var position: Position

    /// Creates a pooling.
    public init(size: Int, position: Position) {
      self.size = size
      self.position = position
    }
  }

  /// The layer's name, unique in its network; the weights are `<name>.weight` and `<name>.bias`.
  public var name: String
  /// The linear operation.
  public var operation: Operation
  /// The pooling, if any; for convolutions only.
  public var pooling: Pooling?
  /// The layer's neurons.
  public var neuron: NeuronParameters

  /// Creates a layer.
  public init(
    name: String, operation: Operation, pooling: Pooling? = nil, neuron: NeuronParameters
  ) {
    self.name = name
    self.operation = operation
    self.pooling = pooling
    self.neuron = neuron
  }
}
