/// The bytes of a protocol buffer message while it is being written.
///
/// The few parts of the encoding that a trace needs (https://protobuf.dev/programming-guides/encoding):
/// variable-length numbers, 64-bit numbers, texts, nested messages.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  private enum WireType: UInt64 {
    case variable = 0
    case fixed64 = 1
    case lengthDelimited = 2
  }

  /// Makes room.
  mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

  /// A field of type uint32, uint64, int64, bool or an enumeration.
  mutating func number(_ field: UInt64, _ value: UInt64) {
    tag(field, .variable)
    append(value)
  }

  /// A field of type fixed64.
  mutating func fixed(_ field: UInt64, _ value: UInt64) {
    tag(field, .fixed64)
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// A field of type double.
  mutating func double(_ field: UInt64, _ value: Double) { fixed(field, value.bitPattern) }

  /// A field of type string.
  mutating func text(_ field: UInt64, _ value: String) {
    tag(field, .lengthDelimited)
    append(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  /// A field that is a message.
  mutating func message(_ field: UInt64, _ write: (inout ProtobufMessage) -> Void) {
    tag(field, .lengthDelimited)
    // Nearly every message is shorter than 128 bytes, so its length takes one byte.
    let place = bytes.count
    bytes.append(0)
    write(&self)
    let length = bytes.count - place - 1
    if length < 0x80 {
      bytes[place] = UInt8(length)
    } else {
      bytes.replaceSubrange(place...place, with: Self.variable(UInt64(length)))
    }
  }

  private mutating func tag(_ field: UInt64, _ type: WireType) {
    append(field << 3 | type.rawValue)
  }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  private static func variable(_ value: UInt64) -> [UInt8] {
    var message = ProtobufMessage()
    message.append(value)
    return message.bytes
  }
}
