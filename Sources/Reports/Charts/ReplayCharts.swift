import Accelerator

/// The charts of one replay.
extension ReplayReport {
  /// Cycles by layer, with the slowest percent of the samples behind the mean.
  var latencyChart: Chart {
    let unit = DurationUnit(fitting: latencySeconds.mean)
    let rows = layers.map { layer -> ChartJSON in
      [
        "layer": .text(layer.name), "time": .number(layer.seconds.mean / unit.seconds),
        "p99": .number(layer.seconds.p99 / unit.seconds),
        "share": .number(layer.shareOfLatency), "cycles": .number(layer.cycles.mean),
        "elements": .number(Double(layer.processingElements)),
      ]
    }
    let order = layers.map { ChartJSON.text($0.name) }
    let y: ChartJSON = ["field": "layer", "type": "nominal", "sort": .list(order), "title": .null]
    let tooltip: ChartJSON = [
      ["field": "layer"], ["field": "time", "title": "mean [\(unit.rawValue)]", "format": ",.3f"],
      ["field": "p99", "title": "p99 [\(unit.rawValue)]", "format": ",.3f"],
      ["field": "cycles", "title": "mean cycles", "format": ",.1f"],
      ["field": "share", "title": "share of latency", "format": ".1%"],
      ["field": "elements", "title": "processing elements"],
    ]
    return Chart(
      name: "latency",
      description: "Bar chart of the mean time a sample spends in each layer: "
        + layers.map { "\($0.name) \(NumberFormat.duration($0.seconds.mean))" }
        .joined(separator: ", ") + ".",
      rows: rows,
      specification: [
        "height": Chart.height(bars: layers.count),
        "layer": [
          [
            "mark": ["type": "bar", "tooltip": true, "cornerRadiusEnd": 2],
            "encoding": [
              "y": y,
              "x": [
                "field": "time", "type": "quantitative", "title": "mean time [\(unit.rawValue)]",
              ], "tooltip": tooltip,
            ],
          ],
          [
            "mark": ["type": "tick", "thickness": 2, "size": 16],
            "encoding": [
              "y": y, "x": ["field": "p99", "type": "quantitative"], "tooltip": tooltip,
              "color": ["value": "#b3485b"],
            ],
          ],
        ],
      ])
  }

  /// How many samples take how long.
  var distributionChart: Chart? {
    guard let latencies = sampleLatencies, latencies.count > 1 else { return nil }
    let unit = DurationUnit(fitting: latencySeconds.mean)
    let times = latencies.map { Double($0) / hardware.clockHertz / unit.seconds }
    func rule(_ name: String, _ seconds: Double) -> ChartJSON {
      ["name": .text(name), "time": .number(seconds / unit.seconds)]
    }
    let rules: ChartJSON = [
      rule("p50", latencySeconds.p50), rule("p99", latencySeconds.p99),
    ]
    return Chart(
      name: "distribution",
      description:
        "Histogram of the latency of \(NumberFormat.amount(latencies.count, of: "sample"))"
        + ": half take at most \(NumberFormat.duration(latencySeconds.p50)), 99 % at most "
        + "\(NumberFormat.duration(latencySeconds.p99)).",
      rows: times.map { ["time": .number($0)] },
      specification: [
        "height": 180,
        "layer": [
          [
            "mark": ["type": "bar", "tooltip": true],
            "encoding": [
              "x": [
                "bin": ["maxbins": 60], "field": "time", "type": "quantitative",
                "title": "latency of a sample [\(unit.rawValue)]",
              ],
              "y": ["aggregate": "count", "type": "quantitative", "title": "samples"],
            ],
          ],
          [
            "data": ["values": rules], "mark": ["type": "rule", "strokeDash": [4, 3]],
            "encoding": [
              "x": ["field": "time", "type": "quantitative"],
              "tooltip": [["field": "name"], ["field": "time", "format": ",.3f"]],
            ],
          ],
          [
            "data": ["values": rules],
            "mark": ["type": "text", "align": "left", "dx": 4, "baseline": "top", "y": 2],
            "encoding": [
              "x": ["field": "time", "type": "quantitative"], "text": ["field": "name"],
            ],
          ],
        ],
      ])
  }

  /// What every engine did, state by state.
  var stateChart: Chart? {
    var rows: [ChartJSON] = []
    var names: [ChartJSON] = []
    for layer in layers {
      for engine in layer.engines {
        let name = "\(layer.name)  \(engine.name)"
        names.append(.text(name))
        let total = Double(max(engine.states.reduce(0) { $0 + $1.cycles }, 1))
        for state in engine.states where state.cycles > 0 {
          rows.append([
            "engine": .text(name), "state": .text(state.name),
            "activity": .text(state.activity.rawValue),
            "rank": .number(Self.rank(state.activity)), "explanation": .text(state.explanation),
            "share": .number(Double(state.cycles) / total),
            "cycles": .number(Double(state.cycles) / Double(max(trace.samples, 1))),
          ])
        }
      }
    }
    guard !rows.isEmpty else { return nil }
    return Chart(
      name: "states",
      description:
        "Stacked bars: what part of a sample's time each engine is busy, waiting or idle. "
        + "The numbers are in the table.",
      rows: rows,
      specification: [
        "height": Chart.height(bars: names.count),
        "mark": ["type": "bar", "stroke": "white", "strokeWidth": 0.4],
        "encoding": [
          "y": ["field": "engine", "type": "nominal", "sort": .list(names), "title": .null],
          "x": [
            "field": "share", "type": "quantitative", "title": "share of the time",
            "axis": ["format": "%"], "scale": ["domain": [0, 1]],
          ],
          "color": [
            "field": "activity", "type": "nominal", "title": "engine is",
            "sort": ["busy", "waiting", "idle"],
          ],
          "order": ["field": "rank"],
          "tooltip": [
            ["field": "engine"], ["field": "state"], ["field": "activity"],
            ["field": "share", "format": ".1%"],
            ["field": "cycles", "title": "cycles a sample", "format": ",.1f"],
            ["field": "explanation"],
          ],
        ],
      ])
  }

  /// Busy first, then waiting, then idle.
  private static func rank(_ activity: EngineDescription.State.Activity) -> Double {
    switch activity {
    case .busy: 0
    case .waiting: 1
    case .idle: 2
    }
  }

  /// How often neurons fire, layer by layer.
  var firingChart: Chart {
    let first = layers.first.map { [("input", $0.spikes.inputRate, $0.spikes.input)] } ?? []
    let rates = first + layers.map { ($0.name, $0.spikes.outputRate, $0.spikes.output) }
    return Chart(
      name: "firing",
      description: "Bar chart of the share of neurons that fire in a time step: "
        + rates.map { "\($0.0) \(NumberFormat.percent($0.1))" }.joined(separator: ", ") + ".",
      rows: rates.map { name, rate, spikes in
        [
          "boundary": .text(name), "rate": .number(rate),
          "spikes": .number(Double(spikes) / Double(max(trace.samples, 1))),
        ]
      },
      specification: [
        "height": Chart.height(bars: rates.count), "mark": ["type": "bar", "cornerRadiusEnd": 2],
        "encoding": [
          "y": [
            "field": "boundary", "type": "nominal", "title": .null,
            "sort": .list(rates.map { .text($0.0) }),
          ],
          "x": [
            "field": "rate", "type": "quantitative", "title": "neurons that fire in a time step",
            "axis": ["format": "%"],
          ],
          "tooltip": [
            ["field": "boundary"], ["field": "rate", "format": ".2%"],
            ["field": "spikes", "title": "spikes a sample", "format": ",.1f"],
          ],
        ],
      ])
  }

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
