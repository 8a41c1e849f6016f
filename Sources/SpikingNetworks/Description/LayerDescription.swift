/// One layer: a linear operation, optionally a batch normalisation and a pooling, neurons, and
/// optionally a dropout of what they emit.
public struct LayerDescription: Hashable, Codable, Sendable {
  /// The linear operation.
  public enum Operation: Hashable, Codable, Sendable {
    /// A square convolution with `channels` feature maps.
    case convolution(channels: Int, kernel: Int, stride: Int, padding: Int)
    /// Every input, flattened in channels-first order, to each of `neurons`.
    case fullyConnected(neurons: Int)
  }

  /// A pooling with a square window whose stride is its side.
  public struct Pooling: Hashable, Codable, Sendable {
    /// What stands for a window.
    public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
      /// Its largest value.
      case maximum
      /// The mean of its values.
      case average
    }

    /// Where the pooling stands.
    public enum Position: String, Hashable, Codable, Sendable {
      /// On the currents: one neuron a pooled pixel.
      case beforeNeuron
      /// On the spikes, where the maximum is an OR: one neuron a convolved pixel. The average of
      /// spikes is a number that neither traces nor the hardware can hold.
      case afterNeuron
    }

    /// The window's side, in pixels.
    public var size: Int
    /// Where the pooling stands.
    public var position: Position
    /// What stands for a window.
    public var kind: Kind

    /// Creates a pooling.
    public init(size: Int, position: Position, kind: Kind = .maximum) {
      self.size = size
      self.position = position
      self.kind = kind
    }

    /// Reads a pooling; older files know only the maximum.
    public init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        size: try values.decode(Int.self, forKey: .size),
        position: try values.decode(Position.self, forKey: .position),
        kind: try values.decodeIfPresent(Kind.self, forKey: .kind) ?? .maximum)
    }
  }

  /// A batch normalisation of the currents, before any pooling, as PyTorch defines it.
  ///
  /// While the network learns, a channel's mean and variance are those of the batch over samples,
  /// steps and pixels together (Zheng et al., *Going deeper with directly-trained larger spiking
  /// neural networks*, AAAI 2021, without its threshold factor); else they are the running ones.
  public struct BatchNormalisation: Hashable, Codable, Sendable {
    /// Added to the variance.
    public var epsilon: Float
    /// The part of a batch in the running mean and variance.
    public var momentum: Float

    /// Creates a normalisation; the defaults are PyTorch's.
    public init(epsilon: Float = 1e-5, momentum: Float = 0.1) {
      self.epsilon = epsilon
      self.momentum = momentum
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
  /// The batch normalisation, if any.
  public var normalisation: BatchNormalisation?
  /// The part of the layer's output that is set to zero while the network learns; 0 for none.
  ///
  /// It is chosen anew at every step; the rest grows so that the mean stays (PyTorch's `Dropout`).
  public var dropout: Float

  /// Creates a layer.
  public init(
    name: String, operation: Operation, pooling: Pooling? = nil, neuron: NeuronParameters,
    normalisation: BatchNormalisation? = nil, dropout: Float = 0
  ) {
    self.name = name
    self.operation = operation
    self.pooling = pooling
    self.neuron = neuron
    self.normalisation = normalisation
    self.dropout = dropout
  }

  /// Reads a layer; what older files do not have takes its default.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      name: try values.decode(String.self, forKey: .name),
      operation: try values.decode(Operation.self, forKey: .operation),
      pooling: try values.decodeIfPresent(Pooling.self, forKey: .pooling),
      neuron: try values.decode(NeuronParameters.self, forKey: .neuron),
      normalisation: try values.decodeIfPresent(BatchNormalisation.self, forKey: .normalisation),
      dropout: try values.decodeIfPresent(Float.self, forKey: .dropout) ?? 0)
  }
}
