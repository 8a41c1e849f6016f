import Exploration

/// The pictures of a front.
extension FrontRows {
  /// A chart for each pair of objectives.
  var scatterCharts: [Chart] {
    let objectives = report.objectives.filter { axes[$0] != nil }
    return objectives.indices.flatMap { first in
      objectives.indices.dropFirst(first + 1).compactMap { second in
        scatter(objectives[first], objectives[second])
      }
    }
  }

  /// Every design as a line over all that may change and all that is wanted.
  var parallelChart: Chart? {
    guard report.front.count > 1, let colour = report.objectives.first.flatMap({ axes[$0] }) else {
      return nil
    }
    return parallel.chart(
      "parallel",
      description:
        "Parallel coordinates of \(NumberFormat.amount(lines, of: "design")) of the front: "
        + parallel.axes.map(\.label).joined(separator: ", ") + ".",
      rows: rows, dataset: Self.dataset, colour: colour, tooltip: tooltip, choice: choice)
  }

  private func scatter(_ first: DesignMeasure, _ second: DesignMeasure) -> Chart? {
    guard let x = axes[first], let y = axes[second] else { return nil }
    var layers: [ChartJSON] = limits(first, x, channel: "x") + limits(second, y, channel: "y")
    // With three objectives the front is a surface, and has no line in two of them.
    if report.objectives.count == 2, rows.count > 1 {
      layers.append([
        "mark": [
          "type": "line", "interpolate": "step-after", "strokeWidth": 1.5,
          "color": .text(Chart.quiet),
        ],
        "encoding": ["x": x.channel(), "y": y.channel()],
      ])
    }
    let size: ChartJSON = .number(rows.count > 300 ? 24 : rows.count > 60 ? 42 : 70)
    var encoding: [String: ChartJSON] = [
      "x": x.channel(), "y": y.channel(), "tooltip": .list(tooltip),
    ]
    if report.variants.count > 1 {
      encoding["color"] = .colours("variant", "variant", report.variantNames)
    }
    layers += [
      [
        "mark": [
          "type": "point", "filled": true, "size": size, "opacity": 0.85, "aria": false,
          "cursor": "pointer",
        ],
        "encoding": .object(encoding),
      ],
      Chart.chosenRing(x.channel(), y.channel()),
    ]
    layers += labels(first, second)
    return Chart(
      name: "front-\(x.field)-\(y.field)",
      description:
        "Scatter chart of \(NumberFormat.amount(rows.count, of: "design")), \(x.title) against "
        + "\(y.title): from \(x.text(at: 0)) to \(x.text(at: 1)) and from \(y.text(at: 0)) to "
        + "\(y.text(at: 1)).",
      rows: rows, dataset: Self.dataset, choice: choice,
      specification: [
        "height": 340, "params": [Chart.chosenParameter(choice)], "layer": .list(layers),
      ])
  }

  /// Dashed lines where an axis crosses a limit.
  private func limits(
    _ measure: DesignMeasure, _ axis: QuantityAxis, channel: String
  ) -> [ChartJSON] {
    limits.filter { $0.measure == measure }.flatMap {
      constraint -> [ChartJSON] in
      let row = ChartJSON.object([axis.field: axis.number(constraint.limit)])
      let words =
        constraint.origin == report.device
        ? "\(constraint.origin) has \(ExplorationReport.value(constraint.limit, measure))"
        : ExplorationReport.text(constraint)
      let text: ChartJSON =
        channel == "x"
        ? [
          "type": "text", "align": "right", "baseline": "bottom", "angle": 270, "dy": -3,
          "text": .text(words),
        ]
        : ["type": "text", "align": "left", "baseline": "bottom", "dy": -3, "text": .text(words)]
      // At the upper end of a vertical line, at the left end of a horizontal one.
      let end: (String, ChartJSON) = channel == "x" ? ("y", ["value": 0]) : ("x", ["value": 0])
      return [
        [
          "data": ["values": [row]],
          "mark": ["type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.5],
          "encoding": .object([channel: axis.channel()]),
        ],
        [
          "data": ["values": [row]], "mark": text,
          "encoding": .object([channel: axis.channel(), end.0: end.1]),
        ],
      ]
    }
  }

  /// Names beside the best designs and the knee; those that would stand on each other are one.
  private func labels(_ first: DesignMeasure, _ second: DesignMeasure) -> [ChartJSON] {
    guard let x = axes[first], let y = axes[second] else { return [] }
    typealias Label = (across: Double, up: Double, name: String)
    var labels: [Label] = []
    func add(_ name: String, _ position: Int?) {
      guard let position, let across = report.value(first, of: report.front[position]),
        let up = report.value(second, of: report.front[position])
      else { return }
      let name = "\(name) (\(position + 1))"
      let near = labels.firstIndex {
        abs(x.position($0.across) - x.position(across)) < 0.2
          && abs(y.position($0.up) - y.position(up)) < 0.08
      }
      if let near {
        labels[near].name += ", \(name)"
      } else {
        labels.append((across, up, name))
      }
    }
    add("best \(first.label)", report.best(by: first))
    add("best \(second.label)", report.best(by: second))
    add("knee", report.knee)
    return [true, false].flatMap { isLeft -> [ChartJSON] in
      let rows = labels.filter { (x.position($0.across) < 0.7) == isLeft }.map { label in
        ChartJSON.object([
          x.field: x.number(label.across), y.field: y.number(label.up), "name": .text(label.name),
        ])
      }
      // Below the right end of a front, and above the rest of it, nothing is drawn; a halo keeps words
      // legible where something is.
      let mark: [String: ChartJSON] = [
        "type": "text", "align": isLeft ? "left" : "right", "dx": isLeft ? 9 : -9,
        "dy": isLeft ? -9 : 16, "fontWeight": 600,
      ]
      return [mark.merging(["style": "halo"]) { $1 }, mark].map { mark in
        [
          "data": ["values": .list(rows)], "mark": .object(mark),
          "encoding": ["x": x.channel(), "y": y.channel(), "text": ["field": "name"]],
        ]
      }
    }
  }
}

extension Chart {
  /// What is chosen, on light and dark pages.
  static let chosenColour = "#d6336c"

  /// The parameter that is the number of the chosen row.
  static func chosenParameter(_ choice: Choice?) -> ChartJSON {
    ["name": "chosen", "value": .number(Double(choice?.first ?? 1))]
  }

  /// A ring around the chosen row.
  static func chosenRing(_ x: ChartJSON, _ y: ChartJSON) -> ChartJSON {
    [
      "transform": [["filter": "datum.nr === chosen"]],
      "mark": [
        "type": "point", "filled": false, "size": 240, "strokeWidth": 2.5,
        "color": .text(chosenColour),
      ],
      "encoding": ["x": x, "y": y],
    ]
  }
}
