import Foundation

/// A file of AEDAT 2.0 from a DVS128, as CIFAR10-DVS was published.
///
/// Lines that begin with `#`, then eight bytes an event, big-endian: a 32-bit address and a 32-bit
/// time in microseconds. Address bits 8 to 14 and 1 to 7 are the two coordinates, bit 0 is set where
/// the pixel became *darker*; the sensor was mounted turned. The coordinates here are those of the
/// data set's own `dat2mat.m`, in which the pictures stand upright: column = 127 − bits 8 to 14,
/// row = 127 − bits 1 to 7.
struct AEDAT2Recording: EventRecording {
  let path: String

  func events() throws(DatasetError) -> [Event] {
    let file = try FileBytes(path: path)
    return try file.withBytes { bytes throws(DatasetError) in
      let header = AEDATHeader(bytes)
      guard header.version?.hasPrefix("2.") == true else {
        throw file.corrupt("this is not an AEDAT 2 file: its first line is not #!AER-DAT2.0")
      }
      let count = (bytes.count - header.end) / 8
      guard (bytes.count - header.end) % 8 == 0 else {
        throw file.corrupt("event \(count) is cut short")
      }
      return [Event](unsafeUninitializedCapacity: count) { events, kept in
        kept = 0
        for index in 0..<count {
          let offset = header.end + index * 8
          let address: UInt32 = bytes.big(offset)
          events.initializeElement(
            at: kept,
            to: Event(
              time: Int64(bytes.big(offset + 4, as: UInt32.self)),
              x: 127 - UInt16(address >> 8 & 0x7F), y: 127 - UInt16(address >> 1 & 0x7F),
              isOn: address & 1 == 0))
          // Bit 31 marks what is not a polarity event, synchronisation pulses for instance: the
          // next event takes its place.
          kept += address >> 31 == 0 ? 1 : 0
        }
      }
    }
  }
}

/// The lines of text before the events of AEDAT 2 and 3.
struct AEDATHeader {
  /// `2.0`, from the line `#!AER-DAT2.0`; nil if there is none.
  private(set) var version: String?
  /// Where the events begin.
  private(set) var end = 0

  /// Version 3.1 closes its header with `#!END-HEADER`; in version 2 it ends where a line does not
  /// begin with `#`.
  init(_ bytes: UnsafeRawBufferPointer) {
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") {
      guard let newline = bytes[end...].firstIndex(of: 0x0A) else { break }
      let line = String(decoding: bytes[end..<min(newline, end + 256)], as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      end = newline + 1
      if line.hasPrefix("#!AER-DAT") { version = String(line.dropFirst(9)) }
      if line == "#!END-HEADER" { break }
    }
  }
}
