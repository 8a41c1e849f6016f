import Exploration

extension ExplorationReport {
  /// What the bounds of all that is estimated do to the best design.
  var sensitivityChart: Chart? {
    guard let sensitivity, let best = front.first else { return nil }
    // The first objective that an estimate changes; cycles are exact.
    func outcomes(_ measure: DesignMeasure) -> [(row: Sensitivity, low: Double?, high: Double?)] {
      sensitivity.map { row in
        (
          row, row.low.best.flatMap { value(measure, of: $0) },
          row.high.best.flatMap { value(measure, of: $0) }
        )
      }
    }
    func isChanged(_ measure: DesignMeasure) -> Bool {
      guard let base = value(measure, of: best) else { return false }
      return outcomes(measure).contains { row in
        [row.low, row.high].contains { $0.map { abs($0 - base) > 1e-9 * abs(base) } ?? false }
      }
    }
    guard let measure = (objectives + [.energy]).first(where: isChanged),
      let base = value(measure, of: best)
    else { return nil }
    let found = outcomes(measure)
    let axis = QuantityAxis(
      "value", "\(measure.label) of the best design", unit: measure.unit, isShare: measure.isShare,
      values: found.flatMap { [$0.low, $0.high].compactMap(\.self) } + [base])
    let rows = found.flatMap { found in
      [(found.row.low, found.low, "lower bound"), (found.row.high, found.high, "upper bound")]
        .compactMap { outcome, value, bound -> ChartJSON? in
          guard let value, let design = outcome.best else { return nil }
          return [
            "estimated": .text(found.row.coefficient), "bound": .text(bound),
            "number": .text(
              found.row.unit.isEmpty
                ? bound : QuantityFormat.text(outcome.number, found.row.unit)),
            "value": axis.number(value), "base": axis.number(base),
            "kept": .number(Double(outcome.kept)),
            "front": .number(Double(outcome.front)), "allocation": .text(allocation(of: design)),
            "same": .text(outcome.bestStays ? "yes" : "no"),
          ]
        }
    }
    let order = found.sorted {
      abs(($0.high ?? base) - ($0.low ?? base)) > abs(($1.high ?? base) - ($1.low ?? base))
    }.map(\.row.coefficient)
    let length: ChartJSON = [
      "field": "value", "type": "quantitative", "title": .text(axis.title),
      "scale": ["zero": false, "padding": 10], "axis": ["format": ",~f"],
    ]
    return Chart(
      name: "sensitivity",
      description:
        "Bars from the best design's \(measure.label), \(text(measure, of: best)), to what the best "
        + "design has with the lower and the upper bound of each estimate.",
      rows: rows,
      specification: [
        "height": Chart.height(bars: order.count + 1),
        "layer": [
          [
            "mark": ["type": "bar", "height": ["band": 0.7]],
            "encoding": [
              "y": .names("estimated", order), "x": length, "x2": ["field": "base"],
              "color": .colours("bound", "with its", ["lower bound", "upper bound"]),
              "tooltip": [
                .tip("estimated"), .tip("number", "taken as"), axis.tip,
                .tip("allocation", "best design"),
                .tip("same", "the same design"), .tip("front", "designs of the front", ",d"),
                .tip("kept", "of them known", ",d"),
              ],
            ],
          ],
          [
            "data": ["values": [["value": axis.number(base)]]],
            "mark": ["type": "rule", "strokeWidth": 1.5],
            "encoding": ["x": length],
          ],
        ],
      ])
  }

  /// By how much the closest design exceeds which limit, and what is possible at all.
  var shortfallChart: Chart? {
    let drawn = shortfalls.filter { $0.constraint.limit > 0 }
    guard !drawn.isEmpty else { return nil }
    let names = ["closest design", "least possible"]
    let rows = drawn.flatMap { shortfall in
      zip(names, [shortfall.closest, shortfall.least]).map { name, value -> ChartJSON in
        [
          "limit": .text(Self.text(shortfall.constraint)), "what": .text(name),
          "ratio": .rounded(value / shortfall.constraint.limit),
          "value": .text(Self.value(value, shortfall.constraint.measure)),
        ]
      }
    }
    let order = drawn.map { Self.text($0.constraint) }
    let length: ChartJSON = .quantity("ratio", "part of the limit", format: ".0%")
    return Chart(
      name: "shortfalls",
      description:
        "Bars of what the closest design has, and of the least that any design has, as a part of "
        + "each limit: "
        + drawn.map {
          "\(Self.text($0.constraint)) \(NumberFormat.percent($0.closest / $0.constraint.limit))"
        }.joined(separator: ", ") + ".",
      rows: rows,
      specification: [
        "height": Chart.height(bars: 2 * order.count + 1),
        "layer": [
          [
            "mark": ["type": "bar", "cornerRadiusEnd": 2],
            "encoding": [
              "y": .names("limit", order),
              "yOffset": ["field": "what", "sort": .list(names.map { .text($0) })],
              "x": length, "color": .colours("what", "", names),
              "tooltip": [
                .tip("limit"), .tip("what"), .tip("value"), .tip("ratio", "of the limit", ".1%"),
              ],
            ],
          ],
          [
            "data": ["values": [["ratio": 1]]],
            "mark": ["type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.5],
            "encoding": ["x": length],
          ],
        ],
      ])
  }

  /// How much of its limits the best design takes.
  var limitChart: Chart? {
    guard let best = front.first else { return nil }
    let drawn = constraints.compactMap {
      constraint -> (String, Double, Double, DesignConstraint)? in
      guard constraint.limit > 0, let value = value(constraint.measure, of: best) else {
        return nil
      }
      return (Self.text(constraint), value / constraint.limit, value, constraint)
    }
    guard !drawn.isEmpty else { return nil }
    return .bars(
      "limits",
      description: "Bars of how much of each limit design 1 takes: "
        + drawn.map { "\($0.0) \(NumberFormat.percent($0.1))" }.joined(separator: ", ") + ".",
      rows: drawn.map { name, ratio, value, constraint in
        [
          "limit": .text(name), "ratio": .rounded(ratio),
          "value": .text(Self.value(value, constraint.measure)), "origin": .text(constraint.origin),
          "nr": 1, "allocation": .text(allocation(of: best)),
          "clock": .text(NumberFormat.frequency(best.clockHertz)),
        ]
      },
      names: "limit", order: drawn.map(\.0),
      length: .quantity(
        "ratio", "part of the limit that design 1 takes", format: ".0%", scale: ["domain": [0, 1]]),
      tooltip: [
        .tip("limit"), .tip("value"), .tip("ratio", "of the limit", ".1%"),
        .tip("origin", "set by"),
      ])
  }
}
