import Foundation

/// A chart of parallel coordinates: every row a line over axes with scales of their own.
struct ParallelCoordinates: Sendable {
  /// More lines cannot be told apart.
  static let mostLines = 200

  /// The axes that are drawn.
  let axes: [ParallelAxis]

  /// Creates a chart of those axes on which rows differ.
  init(_ axes: [ParallelAxis]) { self.axes = axes.filter { !$0.isConstant } }

  /// What a row needs beside its other fields.
  ///
  /// - Parameters:
  ///   - row: its position.
  ///   - isLine: whether it is one of the lines that are always drawn.
  /// - Returns: the fields.
  func fields(of row: Int, isLine: Bool) -> [String: ChartJSON] {
    var fields: [String: ChartJSON] = isLine ? ["line": 1] : [:]
    for (index, axis) in axes.enumerated() {
      guard let position = axis.positions[row] else { continue }
      fields["a\(index)"] = .number((position * 1000).rounded() / 1000)
    }
    return fields
  }

  /// The chart; nil if there are not two axes to draw lines between.
  ///
  /// - Parameters:
  ///   - name: its name in the page.
  ///   - description: what is seen.
  ///   - rows: the rows, each with a number `nr` and what ``fields(of:isLine:)`` says.
  ///   - dataset: the name under which the page holds them.
  ///   - colour: the quantity that colours the lines.
  ///   - tooltip: what a reader sees who points at a line.
  ///   - choice: commands of a row.
  /// - Returns: the chart.
  func chart(
    _ name: String, description: String, rows: [ChartJSON], dataset: String, colour: QuantityAxis,
    tooltip: [ChartJSON], choice: Chart.Choice?
  ) -> Chart? {
    guard axes.count > 1 else { return nil }
    let labels = axes.map(\.label)
    let mostWords = labels.map { $0.split(separator: " ").count }.max() ?? 1
    let names = axes.indices.map { ChartJSON.text("a\($0)") }
    let x: ChartJSON = [
      "field": "axis", "type": "ordinal", "title": .null,
      "scale": ["type": "point", "domain": .list(names), "padding": 0.4],
      "axis": [
        "orient": "top", "labelAngle": 0, "domain": false, "ticks": false,
        "labelPadding": .number(10 + 14 * Double(mostWords - 1)),
        // Each word on a line of its own: axes stand close.
        "labelExpr": .text("split(\(Self.list(labels))[+slice(datum.value, 1)], ' ')"),
      ],
    ]
    let y: ChartJSON = [
      "field": "position", "type": "quantitative", "axis": .null,
      "scale": ["domain": [0, 1], "nice": false],
    ]
    var scale: [String: ChartJSON] = [
      "range": ["#1f9aa3", "#8f8bd8", "#e0762e"], "interpolate": "rgb",
    ]
    if colour.isLogarithmic { scale["type"] = "log" }
    let ink: ChartJSON = [
      "field": .text(colour.field), "type": "quantitative", "title": .text(colour.title),
      "scale": .object(scale),
      "legend": [
        "orient": "bottom", "direction": "horizontal", "gradientLength": 260,
        "format": .text(colour.isShare ? ".0%" : ",~f"),
      ],
    ]
    // A parameter of the marks that the pointer meets.
    func pointed(_ value: Double, else other: Double) -> ChartJSON {
      [
        "condition": ["param": "pointed", "empty": false, "value": .number(value)],
        "value": .number(other),
      ]
    }
    func lines(_ filter: String) -> ChartJSON {
      [
        ["filter": .text(filter)], ["fold": .list(names), "as": ["axis", "position"]],
        ["filter": "isValid(datum.position)"],
      ]
    }
    let shown = lines("datum.line === 1 || datum.nr === chosen")
    let detail: ChartJSON = ["field": "nr"]
    let ends = names.map { name -> ChartJSON in ["axis": name, "position": 0, "end": 1] }
    let ticks = axes.enumerated().flatMap { index, axis in
      axis.ticks.map { tick -> ChartJSON in
        ["axis": .text("a\(index)"), "position": .number(tick.position), "text": .text(tick.text)]
      }
    }
    func words(_ mark: [String: ChartJSON]) -> ChartJSON {
      var mark = mark
      for (key, value) in ["type": "text", "align": "left", "dx": 5, "fontSize": 11, "aria": false]
        as [String: ChartJSON]
      {
        mark[key] = value
      }
      return [
        "data": ["values": .list(ticks)], "mark": .object(mark),
        "encoding": ["x": x, "y": y, "text": ["field": "text"]],
      ]
    }
    return Chart(
      name: name, description: description, rows: rows, dataset: dataset, choice: choice,
      specification: [
        "height": 360, "params": [Chart.chosenParameter(choice)],
        "layer": [
          [
            "data": ["values": .list(ends)], "mark": ["type": "rule", "strokeWidth": 1],
            "encoding": ["x": x, "y": y, "y2": ["field": "end"]],
          ],
          [
            "transform": shown, "mark": ["type": "line", "aria": false],
            "encoding": [
              "x": x, "y": y, "detail": detail, "color": ink, "opacity": pointed(1, else: 0.6),
              "strokeWidth": pointed(4, else: 1.4),
            ],
          ],
          [
            "transform": lines("datum.nr === chosen"),
            "mark": ["type": "line", "strokeWidth": 3.5, "color": .text(Chart.chosenColour)],
            "encoding": ["x": x, "y": y, "detail": detail],
          ],
          words(["style": "halo"]), words([:]),
          [
            "transform": shown,
            "params": [
              [
                "name": "pointed",
                "select": [
                  "type": "point", "fields": ["nr"], "on": "pointerover", "clear": "pointerout",
                ],
              ]
            ],
            // Wide and not to be seen.
            "mark": [
              "type": "line", "strokeWidth": 9, "opacity": 0.001, "cursor": "pointer",
              "aria": false,
            ],
            "encoding": ["x": x, "y": y, "detail": detail, "tooltip": .list(tooltip)],
          ],
        ],
      ])
  }

  /// A list of texts as an expression of Vega: JSON is one.
  static func list(_ texts: [String]) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(texts)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }
}
