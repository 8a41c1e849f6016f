import Accelerator
import PowerEstimation

/// The charts of power and energy.
extension PowerReport {
  /// The kinds of estimate that there are.
  var figures: [(name: String, figures: EnergyFigures)] {
    [("vectorless", vectorless)] + (activity.map { [("from activity", $0)] } ?? [])
  }

  /// Power by component, with the bounds of the whole.
  var powerChart: Chart {
    .components(
      "power", of: figures.map { ($0.name, $0.figures, $0.figures.power) },
      title: "power [W]", unit: "W", scale: 1)
  }

  /// The energy of an image that the layers' own work takes, by layer and component.
  var layerEnergyChart: Chart? {
    guard let activity, !layers.isEmpty else { return nil }
    let rows = layers.flatMap { layer in
      layer.contributions.map { part -> ChartJSON in
        [
          "layer": .text(layer.name), "what": .text(part.name),
          "component": .text(part.component.rawValue),
          "energy": .number(part.energy.value * 1e6), "low": .number(part.energy.low * 1e6),
          "high": .number(part.energy.high * 1e6), "share": .number(activity.share(of: part)),
          "rank": .number(Double(EnergyComponent.allCases.firstIndex(of: part.component) ?? 0)),
        ]
      }
    }
    return .bars(
      "energy-layers",
      description: "Stacked bars of the energy of an image by layer, from activity: "
        + layers.map { "\($0.name) \(QuantityFormat.text($0.energy.value, "J"))" }
        .joined(separator: ", ") + ".",
      rows: rows, names: "layer", order: layers.map(\.name),
      length: .quantity("energy", "energy of an image, the layers' own work [µJ]"),
      colour: Chart.componentColours,
      tooltip: [
        .tip("layer"), .tip("what"), .tip("component"), .tip("energy", "µJ an image", ",.3f"),
        .tip("low", "at least", ",.3f"), .tip("high", "at most", ",.3f"),
        .tip("share", nil, ".1%"),
      ])
  }

  /// What each coefficient adds, with its bounds.
  ///
  /// - Parameters:
  ///   - name: the chart's name in the page.
  ///   - title: the estimate's name.
  ///   - figures: the estimate.
  /// - Returns: the chart.
  func contributionChart(_ name: String, _ title: String, _ figures: EnergyFigures) -> Chart {
    // Beside a static power that is most of all, nothing else could be seen.
    let hidesStatic = figures.share(of: .leakage) > 0.7
    let parts = figures.contributions.filter {
      $0.energy.high > 0 && !(hidesStatic && $0.component == .leakage)
    }
    let rest = hidesStatic ? ", without static power" : ""
    let tooltip: [ChartJSON] = [
      .tip("what"), .tip("energy", "µJ an image", ",.3f"), .tip("low", "at least", ",.3f"),
      .tip("high", "at most", ",.3f"), .tip("share", nil, ".1%"),
      .tip("blame", "of the uncertainty", ".1%"),
    ]
    return .bars(
      name,
      description: "Bars of what each coefficient adds to the energy of an image, \(title)\(rest): "
        + parts.sorted { $0.energy.value > $1.energy.value }.prefix(4).map {
          "\($0.name) \(NumberFormat.percent(figures.share(of: $0)))"
        }.joined(separator: ", ") + ".",
      rows: parts.map { part in
        [
          "what": .text(part.name), "component": .text(part.component.rawValue),
          "energy": .number(part.energy.value * 1e6), "low": .number(part.energy.low * 1e6),
          "high": .number(part.energy.high * 1e6), "share": .number(figures.share(of: part)),
          "blame": .number(figures.shareOfUncertainty(of: part)), "rank": 0,
        ]
      },
      names: "what", order: parts.map(\.name),
      length: .quantity("energy", "energy of an image, \(title)\(rest) [µJ]"),
      colour: Chart.componentColours,
      tooltip: tooltip, bounds: .init(tooltip: tooltip))
  }
}

extension Chart {
  /// Bars stacked by component, with the bounds of the whole.
  ///
  /// - Parameters:
  ///   - name: the chart's name in the page.
  ///   - figures: names, estimates, and the figure of each that is drawn.
  ///   - title: the axis' title, with its unit in brackets.
  ///   - unit: the figure's unit without a prefix, for the description.
  ///   - scale: the axis' unit in terms of it.
  /// - Returns: the chart.
  static func components(
    _ name: String, of figures: [(name: String, figures: EnergyFigures, whole: Estimate)],
    title: String, unit: String, scale: Double
  ) -> Chart {
    let rows = figures.flatMap { name, figures, whole in
      EnergyComponent.allCases.enumerated().map { rank, component -> ChartJSON in
        let share = figures.share(of: component)
        return [
          "name": .text(name), "component": .text(component.rawValue), "share": .number(share),
          "amount": .number(share * whole.value / scale), "rank": .number(Double(rank)),
        ]
      }
    }
    return .bars(
      name,
      description: "Stacked bars with bounds, \(title): "
        + figures.map { "\($0.name) \(QuantityFormat.interval($0.whole, unit))" }
        .joined(separator: ", ") + ".",
      rows: rows, names: "name", order: figures.map(\.name),
      length: .quantity("amount", title), colour: componentColours,
      tooltip: [
        .tip("name"), .tip("component"), .tip("amount", title, ",.4~g"), .tip("share", nil, ".1%"),
      ],
      bounds: .init(
        rows: figures.map { name, _, whole in
          [
            "name": .text(name), "low": .number(whole.low / scale),
            "high": .number(whole.high / scale),
          ]
        },
        tooltip: [
          .tip("name"), .tip("low", "all of it, at least", ",.4~g"),
          .tip("high", "all of it, at most", ",.4~g"),
        ]))
  }

  /// The colours of the components.
  static let componentColours = ChartJSON.colours(
    "component", "component", EnergyComponent.allCases.map(\.rawValue),
    grey: EnergyComponent.leakage.rawValue)
}

extension EnergyFigures {
  /// The part of the energy of an image that goes into a component, 0...1.
  func share(of component: EnergyComponent) -> Double {
    contributions.filter { $0.component == component }.reduce(0) { $0 + share(of: $1) }
  }
}
