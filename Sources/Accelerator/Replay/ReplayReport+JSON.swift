import Foundation

extension ReplayReport {
  /// The report as JSON: keys sorted, indented, ending in a line break.
  ///
  /// Equal reports give equal bytes.
  public func jsonData() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - data: the content of a JSON file.
  ///   - path: how messages name it.
  /// - Throws: ``ReplayError`` if it is something else, or of a newer version of the format.
  public init(json data: Data, path: String) throws(ReplayError) {
    // Reports of other commands have a version, too; of the other fields a version of another format
    // may have made anything.
    struct Anything: Decodable { init(from decoder: any Decoder) {} }
    struct Version: Decodable {
      var schemaVersion: Int
      var trace: Anything
      var latencyCycles: Anything
    }
    guard let version = try? JSONDecoder().decode(Version.self, from: data).schemaVersion else {
      throw ReplayError(
        "\(path): this is not a replay report; give a file that 'lockstep replay --json' wrote")
    }
    guard version == Self.currentSchema else {
      throw ReplayError(
        "\(path): the report has format \(version), and this version of Lockstep reads format "
          + "\(Self.currentSchema); make it again with 'lockstep replay --json'")
    }
    do {
      self = try JSONDecoder().decode(ReplayReport.self, from: data)
    } catch {
      throw ReplayError(
        "\(path): the report lacks parts that it should have; make it again with "
          + "'lockstep replay --json'")
    }
  }
}
