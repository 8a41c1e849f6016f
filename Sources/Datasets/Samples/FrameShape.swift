/// The extent of an image, or of what an event sensor sees at one time step.
public struct FrameShape: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Colours of an image, polarities of events.
  public var channels: Int
  /// Rows.
  public var height: Int
  /// Columns.
  public var width: Int

  /// Creates an extent.
  public init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Rows times columns.
  public var pixels: Int { height * width }

  /// Values of a frame.
  public var count: Int { channels * pixels }

  /// `3x32x32`.
  public var description: String { "\(channels)x\(height)x\(width)" }
}
