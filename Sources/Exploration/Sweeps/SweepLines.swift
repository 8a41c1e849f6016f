import Foundation

/// The lines of one results file, checked.
struct SweepLines {
  /// What every line has, whatever its version.
  private struct Envelope: Decodable {
    var format: String?
    var schemaVersion: Int?
  }

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
      if lineBreak == nil, !isBlank, !Self.isObject(line) {
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

  private static func isObject(_ line: Data) -> Bool {
    (try? JSONSerialization.jsonObject(with: line)) is [String: Any]
  }

  private func point(
    _ line: Data, _ number: Int, _ decoder: JSONDecoder
  ) throws(ExplorationError) -> SweepPoint {
    guard Self.isObject(line) else { throw notJSON(number) }
    let envelope = try? decoder.decode(Envelope.self, from: line)
    guard let envelope, envelope.format == SweepPoint.format else {
      throw failure(
        number,
        "this is JSON, but no point of a sweep: it has no \"format\":"
          + "\"\(SweepPoint.format)\"; give a file that 'lockstep sweep' wrote")
    }
    guard let version = envelope.schemaVersion, version > 0 else {
      throw failure(number, "the point has no schemaVersion; write it anew with 'lockstep sweep'")
    }
    guard version <= SweepPoint.currentSchema else {
      throw failure(
        number,
        "the point has version \(version) of the format, and this program knows versions up to "
          + "\(SweepPoint.currentSchema); use a newer lockstep")
    }
    let point: SweepPoint
    do {
      point = try decoder.decode(SweepPoint.self, from: line)
    } catch {
      throw failure(
        number,
        "the point cannot be read: \(Self.reason(error)); remove the line and run "
          + "the sweep again")
    }
    if let issue = point.impossibility {
      throw failure(number, "\(issue); remove the line and run the sweep again")
    }
    return point
  }

  private func notJSON(_ number: Int) -> ExplorationError {
    failure(
      number,
      "this is not a line of JSON; give a file that 'lockstep sweep' wrote, one point a line")
  }

  private func failure(_ line: Int, _ message: String) -> ExplorationError {
    ExplorationError(file: path, line: line, message: message)
  }

  /// Where and what, in words.
  static func reason(_ error: any Error) -> String {
    func place(_ path: [any CodingKey]) -> String {
      path.map(\.stringValue).joined(separator: ".")
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "'\(place(context.codingPath + [key]))' is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      return "'\(place(context.codingPath))' is not what it must be"
    case DecodingError.dataCorrupted(let context):
      return context.codingPath.isEmpty
        ? context.debugDescription : "'\(place(context.codingPath))': \(context.debugDescription)"
    default: return "\(error)"
    }
  }
}
