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
