/// A `.npy` file with a row of four numbers for every event: column, row, polarity, time.
///
/// Tonic distributes DVS128 Gesture in this form, with the time in milliseconds.
struct NumPyRecording: EventRecording {
  let path: String
  /// Microseconds of a unit of time.
  let timeUnit: Double

  func events() throws(DatasetError) -> [Event] {
    let file = try FileBytes(path: path)
    return try file.withBytes { bytes throws(DatasetError) in
      let array = try NumPyArray(bytes, file)
      guard array.shape.count == 2, array.shape[1] == 4 else {
        throw file.corrupt("the array has the shape \(array.shape), not (events, 4)")
      }
      var fault: (row: Int, values: SIMD4<Double>)?
      let events = [Event](unsafeUninitializedCapacity: array.shape[0]) { events, count in
        count = 0
        array.forEachRowOfFour(bytes) { row, values in
          guard fault == nil, Self.isEvent(values, timeUnit: timeUnit) else {
            fault = fault ?? (row, values)
            return
          }
          let time = values[3] * timeUnit
          // Rounded down; the library's function for that takes longer than all the rest.
          let whole = Int64(time)
          events.initializeElement(
            at: row,
            to: Event(
              time: Double(whole) > time ? whole - 1 : whole, x: UInt16(values[0]),
              y: UInt16(values[1]), isOn: values[2] == 1))
          count += 1
        }
      }
      if let fault { throw complaint(fault.row, fault.values, file) }
      return events
    }
  }

  /// Whether a row is a column, a row, a polarity and a time; a NaN fails every comparison.
  @inline(__always)
  private static func isEvent(_ values: SIMD4<Double>, timeUnit: Double) -> Bool {
    let (x, y, polarity) = (values[0], values[1], values[2])
    // The product is 0 for 0 and 1 alone, and spares a branch that would go either way at random.
    return x >= 0 && x <= 65535 && y >= 0 && y <= 65535 && polarity * (polarity - 1) == 0
      && abs(values[3] * timeUnit) <= 0x1p61
  }

  private func complaint(
    _ row: Int, _ values: SIMD4<Double>, _ file: FileBytes
  ) -> DatasetError {
    guard values[2] == 0 || values[2] == 1 else {
      return file.corrupt("event \(row) has the polarity \(values[2]), not 0 or 1")
    }
    let time = (values[3] * timeUnit).rounded(.down)
    return file.corrupt(
      "event \(row) is (\(values[0]), \(values[1])) at \(time), which is no event")
  }
}
