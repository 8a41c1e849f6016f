import Exploration

extension MembraneSweepFigure {
  var accuracyChart: Chart {
    heatMap(
      "accuracy", value: \.accuracy, text: { NumberFormat.percent($0.accuracy) },
      description: "Heat map of test accuracy over beta and theta: "
        + "\(Self.setting(best)) is the most accurate with \(NumberFormat.percent(best.accuracy)).")
  }

  var latencyChart: Chart {
    heatMap(
      "latency", value: \.seconds, text: { NumberFormat.duration($0.seconds) },
      description: "Heat map of mean latency over beta and theta: "
        + "\(NumberFormat.duration(best.seconds)) at the most accurate setting, "
        + "\(NumberFormat.duration(recommended.seconds)) at the recommended one, "
        + "\(Self.setting(recommended)).")
  }

  /// A quantity over beta and theta, written into the cells.
  private func heatMap(
    _ name: String, value: (SweepGroup) -> Double, text: (SweepGroup) -> String,
    description: String
  ) -> Chart {
    let values = cells.map(value)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    // White text where the scheme is dark.
    let isDark = "datum.shown > \(low + 0.55 * (high - low))"
    let x: ChartJSON = [
      "field": "beta", "type": "ordinal", "title": "beta (decay)",
      "axis": ["labelAngle": 0],
    ]
    let y: ChartJSON = [
      "field": "theta", "type": "ordinal", "title": "theta (threshold)", "sort": "descending",
    ]
    let ink: ChartJSON = [
      "condition": ["test": .text(isDark), "value": "#ffffff"], "value": "#14213d",
    ]
    let marked: ChartJSON = ["filter": "datum.mark != ''"]
    return Chart(
      name: name, description: description,
      rows: zip(cells, rows).map { cell, row in
        guard case .object(var fields) = row else { return row }
        fields["shown"] = .number(value(cell))
        fields["text"] = .text(text(cell))
        return .object(fields)
      },
      specification: [
        "height": .number(max(160, 62 * Double(Set(cells.map(\.hyperparameters.theta)).count))),
        "encoding": ["x": x, "y": y],
        "layer": [
          [
            "mark": ["type": "rect"],
            "encoding": [
              "color": [
                "field": "shown", "type": "quantitative", "scale": ["scheme": "blues"],
                "legend": .null,
              ], "tooltip": SweepGroup.tooltip,
            ],
          ],
          [
            "transform": [marked],
            "mark": ["type": "rect", "filled": false, "strokeWidth": 3],
            "encoding": [
              "stroke": ["value": "#e08a1e"]
            ],
          ],
          [
            "mark": ["type": "text", "fontSize": 14, "dy": -5],
            "encoding": [
              "text": ["field": "text"], "color": ink,
            ],
          ],
          [
            "transform": [marked],
            "mark": ["type": "text", "fontSize": 11, "dy": 12],
            "encoding": ["text": ["field": "mark"], "color": ink],
          ],
        ],
      ])
  }

  /// Accuracy against latency.
  var tradeChart: Chart {
    let unit = DurationUnit(fitting: best.seconds)
    let x: ChartJSON = [
      "field": "time", "type": "quantitative", "title": "mean latency [\(unit.rawValue)]",
      "scale": ["zero": false],
    ]
    let y: ChartJSON = [
      "field": "accuracy", "type": "quantitative", "title": "test accuracy",
      "axis": ["format": "%"], "scale": ["zero": false],
    ]
    return Chart(
      name: "trade",
      description: "Accuracy against latency, a point a setting; the recommended one is "
        + "\(Self.setting(recommended)).",
      rows: zip(cells, rows).map { cell, row in
        guard case .object(var fields) = row else { return row }
        fields["time"] = .number(cell.seconds / unit.seconds)
        let setting = cell.hyperparameters
        fields["label"] = .text(
          "β \(setting.beta) θ \(setting.theta)"
            + (fields["mark"] == .text("") ? "" : ": \(Self.word(fields["mark"]))"))
        return .object(fields)
      },
      specification: [
        "height": 320,
        "layer": [
          [
            "mark": ["type": "rule", "strokeDash": [4, 3]],
            "data": [
              "values": [["accuracy": .number(best.accuracy - Self.acceptedLoss)]]
            ],
            "encoding": ["y": y],
          ],
          [
            "mark": ["type": "point", "filled": true, "size": 70],
            "encoding": [
              "x": x, "y": y,
              "color": [
                "field": "theta", "type": "nominal", "title": "theta", "sort": "descending",
              ],
              // A grey that can be seen on light and dark paper.
              "shape": [
                "field": "beta", "type": "nominal", "title": "beta",
                "legend": ["symbolFillColor": "#8a94a6", "symbolStrokeColor": "#8a94a6"],
              ],
              "tooltip": SweepGroup.tooltip,
            ],
          ],
          [
            "transform": [["filter": "datum.mark != ''"]],
            "mark": ["type": "text", "align": "left", "dx": 8, "dy": -7],
            "encoding": ["x": x, "y": y, "text": ["field": "label"]],
          ],
        ],
      ])
  }

  private static func word(_ value: ChartJSON?) -> String {
    if case .text(let text)? = value { return text }
    return ""
  }
}
