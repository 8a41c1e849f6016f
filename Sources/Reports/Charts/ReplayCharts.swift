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
    let order = layers.map(\.name)
    let tooltip: [ChartJSON] = [
      .tip("layer"), .tip("time", "mean [\(unit.rawValue)]", ",.3f"),
      .tip("p99", "p99 [\(unit.rawValue)]", ",.3f"), .tip("cycles", "mean cycles", ",.1f"),
      .tip("share", "share of latency", ".1%"), .tip("elements", "processing elements"),
    ]
    return .bars(
      "latency",
      description: "Bar chart of the mean time a sample spends in each layer: "
        + layers.map { "\($0.name) \(NumberFormat.duration($0.seconds.mean))" }
        .joined(separator: ", ") + ".",
      rows: rows, names: "layer", order: order,
      length: .quantity("time", "mean time [\(unit.rawValue)]"), tooltip: tooltip,
      marks: [
        [
          "mark": ["type": "tick", "thickness": 2, "size": 16],
          "encoding": [
            "y": .names("layer", order), "x": ["field": "p99", "type": "quantitative"],
            "tooltip": .list(tooltip), "color": ["value": "#b3485b"],
          ],
        ]
      ])
  }

  /// How many samples take how long.
  var distributionChart: Chart? {
    guard let latencies = sampleLatencies, latencies.count > 1 else { return nil }
    let unit = DurationUnit(fitting: latencySeconds.mean)
    let scale = hardware.clockHertz * unit.seconds
    // Counted here: a page of ten thousand samples is then no larger than one of a hundred.
    let bins = Histogram(latencies, bins: 60)
    func rule(_ name: String, _ seconds: Double) -> ChartJSON {
      ["name": .text(name), "time": .number(seconds / unit.seconds)]
    }
    let rules: ChartJSON = [
      rule("p50", latencySeconds.p50), rule("p99", latencySeconds.p99),
    ]
    let x: ChartJSON = [
      "field": "from", "type": "quantitative", "bin": ["binned": true],
      "title": .text("latency of a sample [\(unit.rawValue)]"),
    ]
    return Chart(
      name: "distribution",
      description:
        "Histogram of the latency of \(NumberFormat.amount(latencies.count, of: "sample"))"
        + ": half take at most \(NumberFormat.duration(latencySeconds.p50)), 99 % at most "
        + "\(NumberFormat.duration(latencySeconds.p99)).",
      rows: bins.counts.enumerated().map { bin, count in
        [
          "from": .number(Double(bins.start(of: bin)) / scale),
          "to": .number(Double(bins.start(of: bin + 1)) / scale),
          "samples": .number(Double(count)),
        ]
      },
      specification: [
        "height": 180,
        "layer": [
          [
            "mark": ["type": "bar", "tooltip": true],
            "encoding": [
              "x": x, "x2": ["field": "to"],
              "y": .quantity("samples", "samples"),
              "tooltip": [
                .tip("from", "from [\(unit.rawValue)]", ",.3f"),
                .tip("to", "to less than [\(unit.rawValue)]", ",.3f"), .tip("samples"),
              ],
            ],
          ],
          [
            "data": ["values": rules], "mark": ["type": "rule", "strokeDash": [4, 3]],
            "encoding": [
              "x": ["field": "time", "type": "quantitative"],
              "tooltip": [.tip("name"), .tip("time", nil, ",.3f")],
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
    return .bars(
      "firing",
      description: "Bar chart of the share of neurons that fire in a time step: "
        + rates.map { "\($0.0) \(NumberFormat.percent($0.1))" }.joined(separator: ", ") + ".",
      rows: rates.map { name, rate, spikes in
        [
          "boundary": .text(name), "rate": .number(rate),
          "spikes": .number(Double(spikes) / Double(max(trace.samples, 1))),
        ]
      },
      names: "boundary", order: rates.map(\.0),
      length: .quantity("rate", "neurons that fire in a time step", format: "%"),
      tooltip: [
        .tip("boundary"), .tip("rate", nil, ".2%"), .tip("spikes", "spikes a sample", ",.1f"),
      ])
  }
}
