import PowerEstimation

extension PowerTimeline {
  static let background = "all the time"

  /// How the picture is made.
  var explanation: String {
    let cycles = NumberFormat.count(windowCycles)
    return
      "Estimated from activity, in windows of \(cycles) cycles: each layer's part is drawn when its "
      + "engines work. '\(Self.background)' is static power and the clocks of layers that rest. The "
      + "area is the energy of this sample, \(QuantityFormat.text(energy, "J")); the line is its mean "
      + "power, \(QuantityFormat.text(meanPower, "W")). The bounds of 'Power and energy' hold here, too."
  }

  /// Stacked steps, with the mean as a line.
  var chart: Chart {
    let names = parts.map { $0.layer ?? Self.background }
    let unit = DurationUnit(fitting: lengths.reduce(0, +))
    var starts: [Double] = [0]
    for length in lengths { starts.append(starts[starts.count - 1] + length / unit.seconds) }
    // What flows all the time lies at the bottom.
    let order = [Self.background] + names.dropLast()
    let rows = zip(names, parts).flatMap { name, part in
      part.power.indices.map { window -> ChartJSON in
        [
          "from": .number(Self.rounded(starts[window])),
          "to": .number(Self.rounded(starts[window + 1])), "layer": .text(name),
          // A little longer than it is, or hairlines would show between windows.
          "end": .number(Self.rounded(min(starts[window + 1] + starts[1] / 3, starts.last ?? 0))),
          "power": .number(Self.rounded(part.power[window])),
          "rank": .number(Double(order.firstIndex(of: name) ?? 0)),
        ]
      }
    }
    let most = zip(names, parts).max { $0.1.power.max() ?? 0 < $1.1.power.max() ?? 0 }
    return Chart(
      name: "power-over-time",
      description: "Stacked areas of power over the \(unit.text(lengths.reduce(0, +))) of sample "
        + "\(sample): \(QuantityFormat.text(meanPower, "W")) on average; the largest part at once is "
        + "that of \(most?.0 ?? "no layer").",
      rows: rows,
      specification: [
        "height": 260,
        "layer": [
          [
            "mark": ["type": "bar", "binSpacing": 0, "cornerRadius": 0],
            "encoding": [
              "x": [
                "field": "from", "type": "quantitative", "bin": ["binned": true],
                "title": .text("time since the sample began [\(unit.rawValue)]"),
              ],
              "x2": ["field": "end"],
              "y": .quantity("power", "power [W]"),
              "color": .colours("layer", "layer", order, grey: Self.background),
              "order": ["field": "rank", "type": "quantitative"],
              "tooltip": [
                .tip("layer"), .tip("from", "from [\(unit.rawValue)]", ",.1f"),
                .tip("to", "to [\(unit.rawValue)]", ",.1f"), .tip("power", "power [W]", ".4f"),
              ],
            ],
          ],
          [
            "data": ["values": [["mean": .number(meanPower)]]],
            "mark": ["type": "rule", "strokeDash": [5, 3], "strokeWidth": 1.5],
            "encoding": [
              "y": ["field": "mean", "type": "quantitative"],
              "tooltip": [.tip("mean", "mean power [W]", ".4f")],
            ],
          ],
        ],
      ])
  }

  /// Five digits are more than a screen shows, and keep the page small.
  private static func rounded(_ value: Double) -> Double { (value * 1e5).rounded() / 1e5 }
}
