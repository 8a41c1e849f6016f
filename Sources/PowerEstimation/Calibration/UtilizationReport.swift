import Foundation

/// What Vivado's `report_utilization` says about a design.
public struct UtilizationReport: Hashable, Sendable {
  /// What the design takes.
  public var counts: ResourceCounts
  /// The device, as the report names it: `xcku5p-ffvb676-2-e`; nil if it does not say.
  public var device: String?

  /// Reads a file.
  ///
  /// - Parameter path: where it is.
  /// - Throws: ``EstimationError`` if it is something else, or lacks a count.
  public init(path: String) throws(EstimationError) {
    try self.init(text: VivadoReport.text(at: path), path: path)
  }

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - text: what Vivado wrote.
  ///   - path: how messages name it.
  /// - Throws: ``EstimationError`` if it is something else, or lacks a count.
  public init(text: String, path: String) throws(EstimationError) {
    let report = try VivadoReport(text, path: path, command: "report_utilization")
    func count(_ names: String..., isRequired: Bool = true) throws(EstimationError) -> Double {
      if let number = report.number(names, "Used") { return number.value }
      guard isRequired else { return 0 }
      throw EstimationError(
        file: path,
        message: "the report has no row '\(names.joined(separator: "' or '"))' with a number under "
          + "'Used'\(VivadoReport.version(of: text)); it may be cut off, or of a version of Vivado that is not known: write it again "
          + "with 'report_utilization -file utilization.txt'")
    }
    counts = ResourceCounts(
      logicTables: try count("LUT as Logic"), memoryTables: try count("LUT as Memory"),
      flipFlops: try count("CLB Registers", "Slice Registers"),
      blockRAMs: try count("Block RAM Tile"), ultraRAMs: try count("URAM", isRequired: false),
      multipliers: try count("DSPs"))
    device = VivadoReport.heading("Device", in: text)
  }
}
