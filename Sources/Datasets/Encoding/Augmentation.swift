import SeededRandom

/// How training samples are changed anew in every epoch, so that a network does not learn them by
/// heart; evaluation and recording never are.
public struct Augmentation: Hashable, Codable, Sendable {
  /// Moves by up to so many pixels each way, all moves alike; what comes in is 0.
  public var shift: Int
  /// Swaps left and right with probability ½.
  public var flips: Bool

  /// Creates an augmentation.
  public init(shift: Int = 0, flips: Bool = false) {
    self.shift = shift
    self.flips = flips
  }

  /// Changes nothing.
  public static let none = Augmentation()

  /// Changes pictures, all frames of a sample in the same way.
  func apply(to frames: inout Frames, seed: UInt64, epoch: Int, sample: Int) {
    guard self != .none else { return }
    var stream = RandomStream(
      seed: seed, path: RandomPurpose.augmentation.rawValue, UInt64(epoch), UInt64(sample))
    func draw(_ stream: inout RandomStream) -> Int {
      Int(stream.next().multipliedFullWidth(by: UInt64(2 * shift + 1)).high) - shift
    }
    let rows = draw(&stream)
    let columns = draw(&stream)
    frames.shift(rows: rows, columns: columns)
    if flips, stream.next() >> 63 == 1 { frames.flip() }
  }

  /// The augmentation as logs name it: `shift:2,flip`.
  public var name: String {
    [shift > 0 ? "shift:\(shift)" : nil, flips ? "flip" : nil].compactMap { $0 }
      .joined(separator: ",")
  }
}
