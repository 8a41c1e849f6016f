import PowerEstimation

extension ResourceReport {
  /// What part of each of the device's pools every layer takes; the tick is the upper bound.
  var deviceChart: Chart? {
    guard let device else { return nil }
    let uses = device.uses.filter { $0.available > 0 }
    let rows = uses.flatMap { use in
      layers.enumerated().map { rank, layer -> ChartJSON in
        let count = DeviceCapacity(layer.total.value)[use.pool]
        return [
          "pool": .text(use.pool.rawValue), "layer": .text(layer.name),
          "share": .number(count / use.available), "count": .number(count),
          "available": .number(use.available), "rank": .number(Double(rank)),
        ]
      }
    }
    let bounds = uses.map { use -> ChartJSON in
      [
        "pool": .text(use.pool.rawValue), "low": .number(use.needed.low / use.available),
        "high": .number(use.needed.high / use.available),
      ]
    }
    return .bars(
      "device",
      description: "Stacked bars of what the design takes of \(device.device): "
        + uses.map { "\($0.pool.rawValue) \(NumberFormat.percent($0.share ?? 0))" }
        .joined(separator: ", ") + ".",
      rows: rows, names: "pool", order: uses.map(\.pool.rawValue),
      length: .quantity("share", "part of \(device.device)", format: "%"),
      colour: .colours("layer", "layer", layers.map(\.name), grey: "input"),
      tooltip: [
        .tip("pool", "resource"), .tip("layer"), .tip("count", "needed", ",.1f"),
        .tip("available", "device has", ",.0f"), .tip("share", nil, ".2%"),
      ],
      bounds: .init(
        rows: bounds,
        tooltip: [
          .tip("pool", "resource"), .tip("low", "all layers, at least", ".1%"),
          .tip("high", "all layers, at most", ".1%"),
        ]),
      marks: uses.contains { $0.needed.high > $0.available }
        ? [
          [
            "data": ["values": [["end": 1]]],
            "mark": ["type": "rule", "strokeDash": [4, 3], "color": "#c4553b", "strokeWidth": 2],
            "encoding": ["x": ["field": "end", "type": "quantitative"]],
          ]
        ] : [])
  }
}
