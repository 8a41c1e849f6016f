import Accelerator

extension ReplayReport {
  /// Compression against accumulation: which of the two a layer is bound by.
  var balanceChart: Chart? {
    let samples = Double(max(trace.samples, 1))
    let points = layers.compactMap { layer -> (String, Double, Double)? in
      guard layer.engines.count > 1,
        let compression = layer.engines.first(where: { $0.name.contains("compression") }),
        let work = layer.engines.first(where: {
          $0.name.contains("spike engine") || $0.name.contains("neuron engine")
        })
      else { return nil }
      return (
        layer.name, Double(compression.cycles(.busy)) / samples,
        Double(work.cycles(.busy)) / samples
      )
    }
    guard !points.isEmpty else { return nil }
    let largest = points.map { max($0.1, $0.2) }.max() ?? 1
    let smallest = max(points.map { min($0.1, $0.2) }.min() ?? 1, 1)
    let bound: [ChartJSON] = [smallest / 2, largest * 2].map {
      ["compression": .number($0), "accumulation": .number($0)]
    }
    let scale: ChartJSON = ["type": "log", "nice": true]
    func axis(_ field: String, _ title: String) -> ChartJSON {
      ["field": .text(field), "type": "quantitative", "title": .text(title), "scale": scale]
    }
    let x = axis("compression", "cycles a sample in which the compression engine works")
    let y = axis("accumulation", "cycles a sample of accumulation")
    return Chart(
      name: "balance",
      description: "Points, one a layer: "
        + points.map { name, compression, accumulation in
          "\(name) is \(accumulation >= compression ? "accumulation" : "compression")-bound"
        }.joined(separator: ", ") + ".",
      rows: points.map { name, compression, accumulation in
        [
          "layer": .text(name), "compression": .number(max(compression, 1)),
          "accumulation": .number(max(accumulation, 1)),
          "bound": .text(accumulation >= compression ? "accumulation" : "compression"),
        ]
      },
      specification: [
        "height": 320,
        "layer": [
          [
            "data": ["values": .list(bound)], "mark": ["type": "line", "strokeDash": [4, 3]],
            "encoding": ["x": x, "y": y, "color": ["value": "#8a94a6"]],
          ],
          [
            "mark": ["type": "point", "filled": true, "size": 110],
            "encoding": [
              "x": x, "y": y,
              "color": ["field": "bound", "type": "nominal", "title": "bound by"],
              "tooltip": [
                ["field": "layer"], ["field": "compression", "format": ",.1f"],
                ["field": "accumulation", "format": ",.1f"], ["field": "bound"],
              ],
            ],
          ],
          [
            "mark": ["type": "text", "align": "left", "dx": 9],
            "encoding": ["x": x, "y": y, "text": ["field": "layer"]],
          ],
        ],
      ])
  }
}
