import Foundation

/// How commands write results for programs: keys sorted, indented, ending in a line break, so that
/// equal results give equal bytes.
enum ResultJSON {
  /// A result as JSON text.
  static func text(_ result: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(result), as: UTF8.self) + "\n"
  }

  /// A result as one line of JSON text.
  static func line(_ result: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(result), as: UTF8.self) + "\n"
  }
}
