import Foundation
import Synchronization

/// A file of AEDAT 3.1, as DVS128 Gesture was published: several trials in one file.
///
/// Text lines up to `#!END-HEADER`, then packets: 28 bytes, little-endian: type (16 bits; 1 is
/// polarity), source (16), event size, offset of the time in an event, overflows of the 31-bit clock,
/// capacity, number and valid number of events (32 each); then the events. A polarity event is 32
/// bits of data (bit 0 valid, bit 1 polarity, bits 2 to 16 row, bits 17 to 31 column) and 32 bits of
/// microseconds (iniVation, *AEDAT 3.1*).
final class AEDAT3File: Sendable {
  /// A packet of polarity events.
  private struct Packet {
    /// The first event's offset.
    var start: Int
    var count: Int
    var overflow: Int64
    /// Times of the first and the last event.
    var times: ClosedRange<Int64>
  }

  private static let headerSize = 28
  private static let polarityType: Int16 = 1

  let path: String
  /// Made when the first trial is asked for: opening a data set reads no event.
  private let contents = Mutex<(file: FileBytes, packets: [Packet])?>(nil)

  init(path: String) { self.path = path }

  /// The events with `start <= time < end`.
  func events(from start: Int64, to end: Int64) throws(DatasetError) -> [Event] {
    let (file, packets) = try opened()
    let chosen = packets.filter { $0.times.upperBound >= start && $0.times.lowerBound < end }
    return try file.withBytes { bytes in
      let largest = chosen.reduce(0) { $0 + $1.count }
      return [Event](unsafeUninitializedCapacity: largest) { events, kept in
        kept = 0
        for packet in chosen {
          for index in 0..<packet.count {
            let offset = packet.start + index * 8
            let data: UInt32 = bytes.little(offset)
            let time =
              packet.overflow | Int64(bytes.little(offset + 4, as: UInt32.self) & 0x7FFF_FFFF)
            events.initializeElement(
              at: kept,
              to: Event(
                time: time, x: UInt16(data >> 17), y: UInt16(data >> 2 & 0x7FFF),
                isOn: data & 2 != 0))
            // The next event takes the place of one that is invalid or of another trial.
            kept += data & 1 == 1 && time >= start && time < end ? 1 : 0
          }
        }
      }
    }
  }

  private func opened() throws(DatasetError) -> (FileBytes, [Packet]) {
    if let known = contents.withLock({ $0 }) { return known }
    // Two threads may do this at once; both find the same.
    let file = try FileBytes(path: path)
    let packets = try Self.packets(of: file)
    contents.withLock { $0 = (file, packets) }
    return (file, packets)
  }

  private static func packets(of file: FileBytes) throws(DatasetError) -> [Packet] {
    try file.withBytes { bytes throws(DatasetError) in
      let header = AEDATHeader(bytes)
      guard header.version?.hasPrefix("3.1") == true else {
        throw file.corrupt("this is not an AEDAT 3.1 file: its first line is not #!AER-DAT3.1")
      }
      var packets: [Packet] = []
      var offset = header.end
      var number = 0
      while offset < bytes.count {
        guard bytes.count - offset >= headerSize else {
          throw file.corrupt("the header of packet \(number) is cut short")
        }
        let type: Int16 = bytes.little(offset)
        let size = Int(bytes.little(offset + 4, as: Int32.self))
        let overflow = Int64(bytes.little(offset + 12, as: Int32.self))
        let capacity = Int(bytes.little(offset + 16, as: Int32.self))
        let count = Int(bytes.little(offset + 20, as: Int32.self))
        let body = offset + headerSize
        let (length, overflows) = capacity.multipliedReportingOverflow(by: size)
        guard size > 0, count >= 0, count <= capacity, overflow >= 0, !overflows else {
          throw file.corrupt(
            "packet \(number) has \(count) of \(capacity) events of \(size) bytes, which is absurd")
        }
        guard length <= bytes.count - body else {
          throw file.corrupt(
            "packet \(number) claims \(length) bytes, but \(bytes.count - body) follow")
        }
        if type == polarityType, count > 0 {
          guard size == 8 else {
            throw file.corrupt("packet \(number) has polarity events of \(size) bytes, not 8")
          }
          func time(_ index: Int) -> Int64 {
            overflow << 31
              | Int64(bytes.little(body + index * 8 + 4, as: UInt32.self) & 0x7FFF_FFFF)
          }
          let ends = (time(0), time(count - 1))
          packets.append(
            Packet(
              start: body, count: count, overflow: overflow << 31,
              times: min(ends.0, ends.1)...max(ends.0, ends.1)))
        }
        offset = body + length
        number += 1
      }
      return packets
    }
  }
}

/// One trial of a file of AEDAT 3.1.
struct AEDAT3Trial: EventRecording {
  let file: AEDAT3File
  let start: Int64
  let end: Int64

  var path: String { file.path }

  func events() throws(DatasetError) -> [Event] { try file.events(from: start, to: end) }
}
