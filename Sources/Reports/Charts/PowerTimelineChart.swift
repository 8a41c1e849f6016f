import Foundation
import PowerEstimation

extension PowerTimeline {
  static let background = "all the time"

  /// How the pictures are made.
  var explanation: String {
    let cycles = NumberFormat.count(windowCycles)
    return
      "Estimated from activity, in windows of \(cycles) cycles: each layer's part is drawn when its "
      + "engines work. '\(Self.background)' is static power and the clocks of layers that rest. The "
      + "area is the energy of this sample, \(QuantityFormat.text(energy, "J")); the line is its mean "
      + "power, \(QuantityFormat.text(meanPower, "W")). The bounds of 'Power and energy' hold here, too."
      + (hidesLayers ? " Below, the layers alone, on a scale of their own." : "")
  }

  /// Stacked steps with the mean as a line; the layers once more by themselves, if they could not be
  /// seen beside what flows all the time.
  var charts: [Chart] {
    [chart(ofLayersAlone: false)] + (hidesLayers ? [chart(ofLayersAlone: true)] : [])
  }

  private var hidesLayers: Bool {
    let background = zip(parts.last?.power ?? [], lengths).reduce(0) { $0 + $1.0 * $1.1 }
    return parts.count > 1 && background > 0.7 * energy
  }

  private func chart(ofLayersAlone isAlone: Bool) -> Chart {
    let layers = parts.dropLast().compactMap(\.layer)
    // What flows all the time lies at the bottom.
    let order = (isAlone ? [] : [Self.background]) + layers
    let unit = DurationUnit(fitting: lengths.reduce(0, +))
    let title = isAlone ? "power of the layers' own work [mW]" : "power [W]"
    let name = isAlone ? "power-of-layers" : "power-over-time"
    let steps = ChartJSON.object([
      "mark": ["type": "bar", "binSpacing": 0, "cornerRadius": 0],
      "encoding": [
        "x": [
          "field": "from", "type": "quantitative", "bin": ["binned": true],
          "title": .text("time since the sample began [\(unit.rawValue)]"),
        ],
        "x2": ["field": "end"], "y": .quantity("power", title),
        "color": .colours("layer", "layer", order, grey: Self.background),
        "order": ["field": "rank", "type": "quantitative"],
        "tooltip": [
          .tip("layer"), .tip("from", "from [\(unit.rawValue)]", ",.1f"),
          .tip("to", "to [\(unit.rawValue)]", ",.1f"), .tip("power", title, ".4~g"),
        ],
      ],
    ])
    let mean: ChartJSON = [
      "data": ["values": [["mean": .number(meanPower)]]],
      "mark": ["type": "rule", "strokeDash": [5, 3], "strokeWidth": 1.5],
      "encoding": [
        "y": ["field": "mean", "type": "quantitative"],
        "tooltip": [.tip("mean", "mean power [W]", ".4f")],
      ],
    ]
    return Chart(
      name: name, description: description(ofLayersAlone: isAlone),
      rows: rows(order, unit: unit, scale: isAlone ? 1e-3 : 1),
      specification: [
        "height": isAlone ? 180 : 260, "layer": .list([steps] + (isAlone ? [] : [mean])),
      ])
  }

  private func description(ofLayersAlone isAlone: Bool) -> String {
    let most = parts.dropLast().max { $0.power.max() ?? 0 < $1.power.max() ?? 0 }
    let peak = most.map {
      "\($0.layer ?? "") draws the most of them, up to "
        + QuantityFormat.text($0.power.max() ?? 0, "W")
    }
    let time = DurationUnit(fitting: lengths.reduce(0, +)).text(lengths.reduce(0, +))
    return isAlone
      ? "Stacked areas of the power of the layers alone over the \(time) of sample \(sample)"
        + (peak.map { ": " + $0 } ?? "") + "."
      : "Stacked areas of power over the \(time) of sample \(sample): "
        + "\(QuantityFormat.text(meanPower, "W")) on average"
        + (peak.map { "; of the layers " + $0 } ?? "")
        + "."
  }

  private func rows(_ order: [String], unit: DurationUnit, scale: Double) -> [ChartJSON] {
    var starts: [Double] = [0]
    for length in lengths { starts.append(starts[starts.count - 1] + length / unit.seconds) }
    let end = starts[starts.count - 1]
    return parts.flatMap { part -> [ChartJSON] in
      let name = part.layer ?? Self.background
      guard let rank = order.firstIndex(of: name) else { return [] }
      return part.power.indices.map { window in
        [
          "from": .number(Self.rounded(starts[window])),
          "to": .number(Self.rounded(starts[window + 1])), "layer": .text(name),
          // A little longer than it is, or hairlines would show between windows.
          "end": .number(Self.rounded(min(starts[window + 1] + starts[1] / 3, end))),
          "power": .number(Self.rounded(part.power[window] / scale)),
          "rank": .number(Double(rank)),
        ]
      }
    }
  }

  /// Five digits are more than a screen shows, and keep the page small.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    let size = pow(10, 4 - log10(abs(value)).rounded(.down))
    return (value * size).rounded() / size
  }
}
