import Foundation

extension TraceHeader {
  /// The header as one line of JSON, keys sorted, so that equal headers are equal bytes.
  package func encoded() throws(TraceError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(self)) + Array("\n".utf8)
    } catch {
      throw Self.invalid("it cannot be written as JSON: \(error.localizedDescription)")
    }
  }

  /// Reads and validates a header.
  ///
  /// Keys that are not known are ignored: a later version of this software may add some.
  package init(json: some DataProtocol) throws(TraceError) {
    do {
      self = try JSONDecoder().decode(TraceHeader.self, from: Data(json))
    } catch let error as DecodingError {
      throw Self.invalid(Self.explain(error))
    } catch {
      throw Self.invalid("it is not JSON: \(error.localizedDescription)")
    }
    try validate()
  }

  /// What a decoding error says, in a clause.
  static func explain(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context) -> String {
      context.codingPath.isEmpty
        ? "it" : context.codingPath.map(\.stringValue).joined(separator: ".")
    }
    switch error {
    case .keyNotFound(let key, let context):
      return "\(place(context)) lacks \"\(key.stringValue)\""
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      return "\(place(context)): \(context.debugDescription)"
    @unknown default:
      return error.localizedDescription
    }
  }
}
