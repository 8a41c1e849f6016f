/// Reads numbers from bytes, one after another; every read says whether there was one.
struct ByteCursor {
  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  /// One byte, or nil at the end.
  mutating func byte() -> UInt8? {
    guard offset < bytes.count else { return nil }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// An unsigned LEB128 number, or nil if there is none of 64 bits.
  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = byte() {
      let bits = UInt64(byte & 0x7F)
      guard shift < 63 || bits <= 1 else { return nil }
      value |= bits &<< shift
      if byte & 0x80 == 0 { return value }
      shift += 7
      guard shift < 64 else { return nil }
    }
    return nil
  }

  /// A varint that is a count or a length, at most 2^62.
  mutating func count() -> Int? {
    guard let value = varint(), value <= 1 << 62 else { return nil }
    return Int(value)
  }
}
