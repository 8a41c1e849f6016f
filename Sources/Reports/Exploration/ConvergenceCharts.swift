import Exploration

/// How the search came to its result.
extension ExplorationReport {
  /// The charts of the search; none if its first design was the best already.
  var convergenceCharts: [Chart] {
    let steps = certificate.steps
    guard steps.count > 1 else { return [] }
    if certificate.method == .merging { return [decidedChart, keptChart] }
    return [bestChart].compactMap(\.self)
  }

  /// What each step stands for: the layer that was merged, of which search; plain numbers where that is
  /// not known.
  private var stepNames: [String] {
    let names = variantNames
    let isSingle = variants.count == 1 && variants[0].clocks.count == 1
    let searches = variants.indices.flatMap { variant in
      variants[variant].clocks.map { clock -> [String] in
        let prefix = [
          variants.count > 1 ? names[variant] : nil,
          variants[variant].clocks.count > 1 ? NumberFormat.frequency(clock) : nil,
        ].compactMap(\.self).joined(separator: ", ")
        return (variants[variant].layers.map(\.name) + ["front"]).map {
          isSingle ? $0 : "\(prefix): \($0)"
        }
      }
    }
    let all = searches.flatMap(\.self)
    guard certificate.method == .merging, all.count == certificate.steps.count else {
      return certificate.steps.indices.map { "step \($0 + 1)" }
    }
    return all
  }

  private var stepRows: [ChartJSON] {
    let designs = Double(max(certificate.designs, 1))
    return zip(certificate.steps, stepNames).enumerated().map { index, pair in
      let (step, name) = pair
      return [
        "step": .number(Double(index + 1)), "name": .text(name),
        "decided": .rounded(Double(step.decided) / designs), "kept": .number(Double(step.kept)),
        "designs": .number(Double(step.decided)), "evaluated": .number(Double(step.evaluated)),
      ]
    }
  }

  private var stepAxis: ChartJSON {
    let isFew = certificate.steps.count <= 30
    return [
      "field": "step", "type": "ordinal", "title": .text(isFew ? "" : "step of the search"),
      "axis": isFew
        ? [
          "labelExpr": .text(
            "split(\(ParallelCoordinates.list(stepNames))[datum.value - 1], ': ')"),
          "labelAngle": 0, "labelOverlap": "greedy",
        ] : ["labelOverlap": "greedy", "labelAngle": 0],
    ]
  }

  private static let stepTooltip: [ChartJSON] = [
    .tip("name", "after"), .tip("decided", "decided", ".2%"),
    .tip("designs", "designs decided", ",d"), .tip("evaluated", "designs evaluated", ",d"),
    .tip("kept", "still in the running", ",d"),
  ]

  private var decidedChart: Chart {
    Chart(
      name: "decided",
      description: "How much of the space was evaluated or excluded after each step of the search: "
        + "in the end \(NumberFormat.count(certificate.decided)) of "
        + "\(NumberFormat.amount(certificate.designs, of: "design")).",
      rows: stepRows,
      specification: [
        "height": 150,
        "mark": [
          "type": "line", "interpolate": "step-after", "point": ["size": 45, "filled": true],
        ],
        "encoding": [
          "x": stepAxis,
          "y": .quantity(
            "decided", "decided part of the space", format: ".0%", scale: ["domain": [0, 1]]),
          "tooltip": .list(Self.stepTooltip),
        ],
      ])
  }

  private var keptChart: Chart {
    Chart(
      name: "kept",
      description: "Allocations still in the running after each layer that was merged: at most "
        + "\(NumberFormat.count(certificate.steps.map(\.kept).max() ?? 0)), in the end "
        + "\(NumberFormat.amount(front.count, of: "design")).",
      rows: stepRows,
      specification: [
        "height": 150,
        "mark": ["type": "bar"],
        "encoding": [
          "x": stepAxis,
          "y": .quantity(
            "kept", "allocations in the running", format: ",~f", scale: ["type": "sqrt"]),
          "tooltip": .list(Self.stepTooltip),
        ],
      ])
  }

  /// The best design so far, against designs that were evaluated.
  private var bestChart: Chart? {
    guard let objective = objectives.first else { return nil }
    let steps = certificate.steps.compactMap { step in step.best.map { (step, best: $0) } }
    guard Set(steps.map(\.best)).count > 1 else { return nil }
    let best = QuantityAxis(
      objective.field, "best \(objective.label)", unit: objective.unit, isShare: objective.isShare,
      values: steps.map(\.best))
    // Designs that the search began with count as one, so that a logarithm has them.
    let evaluated = QuantityAxis(
      "evaluated", "designs evaluated", values: steps.map { Double(max($0.0.evaluated, 1)) })
    return Chart(
      name: "best",
      description:
        "The best \(objective.label) so far against the designs that were evaluated: from "
        + "\(best.text(at: 1)) to \(best.text(at: 0)) \(best.unit).",
      rows: steps.map { step, value in
        .object([
          best.field: best.number(value), "evaluated": .number(Double(max(step.evaluated, 1))),
          "decided": .rounded(Double(step.decided) / Double(max(certificate.designs, 1))),
          "kept": .number(Double(step.kept)),
        ])
      },
      specification: [
        "height": 180,
        "mark": [
          "type": "line", "interpolate": "step-after", "point": ["size": 45, "filled": true],
        ],
        "encoding": [
          "x": evaluated.channel(), "y": best.channel(),
          "tooltip": [
            best.tip, evaluated.tip, .tip("decided", "decided", ".2%"),
            .tip("kept", "designs no other is as good as", ",d"),
          ],
        ],
      ])
  }
}
