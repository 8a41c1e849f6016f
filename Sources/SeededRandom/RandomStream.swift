/// A reproducible stream of random numbers, addressed by a seed and a path.
///
/// Two streams with different paths are independent, so that a sample's spikes or a layer's weights
/// depend on what they are *for* and never on the order in which threads asked for them:
///
/// ```swift
/// var stream = RandomStream(seed: 1, path: RandomPurpose.encoding.rawValue, epoch, sample)
/// let spike = stream.nextUnit() < 0.3
/// ```
///
/// The generator is SplitMix64 (Steele, Lea, Flood: *Fast splittable pseudorandom number
/// generators*, OOPSLA 2014). It is not meant for cryptography.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  private var state: UInt64

  /// Creates the stream of a seed and a path.
  ///
  /// - Parameters:
  ///   - seed: what the user chose.
  ///   - path: what the numbers are for, from the general to the particular.
  public init(seed: UInt64, path: UInt64...) {
    var state = Self.mixed(seed &+ Self.increment)
    for step in path {
      state = Self.mixed((state ^ Self.mixed(step &+ Self.increment)) &+ Self.increment)
    }
    self.state = state
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// A number in 0 ..< 1 with 24 random bits, all that a `Float` can hold.
  public mutating func nextUnit() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// Puts an array in random order (Fisher and Yates).
  ///
  /// The standard library's shuffle may change between Swift versions; this one is part of what
  /// makes a run repeatable.
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      let wide = next().multipliedFullWidth(by: UInt64(last) + 1)
      elements.swapAt(last, Int(wide.high))
    }
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
