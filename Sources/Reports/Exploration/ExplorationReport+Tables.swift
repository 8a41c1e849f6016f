import Exploration

/// Tables that pages have beside those of the terminal.
extension ExplorationReport {
  /// What became of all designs of the space.
  var certificateTable: TextTable {
    var table = TextTable(
      title: certificate.isProof ? "The proof" : "The search",
      columns: [.text("designs"), .number("number"), .bar("share")])
    let designs = Double(max(certificate.designs, 1))
    func append(_ name: String, _ number: UInt64) {
      table.append([
        .text(name), .text(NumberFormat.count(number)), .share(Double(number) / designs),
      ])
    }
    append("evaluated", certificate.evaluated)
    append("excluded: others are at least as good", certificate.dominated)
    for exclusion in certificate.excluded where exclusion.designs > 0 {
      append(
        "excluded by \(Self.text(exclusion.constraint)) (\(exclusion.constraint.origin))",
        exclusion.designs)
    }
    if certificate.neverFinishing > 0 {
      append("never finish a sample", certificate.neverFinishing)
    }
    table.appendRule()
    append("decided, of \(NumberFormat.count(certificate.designs))", certificate.decided)
    return table
  }

  /// All limits, who sets them, and what they exclude; nil if there are none.
  var limitTable: TextTable? {
    guard !constraints.isEmpty else { return nil }
    var table = TextTable(
      title: "Limits",
      explanation: "A design that exceeds several is counted at the first.",
      columns: [
        .text("measure"), .number("at most"), .text("set by"), .number("excluded"),
        .number(front.isEmpty ? "closest design" : "design 1"),
      ])
    for constraint in constraints {
      let excluded = certificate.excluded.first { $0.constraint == constraint }?.designs ?? 0
      let own = (front.first ?? closest).map { text(constraint.measure, of: $0) }
      table.append([
        constraint.measure.label, Self.value(constraint.limit, constraint.measure),
        constraint.origin, NumberFormat.count(excluded), own ?? "-",
      ])
    }
    return table
  }

  /// What the numbers rest on.
  var provenance: TextTable {
    var table = TextTable(columns: [.text("what"), .text("value")])
    if let command {
      table.append(["command", command])
      if !front.isEmpty {
        table.append(["hardware file of design 1", "\(command) --pick 1 -o design-1.yaml"])
      }
    }
    table.append(["space", spaceFile])
    for (variant, name) in zip(variants, variantNames) {
      let prefix = variants.count > 1 ? "\(name): " : ""
      table.append([
        "hardware",
        "\(prefix)\(variant.hardware), platform \(variant.platform.rawValue), "
          + (variant.quirks.isEmpty
            ? "no quirks" : "quirks \(variant.quirks.joined(separator: ", "))"),
      ])
      table.append([
        "samples",
        "\(prefix)\(variant.sampleOption) of \(variant.trace)"
          + (variant.accuracy.map { ", accuracy \(NumberFormat.percent($0))" } ?? ""),
      ])
    }
    table.append([
      "cycles", "the closed form of the replay, exact for these samples (docs/Exploration.md)",
    ])
    table.append([
      "resources",
      "\(device.map { "estimated for \($0)" } ?? "estimated without a device"), most likely counts (docs/Resources.md)",
    ])
    if device != nil {
      table.append([
        "power", "vectorless, as published: from resources and clock (docs/Power.md)",
      ])
    }
    table.append(["made by", "lockstep \(softwareVersion)"])
    return table
  }
}
