import Accelerator
import Foundation

/// A replay, and what the accelerator needs and draws: the JSON of `lockstep replay --power`.
///
/// The JSON has the fields of the replay's report, and beside them `power`, `resources` and `upgrades`;
/// without `--power` these are absent.
public struct PoweredReplay: Hashable, Sendable {
  /// The estimates, which need a device.
  public struct Estimates: Hashable, Codable, Sendable {
    /// Power and energy.
    public var power: PowerReport
    /// What the accelerator is built of, and whether the device holds it.
    public var resources: ResourceReport
    /// What a little more hardware would cost; empty if the replay was not explained.
    public var upgrades: [Upgrade]

    /// Creates estimates.
    public init(power: PowerReport, resources: ResourceReport, upgrades: [Upgrade]) {
      self.power = power
      self.resources = resources
      self.upgrades = upgrades
    }

    /// The power of another replay on the same accelerator, of one sample for instance.
    ///
    /// - Parameters:
    ///   - replay: the other replay.
    ///   - design: what the accelerator is built of.
    /// - Returns: the estimate, with the same device, coefficients and operating point.
    public func power(of replay: ReplayReport, design: HardwareDesign) -> PowerReport {
      PowerReport(
        replay, resources: resources, design: design, device: power.device,
        coefficients: CoefficientSet(
          name: power.device.coefficients, technology: power.technology, voltage: power.voltage,
          coefficients: power.coefficients), at: power.operatingPoint)
    }
  }

  /// The replay.
  public var report: ReplayReport
  /// The estimates; nil if there are none.
  public var estimates: Estimates?

  /// Creates a replay with estimates.
  public init(_ report: ReplayReport, _ estimates: Estimates? = nil) {
    self.report = report
    self.estimates = estimates
  }

  /// Reads a report of `lockstep replay --json`, with or without `--power`.
  ///
  /// - Parameters:
  ///   - data: the content of a JSON file.
  ///   - path: how messages name it.
  /// - Throws: ``ReplayError`` if it is something else, or of another version of the format;
  ///   ``EstimationError`` if its estimates are.
  public init(json data: Data, path: String) throws {
    struct Marks: Decodable {
      struct Version: Decodable { var schemaVersion: Int }
      var power: Version?
      var resources: Version?
    }
    report = try ReplayReport(json: data, path: path)
    let marks: Marks
    do {
      marks = try JSONDecoder().decode(Marks.self, from: data)
    } catch {
      throw Self.damaged(path)
    }
    guard let version = marks.power?.schemaVersion else { return }
    guard version == PowerReport.currentSchema else {
      throw EstimationError(
        file: path,
        message:
          "its estimate of power has format \(version), and this version of Lockstep reads format "
          + "\(PowerReport.currentSchema); make it again with 'lockstep replay --power --json'")
    }
    do {
      estimates = try JSONDecoder().decode(Estimates.self, from: data)
    } catch {
      throw Self.damaged(path)
    }
  }

  private static func damaged(_ path: String) -> EstimationError {
    EstimationError(
      file: path,
      message: "its estimate of power lacks parts that it should have; make it again with "
        + "'lockstep replay --power --json'")
  }
}

extension PoweredReplay: Encodable {
  /// Writes the fields of the report and of the estimates side by side.
  public func encode(to encoder: any Encoder) throws {
    try report.encode(to: encoder)
    try estimates?.encode(to: encoder)
  }
}
