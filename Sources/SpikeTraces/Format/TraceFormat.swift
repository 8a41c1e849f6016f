/// The constants of the format; `docs/TraceFormat.md` describes it byte by byte.
package enum TraceFormat {
  /// The version this software writes, and the only one it reads.
  package static let version: UInt32 = 1
  /// What the first frame says, before the version.
  static let signature = Array("lockstep-spikes\n".utf8)
  /// The magic number of the skippable frame that opens a trace.
  static let openingMagic: UInt32 = 0x184D_2A50
  /// The magic number of the skippable frame that closes a trace.
  static let closingMagic: UInt32 = 0x184D_2A5E
  /// The last bytes of a whole trace.
  static let endMark = Array("lockstep-the-end".utf8)
  /// Bytes of the opening frame: magic, length, signature, version.
  static let openingLength = 8 + 16 + 4
  /// Bytes after the index in the closing frame: the closing frame's offset, the end mark.
  static let footerLength = 8 + 16
  /// The kind of record that holds a sample; the only one so far.
  static let sampleRecord: UInt8 = 1
  /// The most bytes that the header may have.
  static let headerLimit = 16 << 20
  /// The most bytes that a varint may have.
  static let varintLimit = 10

  /// The opening frame.
  static var opening: [UInt8] {
    littleEndian(openingMagic) + littleEndian(UInt32(signature.count + 4)) + signature
      + littleEndian(version)
  }

  /// The bytes of a number, lowest first.
  static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
