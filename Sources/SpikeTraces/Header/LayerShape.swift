/// The extent of one layer boundary: channels x height x width.
///
/// A fully connected boundary of `n` neurons is `n` x 1 x 1. A neuron's index is
/// `(channel * height + row) * width + column`, the row-major order of PyTorch's CHW tensors.
public struct LayerShape: Hashable, Codable, Sendable {
  /// Feature maps, or neurons of a fully connected layer.
  public let channels: Int
  /// Rows of one feature map.
  public let height: Int
  /// Columns of one feature map.
  public let width: Int

  /// Creates a shape.
  public init(channels: Int, height: Int = 1, width: Int = 1) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Neurons of one channel.
  public var pixels: Int { height * width }

  /// Neurons in all.
  public var neurons: Int { channels * pixels }
}

extension LayerShape: CustomStringConvertible {
  /// The shape as people write it: `32x15x15`.
  public var description: String { "\(channels)x\(height)x\(width)" }
}
