import Foundation

extension Device {
  /// The device as a file that ``init(path:)`` reads back.
  public var yaml: String {
    var text = """
      name: \(name)
      family: \(Self.quoted(family))
      memories: \(memories.rawValue)
      look-up-tables: \(Int(capacity.tables))
      flip-flops: \(Int(capacity.flipFlops))
      block-rams: \(Int(capacity.blockRAMs))
      ultra-rams: \(Int(capacity.ultraRAMs))
      multipliers: \(Int(capacity.multipliers))
      voltage: \(Self.number(voltage)) V
      static-power: \(Self.estimate(staticPower, scale: 1, unit: "W"))
      static-source: \(Self.quoted(staticSource))
      coefficients: \(coefficients)
      source: \(Self.quoted(source))

      """
    if !calibrated.isEmpty {
      text += "calibrated:\n"
      for coefficient in calibrated {
        let energy = Self.estimate(coefficient.energy, scale: 1e15, unit: "fJ")
        text += "  \(coefficient.kind.rawValue):\n"
        text += energy.dropFirst().dropLast().components(separatedBy: ", ")
          .map { "    \($0)\n" }.joined()
        text += "    source: \(Self.quoted(coefficient.source))\n"
      }
    }
    let scales = Resource.allCases.compactMap { resource in
      resourceScale[resource].map { "  \(resource.label): \(Self.number($0))\n" }
    }
    if !scales.isEmpty { text += "resource-scale:\n" + scales.joined() }
    return text
  }

  private static func estimate(_ estimate: Estimate, scale: Double, unit: String) -> String {
    let parts = [("value", estimate.value), ("low", estimate.low), ("high", estimate.high)]
    return "{"
      + parts.map { "\($0.0): \(number($0.1 * scale)) \(unit)" }.joined(separator: ", ") + "}"
  }

  /// Nine significant decimals without an exponent, which YAML's readers do not agree on.
  private static func number(_ value: Double) -> String {
    let text = String(format: "%.9f", value)
    let kept = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return String(kept.reversed())
  }

  /// Text in quotes, on one line, not longer than lines may be.
  private static func quoted(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(900)
    return "'" + line.replacingOccurrences(of: "'", with: "''") + "'"
  }
}
