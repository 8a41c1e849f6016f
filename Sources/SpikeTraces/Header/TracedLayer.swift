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
