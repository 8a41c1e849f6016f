/// A pixel of an event sensor that became brighter or darker.
public struct Event: Hashable, Sendable {
  /// When, in microseconds; data sets count from different beginnings.
  public var time: Int64
  /// The column, from the left.
  public var x: UInt16
  /// The row, from the top.
  public var y: UInt16
  /// Brighter (ON), else darker (OFF).
  public var isOn: Bool

  /// Creates an event.
  public init(time: Int64, x: UInt16, y: UInt16, isOn: Bool) {
    self.time = time
    self.x = x
    self.y = y
    self.isOn = isOn
  }
}
