import CSpikeKernels

/// The address list of the spikes in a sequence of words: a byte per spike, the silence before it.
///
/// A byte 0...251 is that many silent positions and then a spike; 252, 253, 254 and 255 are 252,
/// 4032, 64512 and 1032192 silent positions and no spike, and precede a spike whose silence is
/// longer than 251. What follows the last spike is silent. At the densities of spiking networks
/// nearly every spike is one byte, whose distribution zstd's Huffman stage codes within 2 % of the
/// entropy; and a decoder has no variable-length numbers to take apart.
package enum GapCode {
  /// The first byte that stands for silence alone.
  static let firstSkip = 252

  /// Bytes to have ready for encoding `spikes` spikes within `words` words.
  ///
  /// Silences are disjoint and none is shorter than 252 positions.
  package static func bound(spikes: Int, words: Int) -> Int {
    spikes + words * 64 / firstSkip + slack
  }

  /// The encoders write up to so many bytes ahead of what counts.
  static let slack = 64

  /// Whether the processor can do what ``encode(_:silence:dense:vectorised:into:)`` needs.
  package static let isVectorised = lockstep_can_encode_gaps()

  /// Whether the processor can do what ``decode(_:into:portably:)`` needs by default.
  package static let decodesNatively = lockstep_can_decode_gaps()

  /// Encodes the spikes of some words.
  ///
  /// - Parameters:
  ///   - words: the words; position p is bit p % 64 of word p / 64.
  ///   - silence: the silent positions since the last spike, before and after.
  ///   - dense: whether words have about three spikes or more: chooses the faster scalar loop.
  ///   - vectorised: whether to use vector instructions; the bytes are the same.
  ///   - output: room for ``bound(spikes:words:)`` bytes.
  /// - Returns: the bytes written.
  package static func encode(
    _ words: UnsafeBufferPointer<UInt64>, silence: inout Int, dense: Bool,
    vectorised: Bool = isVectorised, into output: UnsafeMutablePointer<UInt8>
  ) -> Int {
    if vectorised {
      return lockstep_encode_gaps(words.baseAddress, words.count, &silence, output)
    } else if dense {
      return encode(words, silence: &silence, unconditional: 7, into: output)
    } else {
      return encode(words, silence: &silence, unconditional: 3, into: output)
    }
  }

  /// Writes the first `unconditional` gaps of a word whether they exist or not: the branch that is
  /// saved would be mispredicted for every other word.
  @inline(__always)
  private static func encode(
    _ words: UnsafeBufferPointer<UInt64>, silence: inout Int, unconditional: Int,
    into output: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let top = UInt64(1) << 63
    var next = output
    var silent = silence
    for word in words {
      if word == 0 {
        silent &+= 64
        continue
      }
      var bit = word.trailingZeroBitCount
      silent &+= bit
      if silent >= firstSkip { appendSkips(&silent, &next) }
      next[0] = UInt8(truncatingIfNeeded: silent)
      var rest = word & (word &- 1)
      @inline(__always) func appendGap(_ index: Int) {
        // The bit that is put in keeps a word without spikes from needing a branch of its own.
        let following = (rest | top).trailingZeroBitCount
        next[index] = UInt8(truncatingIfNeeded: following &- bit &- 1)
        bit = following
        rest &= rest &- 1
      }
      let count = word.nonzeroBitCount
      appendGap(1)
      appendGap(2)
      if unconditional > 3 {
        appendGap(3)
        appendGap(4)
        appendGap(5)
        appendGap(6)
      }
      var index = unconditional
      while index < count {
        appendGap(index)
        index &+= 1
      }
      next += count
      silent = word.leadingZeroBitCount
    }
    silence = silent
    return next - output
  }

  private static func appendSkips(
    _ silence: inout Int, _ next: inout UnsafeMutablePointer<UInt8>
  ) {
    for kind in stride(from: 3, through: 0, by: -1) {
      let length = firstSkip &<< (4 &* kind)
      while silence >= length {
        next.pointee = UInt8(truncatingIfNeeded: firstSkip &+ kind)
        next += 1
        silence &-= length
      }
    }
  }

  /// Sets the bits of the spikes in words that are all zero.
  ///
  /// - Parameters:
  ///   - gaps: the code.
  ///   - words: the words.
  ///   - portably: whether to do without the processor's special instructions.
  /// - Returns: the spikes, or nil if they do not fit the words.
  package static func decode(
    _ gaps: UnsafeRawBufferPointer, into words: UnsafeMutableBufferPointer<UInt64>,
    portably: Bool = !decodesNatively
  ) -> Int? {
    guard let target = words.baseAddress else { return gaps.isEmpty ? 0 : nil }
    if !portably {
      let spikes = lockstep_decode_gaps(gaps.baseAddress, gaps.count, target, words.count)
      return spikes < 0 ? nil : spikes
    }
    let end = words.count &* 64
    var position = -1
    var spikes = 0
    var index = 0
    // Eight bytes at a time where none is a silence and none can leave the words.
    while index &+ 8 <= gaps.count {
      let eight = gaps.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if hasSkip(eight) || position &+ 8 &* firstSkip >= end {
        for offset in index..<index &+ 8 {
          guard decodeByte(gaps[offset], &position, &spikes, end, target) else { return nil }
        }
      } else {
        @inline(__always) func setBit(_ shift: UInt64) {
          position &+= Int(truncatingIfNeeded: (eight &>> shift) & 255) &+ 1
          target[position >> 6] |= UInt64(1) &<< UInt64(truncatingIfNeeded: position)
        }
        setBit(0)
        setBit(8)
        setBit(16)
        setBit(24)
        setBit(32)
        setBit(40)
        setBit(48)
        setBit(56)
        spikes &+= 8
      }
      index &+= 8
    }
    while index < gaps.count {
      guard decodeByte(gaps[index], &position, &spikes, end, target) else { return nil }
      index &+= 1
    }
    return spikes
  }

  @inline(__always)
  private static func decodeByte(
    _ byte: UInt8, _ position: inout Int, _ spikes: inout Int, _ end: Int,
    _ target: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    let value = Int(byte)
    if value < firstSkip {
      position &+= value &+ 1
      guard position < end else { return false }
      target[position >> 6] |= UInt64(1) &<< UInt64(truncatingIfNeeded: position)
      spikes &+= 1
    } else {
      position &+= firstSkip &<< ((value &- firstSkip) &* 4)
      guard position < end else { return false }
    }
    return true
  }

  /// Whether any of eight bytes has its top six bits set, that is, is 252 or more.
  @inline(__always)
  private static func hasSkip(_ eight: UInt64) -> Bool {
    let topTwo = eight & (eight &<< 1)
    let topFour = topTwo & (topTwo &<< 2)
    let topSix = topFour & (topTwo &<< 4)
    return topSix & 0x8080_8080_8080_8080 != 0
  }
}
