import CheckedYAML
import Foundation

extension Device {
  private static let keys = [
    "name", "family", "memories", "look-up-tables", "flip-flops", "block-rams", "ultra-rams",
    "multipliers", "voltage", "static-power", "static-source", "coefficients", "calibrated",
    "resource-scale", "source",
  ]

  private static let largestCount = 1 << 30

  /// Reads a device file.
  ///
  /// - Parameter path: where it is; also how error messages name it.
  /// - Throws: ``EstimationError`` with file, line and remedy, for the first thing that is wrong.
  public init(path: String) throws(EstimationError) {
    try self.init(DataFile(path: path, keys: Self.keys, noun: "device file").fields)
  }

  /// Reads the content of a device file.
  ///
  /// - Parameters:
  ///   - data: the content.
  ///   - path: how error messages name it.
  /// - Throws: ``EstimationError`` with file, line and remedy, for the first thing that is wrong.
  public init(data: Data, path: String) throws(EstimationError) {
    try self.init(DataFile(data: data, path: path, keys: Self.keys, noun: "device file").fields)
  }

  private init(_ fields: YAMLFields) throws(EstimationError) {
    self = try EstimationError.reading { () throws(YAMLTextError) in try Self.device(fields) }
  }

  private static func device(_ fields: YAMLFields) throws(YAMLTextError) -> Device {
    func count(_ key: String, from least: Int = 0) throws(YAMLTextError) -> Double {
      Double(try fields.required(key, in: least...largestCount))
    }
    guard let memories = try fields.choice("memories", MemoryFamily.self) else {
      throw fields.missing("memories", MemoryFamily.ultraScale.rawValue)
    }
    guard let power = try fields.mapping("static-power", keys: ["value", "low", "high"]) else {
      throw fields.missing("static-power", "{value: 0.5 W, low: 0.3 W, high: 0.9 W}")
    }
    var device = Device(
      name: try fields.required("name", "XCKU5P"),
      family: try fields.text("family", "Kintex UltraScale+") ?? "",
      memories: memories,
      capacity: DeviceCapacity(
        tables: try count("look-up-tables", from: 1), flipFlops: try count("flip-flops", from: 1),
        blockRAMs: try count("block-rams"), ultraRAMs: try count("ultra-rams"),
        multipliers: try count("multipliers")),
      voltage: try fields.quantity("voltage", in: "V", "0.85 V"),
      staticPower: try power.estimate(in: "W", "0.5 W"),
      staticSource: try fields.required("static-source", "report_power of our own design"),
      coefficients: try fields.required("coefficients", "ultrascale-plus"),
      calibrated: [], resourceScale: [:],
      source: try fields.required("source", "the product table of the vendor"))
    guard device.voltage > 0 else { throw fields.mismatch("voltage", "it must be more than 0 V") }
    let kinds = PowerCoefficient.Kind.allCases.map(\.rawValue)
    if let calibrated = try fields.mapping("calibrated", keys: kinds) {
      device.calibrated = try CoefficientSet.coefficients(calibrated)
    }
    if let scales = try fields.mapping("resource-scale", keys: Resource.allCases.map(\.label)) {
      for resource in Resource.allCases {
        guard let text = try scales.text(resource.label, "0.9") else { continue }
        guard let scale = Double(text), scale.isFinite, scale > 0 else {
          throw scales.mismatch(resource.label, "give a positive number such as 0.9")
        }
        device.resourceScale[resource] = scale
      }
    }
    return device
  }
}

extension CoefficientSet {
  /// Reads a set of coefficients.
  ///
  /// - Parameter path: where it is; also how error messages name it.
  /// - Throws: ``EstimationError`` with file, line and remedy, for the first thing that is wrong.
  public init(path: String) throws(EstimationError) {
    let keys = ["name", "technology", "voltage", "coefficients"]
    let fields = try DataFile(path: path, keys: keys, noun: "file of power coefficients").fields
    self = try EstimationError.reading { () throws(YAMLTextError) in
      let kinds = PowerCoefficient.Kind.allCases.map(\.rawValue)
      guard let list = try fields.mapping("coefficients", keys: kinds) else {
        throw fields.missing("coefficients", "{...}")
      }
      for kind in kinds where list.node(kind) == nil { throw list.missing(kind, "{...}") }
      return CoefficientSet(
        name: try fields.required("name", "ultrascale-plus"),
        technology: try fields.required("technology", "16 nm"),
        voltage: try fields.quantity("voltage", in: "V", "0.85 V"),
        coefficients: try Self.coefficients(list))
    }
  }

  static func coefficients(_ fields: YAMLFields) throws(YAMLTextError) -> [PowerCoefficient] {
    var coefficients: [PowerCoefficient] = []
    for kind in PowerCoefficient.Kind.allCases {
      let keys = ["value", "low", "high", "source"]
      guard let entry = try fields.mapping(kind.rawValue, keys: keys) else { continue }
      coefficients.append(
        PowerCoefficient(
          kind: kind, energy: try entry.estimate(in: "J", "20.6 pJ"),
          source: try entry.required("source", "a routed report")))
    }
    return coefficients
  }
}
