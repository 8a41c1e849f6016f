/// A number with its unit as people write it: `20.6 pJ`, `0.85 V`, `100 MHz`.
public enum Quantity {
  private static let prefixes: [String: Double] = [
    "f": 1e-15, "p": 1e-12, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "m": 1e-3, "": 1, "k": 1e3, "M": 1e6,
    "G": 1e9,
  ]

  /// Reads a number with its unit.
  ///
  /// - Parameters:
  ///   - text: a number, then the unit with a prefix or none; spaces between do not matter.
  ///   - unit: the unit without a prefix: `J`.
  /// - Returns: the value in that unit; nil for anything else, negative and infinite numbers included.
  public static func value(_ text: String, in unit: String) -> Double? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let rest = text.dropFirst(number.count).drop { $0 == " " }
    guard rest.hasSuffix(unit), let value = Double(number), value.isFinite,
      let factor = prefixes[String(rest.dropLast(unit.count))]
    else { return nil }
    return value * factor
  }
}
