import Foundation

/// The lines of one results file, checked.
struct SweepLines {
  let path: String
  private(set) var points: [SweepPoint] = []
  private(set) var notices: [String] = []
  /// Bytes up to the end of the last whole line.
  private(set) var wholeBytes = 0
  /// Whether the last whole line has no line break, as editors may leave it.
  private(set) var lacksLineBreak = false

  /// Reads the content of a file, which may be empty.
  init(path: String, data: Data) throws(ExplorationError) {
    self.path = path
    let decoder = JSONDecoder()
    var number = 0
    var start = data.startIndex
    while start < data.endIndex {
      number += 1
      let lineBreak = data[start...].firstIndex(of: UInt8(ascii: "\n"))
      let line = data[start..<(lineBreak ?? data.endIndex)]
      start = lineBreak.map { $0 + 1 } ?? data.endIndex
      let isBlank = line.allSatisfy { [0x20, 0x09, 0x0D].contains($0) }
      if lineBreak == nil, !isBlank, !SweepPoint.isObject(line) {
        guard number > 1 || line.starts(with: Data("{\"".utf8)) else { throw notJSON(number) }
        notices.append(
          "\(path): line \(number) is cut off, as a writer leaves it that is killed; the "
            + "\(points.count) whole points before it are used")
        return
      }
      if !isBlank { points.append(try point(line, number, decoder)) }
      wholeBytes = start - data.startIndex
      lacksLineBreak = lineBreak == nil && !isBlank
    }
  }

  private func point(
    _ line: Data, _ number: Int, _ decoder: JSONDecoder
  ) throws(ExplorationError) -> SweepPoint {
    do {
      return try SweepPoint(line: line, decoder)
    } catch {
      throw ExplorationError(file: path, line: number, message: error.message)
    }
  }

  private func notJSON(_ number: Int) -> ExplorationError {
    ExplorationError(file: path, line: number, message: SweepPoint.notJSON)
  }
}
