import Foundation

/// What Vivado's `report_power` says about a design.
public struct VivadoPowerReport: Hashable, Sendable {
  /// The device's static power, W.
  public var staticPower: Estimate
  /// All dynamic power, W.
  public var dynamicPower: Estimate
  /// The power of each kind of component that has a row, W.
  public var components: [PowerCoefficient.Kind: Estimate]
  /// The clock, Hz; nil if the report names none or several.
  public var clockHertz: Double?
  /// The supply of the logic, V; nil if the report does not say.
  public var voltage: Double?

  private static let names: [(kind: PowerCoefficient.Kind, rows: [String])] = [
    (.logic, ["LUT as Logic"]), (.signals, ["Signals"]), (.register, ["Register"]),
    (.clock, ["Clocks"]), (.distributedRAM, ["LUT as Distributed RAM"]),
    (.blockRAM, ["Block RAM"]), (.ultraRAM, ["URAM"]), (.multiplier, ["DSPs"]),
  ]

  /// Reads a file.
  ///
  /// - Parameter path: where it is.
  /// - Throws: ``EstimationError`` if it is something else, or lacks a sum.
  public init(path: String) throws(EstimationError) {
    try self.init(text: VivadoReport.text(at: path), path: path)
  }

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - text: what Vivado wrote.
  ///   - path: how messages name it.
  /// - Throws: ``EstimationError`` if it is something else, or lacks a sum.
  public init(text: String, path: String) throws(EstimationError) {
    let report = try VivadoReport(text, path: path, command: "report_power")
    func sum(_ name: String) throws(EstimationError) -> Estimate {
      if let number = report.number([name], "") { return number }
      throw EstimationError(
        file: path,
        message:
          "the report has no row '\(name)' with a number\(VivadoReport.version(of: text)); it may be cut off, or of a version of "
          + "Vivado that is not known: write it again with 'report_power -file power.txt'")
    }
    staticPower = try sum("Device Static (W)")
    dynamicPower = try sum("Dynamic (W)")
    components = [:]
    for (kind, rows) in Self.names {
      components[kind] = report.number(rows, "Power (W)")
    }
    // 'Total' is the last row: without it others may be missing, too.
    guard components[.logic] != nil, components[.clock] != nil,
      report.number(["Total"], "Power (W)") != nil
    else {
      throw EstimationError(
        file: path,
        message:
          "the report has no table 'On-Chip Components' with rows 'Clocks', 'LUT as Logic' and 'Total'"
          + "\(VivadoReport.version(of: text)); it may be cut off: write it again with 'report_power -file power.txt'"
      )
    }
    voltage = report.number(["Vccint"], "Voltage (V)")?.value
    let periods = Set(
      report.rows.compactMap { $0.cells["Constraint (ns)"].flatMap(VivadoReport.number)?.value })
    if let period = periods.first, periods.count == 1, period > 0 { clockHertz = 1e9 / period }
  }
}
