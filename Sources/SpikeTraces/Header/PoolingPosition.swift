/// Where the max pooling of a convolutional layer stands.
public enum PoolingPosition: String, Hashable, Codable, Sendable {
  /// On the currents, so that there is one neuron a pooled pixel.
  case beforeNeuron
  /// On the spikes (an OR), so that there is one neuron a convolved pixel.
  case afterNeuron
}
