/// A file of N-MNIST or N-Caltech101.
///
/// Five bytes an event: column, row, then 24 bits, big-endian: the polarity and 23 bits of
/// microseconds. An event in row 240 says that the clock has wrapped: 2^13 microseconds are added to
/// it and to all that follow (Orchard et al., 2015; as `tonic.io.read_mnist_file` reads it).
struct NMNISTRecording: EventRecording {
  let path: String

  func events() throws(DatasetError) -> [Event] {
    let file = try FileBytes(path: path)
    guard file.count % 5 == 0 else {
      throw file.corrupt(
        "\(file.count) bytes are not a whole number of events of 5: event \(file.count / 5) is cut"
          + " short")
    }
    return try file.withBytes { bytes in
      var events: [Event] = []
      events.reserveCapacity(bytes.count / 5)
      var wrapped: Int64 = 0
      for offset in stride(from: 0, to: bytes.count, by: 5) {
        guard bytes[offset + 1] != 240 else {
          wrapped += 1 << 13
          continue
        }
        let time =
          Int64(bytes[offset + 2] & 0x7F) << 16 | Int64(bytes[offset + 3]) << 8
          | Int64(bytes[offset + 4])
        events.append(
          Event(
            time: time + wrapped, x: UInt16(bytes[offset]), y: UInt16(bytes[offset + 1]),
            isOn: bytes[offset + 2] & 0x80 != 0))
      }
      return events
    }
  }
}
