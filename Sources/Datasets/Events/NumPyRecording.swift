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
      var events: [Event] = []
      events.reserveCapacity(array.shape[0])
      try array.forEachRowOfFour(bytes) { (row, values) throws(DatasetError) in
        let (x, y, polarity) = (values[0], values[1], values[2])
        let time = values[3] * timeUnit
        // A NaN fails every comparison.
        guard x >= 0, x <= 65535, y >= 0, y <= 65535, abs(time) <= 0x1p61 else {
          throw file.corrupt(
            "event \(row) is (\(x), \(y)) at \(time.rounded(.down)), which is no event")
        }
        guard polarity == 0 || polarity == 1 else {
          throw file.corrupt("event \(row) has the polarity \(polarity), not 0 or 1")
        }
        // Rounded down; the library's function for that takes longer than all the rest.
        let whole = Int64(time)
        events.append(
          Event(
            time: Double(whole) > time ? whole - 1 : whole, x: UInt16(x), y: UInt16(y),
            isOn: polarity == 1))
      }
      return events
    }
  }
}
