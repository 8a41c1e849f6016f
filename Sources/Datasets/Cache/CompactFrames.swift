/// Frames in the smallest of three forms that gives every value back to the last bit.
///
/// Events are bits, their counts are bytes; what interpolation or a very bright pixel has made of
/// them stays floats.
struct CompactFrames: Sendable {
  private enum Content {
    /// 0 and 1, value i in bit i % 64 of word i / 64.
    case bits([UInt64])
    /// Whole numbers from 0 to 255.
    case bytes([UInt8])
    case floats([Float])
  }

  private let shape: FrameShape
  private let count: Int
  private let content: Content

  init(_ frames: Frames) {
    shape = frames.shape
    count = frames.values.count
    content = frames.values.withUnsafeBufferPointer { values in
      // Compared as bits: a negative zero is not the zero that comes back.
      if values.allSatisfy({ $0.bitPattern == 0 || $0.bitPattern == Float(1).bitPattern }) {
        return .bits(Self.packed(values))
      }
      let areBytes = values.allSatisfy { value in
        value >= 0 && value <= 255 && Float(UInt8(value)).bitPattern == value.bitPattern
      }
      return areBytes ? .bytes(values.map { UInt8($0) }) : .floats(frames.values)
    }
  }

  /// Bytes of memory that the values take.
  var size: Int {
    switch content {
    case .bits(let words): words.count * 8
    case .bytes(let bytes): bytes.count
    case .floats(let values): values.count * 4
    }
  }

  /// The frames as they were.
  var frames: Frames {
    switch content {
    case .bits(let words): Frames(shape: shape, values: Self.unpacked(words, count: count))
    case .bytes(let bytes): Frames(shape: shape, values: bytes.map { Float($0) })
    case .floats(let values): Frames(shape: shape, values: values)
    }
  }

  private static func packed(_ values: UnsafeBufferPointer<Float>) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (values.count + 63) / 64)
    for index in values.indices where values[index] != 0 {
      words[index >> 6] |= 1 << UInt64(index & 63)
    }
    return words
  }

  private static func unpacked(_ words: [UInt64], count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { values, initialized in
      for (place, word) in words.enumerated() {
        let first = place * 64
        for bit in 0..<min(64, count - first) {
          values.initializeElement(
            at: first &+ bit, to: Float(UInt8(truncatingIfNeeded: word &>> UInt64(bit) & 1)))
        }
      }
      initialized = count
    }
  }
}
