import Foundation

/// A frequency as people write it.
enum Frequency {
  private static let units = ["hz": 1.0, "khz": 1e3, "mhz": 1e6, "ghz": 1e9]

  /// Reads a number with its unit: `100 MHz`.
  ///
  /// - Parameter text: the number and Hz, kHz, MHz or GHz in any case, with a space between or none.
  /// - Returns: the frequency in hertz; nil for anything else.
  static func hertz(_ text: String) -> Double? {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
    guard let value = Double(number), let size = units[unit] else { return nil }
    return value * size
  }
}
