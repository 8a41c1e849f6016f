/// The extent of a layer's input or output: channels x height x width.
///
/// Neurons are counted `(channel * height + row) * width + column`, PyTorch's order; a fully
/// connected layer of n neurons is n x 1 x 1.
public struct FeatureShape: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Feature maps, or neurons of a fully connected layer.
  public var channels: Int
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int

  /// Creates a shape.
  public init(channels: Int, height: Int = 1, width: Int = 1) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Neurons of one channel.
  public var pixels: Int { height * width }

  /// Neurons in all.
  public var count: Int { channels * pixels }

  /// The shape as people write it: `16x6x6`.
  public var description: String { "\(channels)x\(height)x\(width)" }
}
