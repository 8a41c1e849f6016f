import Foundation
import GRDB

/// A design of a search, with what it takes to build it again.
public struct RecordedDesign: Hashable, Sendable {
  /// A digest of the hardware file, the trace and its samples, and the program's version.
  public var key: String
  /// The design.
  public var design: ExplorationReport.Design
  /// Its hardware file.
  public var hardwareText: String
  /// A digest of the trace that it was measured with.
  public var traceFingerprint: String

  /// Creates a record.
  public init(
    key: String, design: ExplorationReport.Design, hardwareText: String, traceFingerprint: String
  ) {
    self.key = key
    self.design = design
    self.hardwareText = hardwareText
    self.traceFingerprint = traceFingerprint
  }
}

extension ResultStore {
  /// Adds designs that a search has found.
  ///
  /// - Parameters:
  ///   - designs: the designs; those whose keys are there are left as they are.
  ///   - report: the search.
  /// - Returns: how many are new.
  /// - Throws: ``ExplorationError`` if they could not be written; then none is.
  public func append(
    _ designs: [RecordedDesign], of report: ExplorationReport
  ) throws(ExplorationError) -> Int {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try write { database in
      var new = 0
      for recorded in designs {
        let known = try Bool.fetchOne(
          database, sql: "SELECT count(*) FROM designs WHERE key = ?", arguments: [recorded.key])
        guard known != true else { continue }
        let design = String(decoding: try encoder.encode(recorded.design), as: UTF8.self)
        try database.insert(
          into: "designs",
          recorded.columns(of: report) + [
            ("recorded_at", try Self.now(database)),
            ("design", design),
          ])
        new += 1
      }
      return new
    }
  }
}

extension RecordedDesign {
  /// The derived columns.
  fileprivate func columns(of report: ExplorationReport) -> PointColumns.Row {
    let variant = report.variants[design.variant]
    return [
      ("key", key), ("space", report.space), ("hardware", variant.hardware),
      ("platform", variant.platform.rawValue), ("device", report.device),
      ("trace", variant.trace), ("trace_fingerprint", traceFingerprint),
      ("first_sample", variant.firstSample), ("samples", variant.samples),
      ("clock_hertz", design.clockHertz), ("allocation", allocation),
      ("latency_mean_seconds", design.latencySeconds),
      ("latency_p99_seconds", design.latencyP99Seconds), ("lut", design.tables),
      ("ff", design.flipFlops), ("bram36", design.blockRAMs), ("uram", design.ultraRAMs),
      ("dsp", design.multipliers),
      ("lost_frames", design.lostFrames.map { Int64(clamping: $0) }),
      ("power_watts", design.power), ("joules_per_image", design.energy),
      ("software_version", report.softwareVersion), ("hardware_text", hardwareText),
    ]
  }

  /// What was chosen, for people: `conv1 processing-elements=8; fc1 ...`.
  private var allocation: String {
    design.layers.map { layer in
      ([layer.name] + layer.settings.map { "\($0.key)=\($0.value)" })
        .joined(separator: " ")
    }.joined(separator: "; ")
  }
}
