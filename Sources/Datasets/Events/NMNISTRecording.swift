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
      let count = bytes.count / 5
      return [Event](unsafeUninitializedCapacity: count) { events, kept in
        kept = 0
        var wrapped: Int64 = 0
        for offset in stride(from: 0, to: count * 5, by: 5) {
          let (column, row) = (bytes[offset], bytes[offset + 1])
          guard row != 240 else {
            wrapped += 1 << 13
            continue
          }
          let high = bytes[offset + 2]
          let low: UInt16 = bytes.big(offset + 3)
          events.initializeElement(
            at: kept,
            to: Event(
              time: (Int64(high & 0x7F) << 16 | Int64(low)) + wrapped, x: UInt16(column),
              y: UInt16(row), isOn: high & 0x80 != 0))
          kept += 1
        }
      }
    }
  }
}
