/// How a sample's values became the spikes of the network's input.
public enum InputCoding: String, Hashable, Codable, Sendable {
  /// The input is real-valued: boundary 0 holds no spikes.
  case direct
  /// Bernoulli spikes with a probability that grows with the value.
  case rate
  /// One spike, the earlier the larger the value.
  case latency
  /// Events of a sensor, or of a simulated one, binned into time steps.
  case events
}
