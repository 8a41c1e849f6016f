import Foundation

extension HardwareFile {
  /// The hardware as a file that ``init(path:)`` reads back.
  ///
  /// Comments are not kept; what the file left out stays out.
  public var yaml: String {
    var lines = [
      "name: \(Self.quoted(name))", "platform: \(platform.rawValue)",
      "clock: \(Self.frequency(clock))",
    ]
    if let device { lines.append("device: \(Self.quoted(device))") }
    if let source { lines.append("source: \(Self.quoted(source))") }
    if quirks != ["published"] { lines.append("quirks: [\(quirks.joined(separator: ", "))]") }
    if spikeBuffers != 1 { lines.append("spike-buffers: \(spikeBuffers)") }
    lines += ["", "layers:"]
    for layer in layers {
      lines.append("  - name: \(Self.quoted(layer.name))")
      lines.append("    kind: \(layer.kind.rawValue)")
      if let clock = layer.clock { lines.append("    clock: \(Self.frequency(clock))") }
      for parameter in platform.model.layerParameters.of(layer.kind)
      where parameter.key != HardwareParameter.kind.key {
        if let number = layer.numbers[parameter.key] {
          lines.append("    \(parameter.key): \(number)")
        } else if let choice = layer.choices[parameter.key] {
          lines.append("    \(parameter.key): \(choice)")
        }
      }
      if let source = layer.source { lines.append("    source: \(Self.quoted(source))") }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }

  private static func frequency(_ hertz: Double) -> String {
    let (value, unit) = hertz < 1e6 ? (hertz / 1e3, "kHz") : (hertz / 1e6, "MHz")
    // Nine decimals without an exponent, and no more zeros than needed.
    let text = String(format: "%.9f", value)
    let kept = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
    return "\(String(kept.reversed())) \(unit)"
  }

  /// Text in quotes, on one line, not longer than lines may be.
  private static func quoted(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(900)
    return "'" + line.replacingOccurrences(of: "'", with: "''") + "'"
  }
}
