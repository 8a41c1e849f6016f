import Foundation

extension PowerReport {
  /// Reads a report.
  ///
  /// - Parameters:
  ///   - data: the content of a JSON file.
  ///   - path: how messages name it.
  /// - Throws: ``EstimationError`` if it is something else, or of another version of the format.
  public init(json data: Data, path: String) throws(EstimationError) {
    // Of the other fields a version of another format may have made anything.
    struct Anything: Decodable { init(from decoder: any Decoder) {} }
    struct Version: Decodable {
      var schemaVersion: Int
      var vectorless: Anything
    }
    guard let version = try? JSONDecoder().decode(Version.self, from: data) else {
      throw EstimationError(
        file: path,
        message: "this is not a power report; give a file that 'lockstep power --json' wrote")
    }
    guard version.schemaVersion == Self.currentSchema else {
      throw EstimationError(
        file: path,
        message:
          "the report has format \(version.schemaVersion), and this version of Lockstep reads "
          + "format \(Self.currentSchema); make it again with 'lockstep power --json'")
    }
    guard let report = try? JSONDecoder().decode(PowerReport.self, from: data) else {
      throw EstimationError(
        file: path,
        message: "the report lacks parts that it should have; make it again with "
          + "'lockstep power --json'")
    }
    self = report
  }
}
