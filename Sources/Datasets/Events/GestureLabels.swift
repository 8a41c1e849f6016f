import Foundation

/// Which gesture was made when in a file of DVS128 Gesture: `<name>_labels.csv`.
///
/// A line `class,startTime_usec,endTime_usec`, then one line a trial; classes are 1 to 11, and a
/// trial's events are those with start <= time < end.
enum GestureLabels {
  struct Label {
    /// From 0.
    var gesture: Int
    var start: Int64
    var end: Int64
  }

  static func read(_ path: String) throws(DatasetError) -> [Label] {
    var labels: [Label] = []
    for (number, line) in try TextLines.read(path).dropFirst() {
      let fields = line.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      guard fields.count == 3, let gesture = Int(fields[0]), let start = Int64(fields[1]),
        let end = Int64(fields[2])
      else {
        throw .corrupt(path, "line \(number) is not three whole numbers: '\(line.prefix(80))'")
      }
      guard (1...11).contains(gesture), start >= 0, start < end else {
        throw .corrupt(
          path, "line \(number) has gesture \(gesture) from \(start) to \(end) us, which is absurd")
      }
      labels.append(Label(gesture: gesture - 1, start: start, end: end))
    }
    guard !labels.isEmpty else { throw .corrupt(path, "there is no trial") }
    return labels
  }
}

/// The lines of a small text file.
enum TextLines {
  /// More than any list of a data set has.
  private static let largest = 1 << 24

  /// - Returns: the lines that are not empty, with their numbers from 1.
  static func read(_ path: String) throws(DatasetError) -> [(number: Int, line: String)] {
    let file = try FileBytes(path: path)
    guard file.count <= largest else { throw file.corrupt("\(file.count) bytes are too many") }
    let text = try file.withBytes { String(decoding: $0, as: UTF8.self) }
    return text.split(whereSeparator: \.isNewline).enumerated().map { position, line in
      (position + 1, line.trimmingCharacters(in: .whitespaces))
    }.filter { !$0.1.isEmpty }
  }
}
