/// A file of AEDAT 4, as iniVation's DV writes it: the event stream with the smallest number.
///
/// The line `#!AER-DAT4.0`, a size-prefixed FlatBuffer (compression, position of the table at the
/// end, description of the streams), then packets: 32 bits of stream, 32 bits of size, and so many
/// bytes, which are plain or a frame of LZ4 or Zstandard. Inflated, a packet of events is a
/// size-prefixed FlatBuffer `EVTS` with one vector of 16-byte events: 64 bits of microseconds, 16 of
/// column, 16 of row, 8 of polarity (iniVation, *AEDAT 4.0*). Frames, inertial measurements and
/// triggers are passed over.
struct AEDAT4Recording: EventRecording {
  private static let magic = Array("#!AER-DAT4.0\r\n".utf8)
  private static let eventSize = 16

  let path: String

  /// How the packets of a file are compressed.
  private enum Compression: Int32 {
    case none = 0
    case lz4 = 1
    case highLZ4 = 2
    case zstandard = 3
    case highZstandard = 4
  }

  func events() throws(DatasetError) -> [Event] {
    let file = try FileBytes(path: path)
    return try file.withBytes { bytes throws(DatasetError) in
      let (compression, packets) = try header(bytes, file)
      var events: [Event] = []
      var stream: Int32?
      var offset = packets.lowerBound
      var number = 0
      while offset < packets.upperBound {
        guard packets.upperBound - offset >= 8 else {
          throw file.corrupt("the header of packet \(number) is cut short")
        }
        let packetStream: Int32 = bytes.little(offset)
        let size = Int(bytes.little(offset + 4, as: Int32.self))
        guard size >= 0, size <= packets.upperBound - offset - 8 else {
          throw file.corrupt(
            "packet \(number) claims \(size) bytes, but \(packets.upperBound - offset - 8) follow")
        }
        let body = UnsafeRawBufferPointer(rebasing: bytes[(offset + 8)..<(offset + 8 + size)])
        // Packets of another stream of events are not mixed in.
        if stream == nil || stream == packetStream {
          let isEvents =
            switch compression {
            case .none: try append(body, to: &events, number, file)
            case .lz4, .highLZ4:
              try append(FrameInflation.lz4(body), to: &events, number, file)
            case .zstandard, .highZstandard:
              try append(FrameInflation.zstandard(body), to: &events, number, file)
            }
          if isEvents { stream = packetStream }
        }
        offset += 8 + size
        number += 1
      }
      return events
    }
  }

  private func header(
    _ bytes: UnsafeRawBufferPointer, _ file: FileBytes
  ) throws(DatasetError) -> (Compression, Range<Int>) {
    let start = Self.magic.count
    guard bytes.count >= start + 12, bytes.prefix(start).elementsEqual(Self.magic) else {
      throw file.corrupt("this is not an AEDAT 4 file: its first line is not #!AER-DAT4.0")
    }
    let size = Int(bytes.little(start, as: UInt32.self))
    guard size <= bytes.count - start - 4,
      let table = FlatTable(
        sizePrefixed: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + 4 + size)]))
    else {
      throw file.corrupt("the header claims \(size) bytes and is damaged or cut short")
    }
    let code = table.integer(0, as: Int32.self) ?? 0
    guard let compression = Compression(rawValue: code) else {
      throw file.corrupt("the packets are compressed in a way that is not known (\(code))")
    }
    let first = start + 4 + size
    let end = table.integer(1, as: Int64.self).flatMap { $0 < 0 ? nil : Int($0) } ?? bytes.count
    guard end >= first, end <= bytes.count else {
      throw file.corrupt("the packets are said to end at byte \(end) of \(bytes.count)")
    }
    return (compression, first..<end)
  }

  private func append(
    _ inflated: [UInt8]?, to events: inout [Event], _ number: Int, _ file: FileBytes
  ) throws(DatasetError) -> Bool {
    guard let inflated else { throw file.corrupt("packet \(number) cannot be inflated") }
    var isEvents = false
    var failure: DatasetError?
    inflated.withUnsafeBytes { body in
      do throws(DatasetError) {
        isEvents = try append(body, to: &events, number, file)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return isEvents
  }

  /// Adds the events of a packet.
  ///
  /// - Returns: whether it is a packet of events.
  private func append(
    _ body: UnsafeRawBufferPointer, to events: inout [Event], _ number: Int, _ file: FileBytes
  ) throws(DatasetError) -> Bool {
    guard body.count >= 12, body[8..<12].elementsEqual("EVTS".utf8) else { return false }
    guard let table = FlatTable(sizePrefixed: body) else {
      throw file.corrupt("the offsets of packet \(number) lead outside it")
    }
    // An empty packet may leave its vector out.
    guard let vector = table.vector(0, elementSize: Self.eventSize) else {
      guard body.count < 64 else {
        throw file.corrupt("the events of packet \(number) lie outside it")
      }
      return true
    }
    for offset in stride(from: 0, to: vector.count, by: Self.eventSize) {
      let x: Int16 = vector.little(offset + 8)
      let y: Int16 = vector.little(offset + 10)
      let time: Int64 = vector.little(offset)
      // Beyond any clock, and so far apart that a duration would not be a number any more.
      guard x >= 0, y >= 0, (-(1 << 61)...(1 << 61)).contains(time) else {
        throw file.corrupt(
          "event \(offset / Self.eventSize) of packet \(number) is at column \(x), row \(y), time"
            + " \(time)")
      }
      events.append(
        Event(
          time: time, x: UInt16(x), y: UInt16(y),
          isOn: vector[offset + 12] != 0))
    }
    return true
  }
}
