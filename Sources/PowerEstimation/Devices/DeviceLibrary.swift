import BundledFiles
import Foundation

/// The devices and coefficients that come with the program.
public enum DeviceLibrary {
  /// All devices, by name.
  ///
  /// - Returns: the devices, sorted by name.
  /// - Throws: ``EstimationError`` if the data are not beside the program, or damaged.
  public static func devices() throws(EstimationError) -> [Device] {
    let folder = try folder() + "/devices"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var devices: [Device] = []
    for name in names.sorted() where name.hasSuffix(".yaml") {
      devices.append(try Device(path: folder + "/" + name))
    }
    return devices
  }

  /// The device that a word means.
  ///
  /// - Parameter word: a device file, by its ending `.yaml`, or text in which a device's name stands:
  ///   `Kintex UltraScale+ XCKU5P-2`.
  /// - Returns: the device.
  /// - Throws: ``EstimationError`` that lists the known ones if there is none of that name.
  public static func device(_ word: String) throws(EstimationError) -> Device {
    if word.hasSuffix(".yaml") || word.hasSuffix(".yml") { return try Device(path: word) }
    let devices = try devices()
    let text = word.uppercased()
    if let device = devices.first(where: { text.contains($0.name.uppercased()) }) { return device }
    throw EstimationError(
      message: "'\(word.prefix(60))' names no known device; use one of "
        + devices.map(\.name).joined(separator: ", ")
        + ", or write a device file (docs/Resources.md) and give its path")
  }

  /// A set of power coefficients.
  ///
  /// - Parameter device: whose.
  /// - Returns: the set that the device names, with the device's own coefficients in place of the set's.
  /// - Throws: ``EstimationError`` if there is no such set.
  public static func coefficients(of device: Device) throws(EstimationError) -> CoefficientSet {
    let folder = try folder() + "/power"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    guard names.contains(device.coefficients + ".yaml") else {
      let known = names.sorted().map { $0.replacingOccurrences(of: ".yaml", with: "") }
      throw EstimationError(
        message:
          "device \(device.name) asks for the coefficients '\(device.coefficients)', which are "
          + "not known; use one of \(known.joined(separator: ", "))")
    }
    var set = try CoefficientSet(path: folder + "/" + device.coefficients + ".yaml")
    // At the voltage of the set, so that all of them scale together.
    let ratio = set.voltage / device.voltage
    for coefficient in device.calibrated {
      set.coefficients.removeAll { $0.kind == coefficient.kind }
      var scaled = coefficient
      scaled.energy = coefficient.energy * (ratio * ratio)
      set.coefficients.append(scaled)
    }
    return set
  }

  /// The file of published accelerators.
  static func publishedAccelerators() throws(EstimationError) -> String {
    try folder() + "/accelerators.yaml"
  }

  private static func folder() throws(EstimationError) -> String {
    if let folder = BundledFolder.path("Data", of: "PowerEstimation") { return folder }
    throw EstimationError(
      message: "the devices' data are not beside the program; keep the folder "
        + "Lockstep_PowerEstimation.resources beside the executable")
  }
}
