import Exploration

extension SurrogateScaleFigure {
  private var scales: [Double] {
    Set(series.flatMap(\.groups).compactMap(\.hyperparameters.scale)).sorted()
  }

  /// A colour for each surrogate; the legend shows it whole, however pale a band is.
  private static let color: ChartJSON = [
    "field": "surrogate", "type": "nominal", "title": "surrogate",
    "legend": ["symbolOpacity": 1, "symbolType": "circle"],
  ]

  /// A quantity against the scale: a line and a band for each surrogate, a dot for each seed.
  func chart(_ name: String, field: String, title: String, format: String) -> Chart {
    let x: ChartJSON = [
      "field": "scale", "type": "quantitative", "title": "scale of the derivative (log)",
      "scale": ["type": "log", "base": 2],
      "axis": [
        "values": .list(scales.map { .number($0) }), "format": "~g", "grid": false,
      ],
    ]
    let color = Self.color
    let y: ChartJSON = [
      "field": .text(field), "type": "quantitative", "title": .text(title),
      "axis": ["format": .text(format)], "scale": ["zero": false],
    ]
    return Chart(
      name: name,
      description: "\(title) against the scale of the derivative, a line for each surrogate: "
        + series.map { series in
          "\(series.surrogate) from \(text(series.groups[0], field)) to "
            + text(series.groups[series.groups.count - 1], field)
        }.joined(separator: ", ") + ".",
      rows: rows,
      specification: [
        "height": 280,
        "layer": [
          [
            "mark": ["type": "area", "opacity": 0.18, "line": false],
            "encoding": [
              "x": x, "color": color,
              "y": [
                "field": .text(field + "Low"), "type": "quantitative", "title": .text(title),
                "scale": ["zero": false],
              ], "y2": ["field": .text(field + "High")],
            ],
          ],
          [
            "mark": [
              "type": "line", "strokeWidth": 2, "point": ["size": 60, "filled": true],
            ],
            "encoding": ["x": x, "y": y, "color": color, "tooltip": SweepGroup.tooltip],
          ],
          [
            "data": ["values": .list(seedRows)],
            "mark": ["type": "point", "size": 22, "opacity": 0.7],
            "encoding": [
              "x": x, "y": y, "color": color,
              "tooltip": [
                ["field": "surrogate"], ["field": "scale"], ["field": "accuracy", "format": ".2%"],
                ["field": "efficiency", "title": "FPS/W", "format": ",.0f"],
                ["field": "firing", "title": "firing rate", "format": ".2%"],
              ],
            ],
          ],
        ],
      ])
  }

  private func text(_ group: SweepGroup, _ field: String) -> String {
    field == "accuracy"
      ? NumberFormat.percent(group.accuracy) : NumberFormat.significant(group.efficiency)
  }

  /// One row for each seed.
  private var seedRows: [ChartJSON] {
    series.flatMap(\.groups).flatMap { group in
      group.measurements.map { measurement in
        [
          "surrogate": .text(group.hyperparameters.surrogate),
          "scale": group.hyperparameters.scale.map { .number($0) } ?? .null,
          "accuracy": .number(measurement.accuracy.share),
          "efficiency": .number(measurement.vectorless.framesPerSecondPerWatt.value),
          "firing": .number(measurement.firingRate),
        ]
      }
    }
  }

  /// Firing rate against accuracy.
  var tradeChart: Chart {
    let x: ChartJSON = [
      "field": "accuracy", "type": "quantitative", "title": "test accuracy",
      "axis": ["format": "%"], "scale": ["zero": false],
    ]
    let y: ChartJSON = [
      "field": "firing", "type": "quantitative", "title": "neurons that fire in a time step",
      "axis": ["format": ".1%"], "scale": ["zero": false],
    ]
    let color = Self.color
    return Chart(
      name: "trade",
      description: "Firing rate against accuracy, a point for each surrogate and scale: "
        + series.map {
          "\($0.surrogate) at its best \(NumberFormat.percent($0.best.accuracy)) with firing rate "
            + NumberFormat.percent($0.best.firingRate)
        }.joined(separator: ", ") + ".",
      rows: rows,
      specification: [
        "height": 280,
        "layer": [
          [
            "mark": ["type": "line", "strokeWidth": 1, "opacity": 0.5],
            "encoding": ["x": x, "y": y, "color": color, "order": ["field": "scale"]],
          ],
          [
            "mark": ["type": "point", "size": 60, "filled": true],
            "encoding": ["x": x, "y": y, "color": color, "tooltip": SweepGroup.tooltip],
          ],
          [
            "mark": ["type": "text", "dx": 9, "dy": -6, "fontSize": 10],
            "encoding": ["x": x, "y": y, "text": ["field": "scale", "format": "~g"]],
          ],
        ],
      ])
  }
}
