import PowerEstimation

/// How physical quantities look in sentences: with the prefix that fits, three significant digits.
enum QuantityFormat {
  private static let prefixes: [(size: Double, name: String)] = [
    (1, ""), (1e-3, "m"), (1e-6, "µ"), (1e-9, "n"), (1e-12, "p"), (1e-15, "f"),
  ]

  /// A value with its unit: `1.35 mJ`.
  ///
  /// - Parameters:
  ///   - value: the value, in the unit.
  ///   - unit: the unit, without a prefix.
  /// - Returns: the text.
  static func text(_ value: Double, _ unit: String) -> String {
    let prefix = prefix(of: value)
    return NumberFormat.significant(value / prefix.size) + " " + prefix.name + unit
  }

  /// A value with its bounds: `1.44 W (0.650 to 2.90 W)`.
  static func interval(_ estimate: Estimate, _ unit: String) -> String {
    text(estimate.value, unit) + " (" + bounds(estimate, unit) + ")"
  }

  /// The bounds alone, in one unit: `0.650 to 2.90 W`.
  static func bounds(_ estimate: Estimate, _ unit: String) -> String {
    let prefix = prefix(of: estimate.value == 0 ? estimate.high : estimate.value)
    return NumberFormat.significant(estimate.low / prefix.size) + " to "
      + NumberFormat.significant(estimate.high / prefix.size) + " " + prefix.name + unit
  }

  /// The prefix that fits a value.
  static func prefix(of value: Double) -> (size: Double, name: String) {
    // From 0.9995 on, so that what is rounded to 1,000 has the larger prefix; zero has none.
    prefixes.first { abs(value) >= 0.9995 * $0.size } ?? prefixes[value == 0 ? 0 : 5]
  }
}
