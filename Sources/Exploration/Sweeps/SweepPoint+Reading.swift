import Foundation

extension SweepPoint {
  /// What every line has, whatever its version.
  private struct Envelope: Decodable {
    var format: String?
    var schemaVersion: Int?
  }

  static let notJSON =
    "this is not a line of JSON; give a file that 'lockstep sweep' wrote, one point a line"

  /// Reads a line of a results file.
  ///
  /// - Parameter line: the line, with or without its line break.
  /// - Throws: ``ExplorationError`` that says what is wrong with it.
  public init(line: Data) throws(ExplorationError) { try self.init(line: line, JSONDecoder()) }

  /// Reads one of many lines.
  ///
  /// - Parameters:
  ///   - line: the line, with or without its line break.
  ///   - decoder: what reads JSON; it is used again for the next line.
  /// - Throws: ``ExplorationError`` without a file: whoever has the line knows where it is from.
  init(line: Data, _ decoder: JSONDecoder) throws(ExplorationError) {
    guard Self.isObject(line) else { throw ExplorationError(message: Self.notJSON) }
    let envelope = try? decoder.decode(Envelope.self, from: line)
    guard let envelope, envelope.format == Self.format else {
      throw ExplorationError(
        message: "this is JSON, but no point of a sweep: it has no \"format\":\"\(Self.format)\"; "
          + "give a file that 'lockstep sweep' wrote")
    }
    guard let version = envelope.schemaVersion, version > 0 else {
      throw ExplorationError(
        message: "the point has no schemaVersion; write it anew with 'lockstep sweep'")
    }
    guard version <= Self.currentSchema else {
      throw ExplorationError(
        message:
          "the point has version \(version) of the format, and this program knows versions up "
          + "to \(Self.currentSchema); use a newer lockstep")
    }
    do {
      self = try decoder.decode(SweepPoint.self, from: line)
    } catch {
      throw ExplorationError(
        message:
          "the point cannot be read: \(Self.reason(error)); remove the line and run the sweep "
          + "again")
    }
    if let issue = impossibility {
      throw ExplorationError(message: "\(issue); remove the line and run the sweep again")
    }
  }

  static func isObject(_ line: Data) -> Bool {
    (try? JSONSerialization.jsonObject(with: line)) is [String: Any]
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
