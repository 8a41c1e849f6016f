import Accelerator
import Exploration

extension ExplorationReport {
  /// The report as tables.
  ///
  /// - Parameters:
  ///   - style: what the device can show.
  ///   - limit: rows of the front to show.
  /// - Returns: text that ends in a line break.
  public func text(_ style: TextStyle, limit: Int = 20) -> String {
    var parts = spaceTables.map { $0.rendered(style) }
    if let closest {
      parts.append(lines(shortfallText, style))
      parts.append(
        table(of: [closest], title: "The closest design", explanation: "It is no solution.")
          .rendered(style))
    } else if front.isEmpty {
      parts.append(lines(["No design of the space finishes every sample."], style))
    } else {
      let shown = Array(front.prefix(max(limit, 1)))
      parts.append(table(of: shown, title: title, explanation: explanation).rendered(style))
      if shown.count < front.count {
        parts.append(
          lines(
            [
              "\(NumberFormat.amount(front.count - shown.count, of: "further design")) of the front: "
                + "--limit shows more, --json all."
            ], style))
      }
    }
    if let sensitivityTable { parts.append(sensitivityTable.rendered(style)) }
    parts.append(lines(headroomText + confidenceText + [proofText], style))
    return parts.joined(separator: "\n")
  }

  private var objectiveText: String { objectives.map(\.label).joined(separator: " against ") }

  var title: String {
    objectives.count == 1 ? "The best design by \(objectiveText)" : "The front: \(objectiveText)"
  }

  var explanation: String {
    let scope =
      variants.count == 1
      ? "\(NumberFormat.amount(variants[0].samples, of: "sample")) of \(variants[0].trace); resources "
        + "and energy are estimates, cycles are exact"
      : "resources and energy are estimates, cycles are exact"
    return objectives.count == 1
      ? scope + "." : "Every design that no other is as good as in all objectives; " + scope + "."
  }

  /// One table if all variants have the same layers to choose from, else one a variant.
  var spaceTables: [TextTable] {
    let isUniform = variants.allSatisfy { $0.layers == variants[0].layers }
    var tables = (isUniform ? Array(variants.prefix(1)) : variants).enumerated().map {
      number, variant in
      var table = TextTable(
        title: isUniform
          ? "Space \(space): \(NumberFormat.amount(certificate.designs, of: "design"))"
          : "Variant \(number + 1) of space \(space): "
            + NumberFormat.amount(variant.designs, of: "design"),
        explanation: conditions(of: variant),
        columns: [
          .text("layer"), .text("what may change"), .number("alternatives"), .number("impossible"),
        ])
      for layer in variant.layers {
        table.append([
          layer.name,
          layer.parameters.isEmpty ? "nothing" : layer.parameters.joined(separator: ", "),
          NumberFormat.count(layer.alternatives), NumberFormat.count(layer.impossible),
        ])
      }
      return table
    }
    if variants.count > 1 { tables.append(variantTable) }
    return tables
  }

  private func conditions(of variant: Variant) -> String {
    let clocks = variant.clocks.map(NumberFormat.frequency).joined(separator: " or ")
    let start = "Platform \(variant.platform.rawValue), clock \(clocks)"
    let device = device.map { ", device \($0)" } ?? ", no device"
    return start + device + (limits.isEmpty ? "." : "; " + limits.joined(separator: ", ") + ".")
  }

  private var variantTable: TextTable {
    var table = TextTable(
      title: "Variants", explanation: "What the designs are made from, and measured with.",
      columns: [
        .number("variant"), .text("hardware"), .text("quirks"), .text("trace"), .number("samples"),
        .number("accuracy"),
      ])
    for (number, variant) in variants.enumerated() {
      table.append([
        "\(number + 1)", variant.hardware, variant.quirks.joined(separator: " "), variant.trace,
        NumberFormat.count(variant.samples),
        variant.accuracy.map { NumberFormat.percent($0) } ?? "-",
      ])
    }
    return table
  }

  /// The limits that the device does not set.
  private var limits: [String] {
    constraints.filter { $0.origin != device }.map(Self.text)
  }

  /// `latency at most 1 ms`, `accuracy at least 95 %`.
  static func text(_ constraint: DesignConstraint) -> String {
    if DesignMeasure.complements[constraint.origin] != nil {
      return "\(constraint.origin) at least \(NumberFormat.percent(1 - constraint.limit))"
    }
    return "\(constraint.measure.label) at most \(value(constraint.limit, constraint.measure))"
  }

  func table(
    of designs: [Design], numbers: [Int]? = nil, title: String, explanation: String
  ) -> TextTable {
    let latency = DurationUnit(fitting: designs.map(\.latencySeconds).min() ?? 0)
    let hasPower = designs.allSatisfy { $0.energy != nil }
    let loses = designs.contains { ($0.lostFrames ?? 0) > 0 }
    let hasClocks = Set(variants.flatMap(\.clocks)).count > 1
    let names = designs.first?.layers.map(\.name) ?? []
    let sharesLayers = designs.allSatisfy { $0.layers.map(\.name) == names }
    var columns: [TextTable.Column] = [.number("nr")]
    if variants.count > 1 { columns.append(.number("variant")) }
    if hasClocks { columns.append(.number("clock")) }
    columns += sharesLayers ? names.map { .number($0) } : [.text("layers")]
    columns += [
      .number("latency [\(latency.rawValue)]"), .number("p99"), .number("LUT"), .number("BRAM36"),
    ]
    if hasPower { columns += [.number("power [W]"), .number("energy"), .number("FPS/W")] }
    if objectives.contains(.area) { columns.append(.number("area")) }
    if objectives.contains(.errorRate) { columns.append(.number("accuracy")) }
    if loses { columns.append(.number("lost frames")) }
    var table = TextTable(title: title, explanation: explanation, columns: columns)
    for (number, design) in designs.enumerated() {
      var cells = ["\(numbers?[number] ?? number + 1)"]
      if variants.count > 1 { cells.append("\(design.variant + 1)") }
      if hasClocks { cells.append(NumberFormat.frequency(design.clockHertz)) }
      let layers = zip(variants[design.variant].layers, design.layers).map {
        Self.cell($1, $0.parameters)
      }
      cells += sharesLayers ? layers : [layers.joined(separator: " ")]
      cells += [
        latency.value(design.latencySeconds), latency.value(design.latencyP99Seconds),
        NumberFormat.decimal(design.tables, places: 0),
        NumberFormat.decimal(design.blockRAMs, places: 1),
      ]
      if hasPower, let power = design.power, let energy = design.energy {
        cells += [
          NumberFormat.decimal(power, places: 3), QuantityFormat.text(energy, "J"),
          NumberFormat.decimal(1 / energy, places: 0),
        ]
      }
      if objectives.contains(.area) {
        cells.append(design.area.map { NumberFormat.percent($0) } ?? "-")
      }
      if objectives.contains(.errorRate) {
        cells.append(variants[design.variant].accuracy.map { NumberFormat.percent($0) } ?? "-")
      }
      if loses { cells.append(NumberFormat.count(design.lostFrames ?? 0)) }
      table.append(cells)
    }
    return table
  }

  /// The values of a layer: `16`, or `16/56` of several parameters; what the file leaves out is `-`.
  static func cell(_ layer: Design.Layer, _ parameters: [String]) -> String {
    if parameters.isEmpty { return "\(layer.processingElements)" }
    return parameters.map { key in
      layer.values[key].map { "\($0)" } ?? layer.words[key] ?? "-"
    }.joined(separator: "/")
  }

  var shortfallText: [String] {
    var text = ["No design of the space keeps all limits. The closest one exceeds:"]
    for shortfall in shortfalls {
      let (constraint, closest) = (shortfall.constraint, shortfall.closest)
      let measure = constraint.measure
      let owner = constraint.origin == device ? "\(constraint.origin) has" : "the limit is"
      let over =
        constraint.limit <= 0
        ? ""
        : closest < 2 * constraint.limit
          ? " (\(NumberFormat.percent(closest / constraint.limit - 1)) over)"
          : " (\(NumberFormat.decimal(closest / constraint.limit, places: 1)) times as much)"
      let least =
        shortfall.isImpossibleAlone
        ? "; no design of the space has less than \(Self.value(shortfall.least, measure))"
        : "; by itself this limit may be kept"
      text.append(
        "\(measure.label) is \(Self.value(closest, measure)), \(owner) "
          + "\(Self.value(constraint.limit, measure))\(over)\(least).")
    }
    return text
  }

  var proofText: String {
    let certificate = certificate
    var parts = ["\(NumberFormat.count(certificate.evaluated)) evaluated"]
    if certificate.dominated > 0 {
      parts.append(
        "\(NumberFormat.count(certificate.dominated)) excluded because others are at least as good")
    }
    parts += certificate.excluded.filter { $0.designs > 0 }.map {
      "\(NumberFormat.count($0.designs)) excluded by \(Self.text($0.constraint)) "
        + "(\($0.constraint.origin))"
    }
    if certificate.neverFinishing > 0 {
      parts.append("\(NumberFormat.count(certificate.neverFinishing)) never finish a sample")
    }
    if certificate.method == .genetic, !certificate.isProof { return geneticText(parts) }
    let claim = certificate.isProof ? "Proved" : "Not proved"
    return "\(claim), by \(certificate.method.rawValue): of "
      + "\(NumberFormat.amount(certificate.designs, of: "design")), "
      + parts.joined(separator: ", ")
      + "."
  }

  private func geneticText(_ parts: [String]) -> String {
    var text =
      "Not proved: a \(certificate.method.rawValue) looked at "
      + "\(NumberFormat.count(certificate.decided)) of "
      + "\(NumberFormat.amount(certificate.designs, of: "design")) (\(parts.joined(separator: ", ")))."
    if certificate.samplesSpared > 0 {
      text +=
        " What was worse with 99 % confidence was given up early, which spared "
        + "\(NumberFormat.amount(certificate.samplesSpared, of: "sample"))."
    }
    if let gap = certificate.gap {
      text +=
        " No design is better than all of these by more than \(NumberFormat.percent(gap)) in every "
        + "objective at once: the slowest layer alone takes that long."
    } else {
      text += " No bound is known of what it may have missed."
    }
    return text
  }

  /// A value of a measure with its unit.
  static func value(_ value: Double, _ measure: DesignMeasure) -> String {
    if measure.isShare { return NumberFormat.percent(value) }
    return measure.unit.isEmpty
      ? NumberFormat.decimal(value, places: value.rounded() == value || value >= 1000 ? 0 : 1)
      : QuantityFormat.text(value, measure.unit)
  }

  private func lines(_ texts: [String], _ style: TextStyle) -> String {
    style.adapted(texts.flatMap { style.wrapped($0) }.map { $0 + "\n" }.joined())
  }
}
