import Exploration

/// Designs of a front as rows of charts: numbers for axes, words for tooltips, and commands.
///
/// All charts of a page draw the same rows, which the page holds once.
struct FrontRows: Sendable {
  /// More points make a page slow and show no more.
  static let mostDesigns = 1000
  /// The rows' name in the page.
  static let dataset = "front"

  let report: ExplorationReport
  /// The designs that are drawn, by their positions in the front.
  let positions: [Int]
  /// The measures that are drawn or told.
  let measures: [DesignMeasure]
  let axes: [DesignMeasure: QuantityAxis]
  /// The limits that are inside their axes.
  let limits: [DesignConstraint]
  let parallel: ParallelCoordinates
  /// How many designs are lines of the parallel coordinates.
  let lines: Int
  let rows: [ChartJSON]

  init(_ report: ExplorationReport) {
    self.report = report
    positions = Self.evenly(Self.mostDesigns, of: report.front.count)
    let designs = positions.map { report.front[$0] }
    let told: [DesignMeasure] = [.latency, .latencyP99, .tables, .blockRAMs, .power, .energy]
    let asked = report.objectives.filter { !told.contains($0) }
    var axes = report.axes(told + asked, over: designs)
    limits = report.constraints.filter { axes[$0.measure]?.include($0.limit) ?? false }
    self.axes = axes
    measures = (told + asked).filter { [axes] in axes[$0] != nil }
    parallel = Self.parallel(report, designs, axes)
    let isLine = Set(Self.evenly(ParallelCoordinates.mostLines, of: designs.count))
    lines = isLine.count
    let names = report.variantNames
    var rows: [ChartJSON] = []
    for (row, position) in positions.enumerated() {
      var fields = Self.fields(report, position, axes, names)
      fields.merge(parallel.fields(of: row, isLine: isLine.contains(row))) { own, _ in own }
      rows.append(.object(fields))
    }
    self.rows = rows
  }

  /// Positions at equal distances, the first and the last among them.
  static func evenly(_ count: Int, of all: Int) -> [Int] {
    guard all > count, count > 1 else { return Array(0..<min(all, max(count, 0))) }
    return (0..<count).map { $0 * (all - 1) / (count - 1) }
  }

  private static func fields(
    _ report: ExplorationReport, _ position: Int, _ axes: [DesignMeasure: QuantityAxis],
    _ names: [String]
  ) -> [String: ChartJSON] {
    let design = report.front[position]
    let variant = report.variants[design.variant]
    var fields: [String: ChartJSON] = [
      "nr": .number(Double(position + 1)),
      "allocation": .text(report.allocation(of: design)),
      "clock": .text(NumberFormat.frequency(design.clockHertz)),
    ]
    for (measure, axis) in axes {
      fields[axis.field] = report.value(measure, of: design).map(axis.number)
    }
    if let efficiency = design.framesPerWatt { fields["efficiency"] = .rounded(efficiency) }
    if let accuracy = variant.accuracy { fields["accuracy"] = .rounded(accuracy) }
    if report.variants.count > 1 {
      fields["variant"] = .text(names[design.variant])
      fields["trace"] = .text(ShellText.quoted(variant.trace))
      fields["samples"] = .text(variant.sampleOption)
    }
    return fields
  }

  /// What a reader sees who points at a design.
  var tooltip: [ChartJSON] {
    var lines: [ChartJSON] = [.tip("nr", "design")]
    if report.variants.count > 1 { lines.append(.tip("variant")) }
    lines += [.tip("allocation"), .tip("clock")]
    lines += measures.compactMap { axes[$0]?.tip }
    if report.device != nil { lines.append(.tip("efficiency", "FPS/W", ",.0f")) }
    if report.variants.contains(where: { $0.accuracy != nil }) {
      lines.append(.tip("accuracy", nil, ".1%"))
    }
    return lines
  }

  /// The commands of a chosen design; nil if the report does not know how it was made.
  var choice: Chart.Choice? {
    guard let command = report.command else { return nil }
    let isOne = report.variants.count == 1
    let trace = isOne ? ShellText.quoted(report.variants[0].trace) : "{trace}"
    let samples = isOne ? report.variants[0].sampleOption : "{samples}"
    return Chart.Choice(
      first: 1, caption: "Design {nr}: {allocation}, {clock}" + (isOne ? "" : " ({variant})"),
      commands: "\(command) --pick {nr} -o design-{nr}.yaml\n"
        + "lockstep replay \(trace) --hardware design-{nr}.yaml --samples \(samples)")
  }

  /// The axes of parallel coordinates: what may change layer by layer, the clock, and the objectives.
  private static func parallel(
    _ report: ExplorationReport, _ designs: [ExplorationReport.Design],
    _ axes: [DesignMeasure: QuantityAxis]
  ) -> ParallelCoordinates {
    let names = report.variantNames
    var drawn: [ParallelAxis] = []
    if report.variants.count > 1 {
      drawn.append(
        ParallelAxis("variant", choices: designs.map { names[$0.variant] }))
    }
    drawn.append(
      ParallelAxis(
        "clock [MHz]",
        choices: designs.map { Self.word($0.clockHertz / 1e6) }))
    var known: Set<String> = []
    for layer in report.variants.flatMap(\.layers) {
      for key in layer.parameters where known.insert("\(layer.name) \(key)").inserted {
        drawn.append(
          ParallelAxis(
            "\(layer.name) \(Self.word(key))",
            choices: designs.map { design in
              let own = design.layers.first { $0.name == layer.name }
              return own?.values[key].map { "\($0)" } ?? own?.words[key]
            }))
      }
    }
    for measure in report.objectives {
      guard let axis = axes[measure] else { continue }
      drawn.append(ParallelAxis(axis, designs.map { report.value(measure, of: $0) }))
    }
    return ParallelCoordinates(drawn)
  }

  /// A number without a point if it needs none.
  private static func word(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }

  /// A parameter in a word or two.
  private static func word(_ key: String) -> String {
    switch key {
    case "processing-elements": "PEs"
    case "logical-to-hardware-ratio": "LHR"
    default: key.replacing("-", with: " ")
    }
  }
}

extension ExplorationReport.Variant {
  /// The measured samples, as `lockstep replay --samples` reads them.
  var sampleOption: String { "\(firstSample)..\(firstSample + max(samples, 1) - 1)" }
}
