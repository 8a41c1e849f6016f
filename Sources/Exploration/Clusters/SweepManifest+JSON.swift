import Foundation

extension SweepManifest: Codable {
  private enum CodingKeys: String, CodingKey {
    case format, schemaVersion, id, softwareVersion, sweep, specification, hardware, replaySamples
    case workingFolder, tasks, points
  }

  /// Reads a manifest whose format and version were checked.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      id: try values.decode(String.self, forKey: .id),
      softwareVersion: try values.decode(String.self, forKey: .softwareVersion),
      sweep: try values.decode(String.self, forKey: .sweep),
      specification: try values.decode(String.self, forKey: .specification),
      hardware: try values.decode(String.self, forKey: .hardware),
      replaySamples: try values.decode(Int.self, forKey: .replaySamples),
      workingFolder: try values.decode(String.self, forKey: .workingFolder),
      tasks: try values.decode(Int.self, forKey: .tasks),
      points: try values.decode([Point].self, forKey: .points))
  }

  /// Writes the manifest with its format and version.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(Self.format, forKey: .format)
    try values.encode(Self.currentSchema, forKey: .schemaVersion)
    try values.encode(id, forKey: .id)
    try values.encode(softwareVersion, forKey: .softwareVersion)
    try values.encode(sweep, forKey: .sweep)
    try values.encode(specification, forKey: .specification)
    try values.encode(hardware, forKey: .hardware)
    try values.encode(replaySamples, forKey: .replaySamples)
    try values.encode(workingFolder, forKey: .workingFolder)
    try values.encode(tasks, forKey: .tasks)
    try values.encode(points, forKey: .points)
  }

  /// What every manifest has, whatever its version.
  private struct Envelope: Decodable {
    var format: String?
    var schemaVersion: Int?
  }

  /// Reads and checks a manifest.
  ///
  /// - Parameters:
  ///   - data: the file's content.
  ///   - path: the file's path, for messages.
  /// - Throws: ``ExplorationError`` that says what is wrong with it.
  public init(data: Data, path: String) throws(ExplorationError) {
    func failure(_ message: String) -> ExplorationError {
      ExplorationError(file: path, message: message)
    }
    let advice = "submit the sweep into a new folder; the points in results/ here remain good"
    guard (try? JSONSerialization.jsonObject(with: data)) is [String: Any] else {
      throw failure("this is no JSON, or only the beginning of it; \(advice)")
    }
    let decoder = JSONDecoder()
    guard let envelope = try? decoder.decode(Envelope.self, from: data),
      envelope.format == Self.format, let version = envelope.schemaVersion, version > 0
    else {
      throw failure(
        "this is JSON, but not the manifest of a sweep; name a folder that 'lockstep sweep "
          + "--engine slurm' has made")
    }
    guard version <= Self.currentSchema else {
      throw failure(
        "the manifest has version \(version) of the format, and this program knows versions up to "
          + "\(Self.currentSchema); use a newer lockstep")
    }
    do { self = try decoder.decode(Self.self, from: data) } catch {
      throw failure("the manifest cannot be read: \(SweepPoint.reason(error)); \(advice)")
    }
    if let issue { throw failure("\(issue), so the manifest was changed by hand; \(advice)") }
  }

  /// What cannot be, in words; nil if all is well.
  private var issue: String? {
    if points.isEmpty { return "it has no points" }
    if !(1...points.count ~= tasks) { return "it has \(tasks) tasks for \(points.count) points" }
    if replaySamples < 1 { return "it replays \(replaySamples) samples" }
    if Set(points.map(\.key)).count != points.count { return "two of its points have the same key" }
    if id.isEmpty || !id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      return "its id is '\(id.prefix(40))'"
    }
    if hardware.isEmpty || hardware.hasPrefix("/") || hardware.split(separator: "/").contains("..")
    {
      return "its hardware file '\(hardware.prefix(80))' is not in its folder"
    }
    return nil
  }

  /// The file's content: keys sorted, so that equal manifests give equal bytes.
  ///
  /// - Returns: indented JSON that ends in a line break.
  public func text() -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Text and whole numbers can always be encoded.
    let data = (try? encoder.encode(self)) ?? Data()
    return data + Data("\n".utf8)
  }
}
