import PowerEstimation

extension OverviewPage {
  /// The replays with estimates, with their names.
  var powered: [(name: String, estimates: PoweredReplay.Estimates)] {
    zip(names, replays).compactMap { name, replay in replay.estimates.map { (name, $0) } }
  }

  /// Which takes the least energy, if there are several to choose from.
  var thriftiest: String? {
    let figures = powered.map { ($0.name, $0.estimates.power.vectorless) }
    guard figures.count > 1,
      let least = figures.min(by: {
        $0.1.energyPerImage.value < $1.1.energyPerImage.value
      })
    else { return nil }
    return "\(least.0) takes the least energy: "
      + "\(QuantityFormat.interval(least.1.energyPerImage, "J")) an image, "
      + "\(NumberFormat.significant(least.1.imagesPerJoule.value)) FPS/W (vectorless)."
  }

  /// Designs that do not fit their device.
  var misfits: [String] {
    powered.compactMap { name, estimates in
      guard let fit = estimates.resources.device, fit.verdict != .fits else { return nil }
      return "\(name): \(fit.verdictText)"
    }
  }

  var energyChart: Chart {
    let figures = powered.map { ($0.name, $0.estimates.power.vectorless) }
    let rows = figures.flatMap { name, figures in
      EnergyComponent.allCases.enumerated().map { rank, component -> ChartJSON in
        let share = figures.share(of: component)
        return [
          "replay": .text(name), "component": .text(component.rawValue), "share": .number(share),
          "energy": .number(share * figures.energyPerImage.value * 1e6),
          "rank": .number(Double(rank)),
        ]
      }
    }
    let bounds = figures.map { name, figures -> ChartJSON in
      [
        "replay": .text(name), "low": .number(figures.energyPerImage.low * 1e6),
        "high": .number(figures.energyPerImage.high * 1e6),
      ]
    }
    return .bars(
      "overview-energy",
      description: "Stacked bars: energy of an image of "
        + figures.map { "\($0) \(QuantityFormat.interval($1.energyPerImage, "J"))" }
        .joined(separator: ", ") + ".",
      rows: rows, names: "replay", order: figures.map(\.0),
      length: .quantity("energy", "energy of an image [µJ]"),
      colour: PowerReport.componentColours,
      tooltip: [
        .tip("replay"), .tip("component"), .tip("energy", "µJ an image", ",.2f"),
        .tip("share", nil, ".1%"),
      ],
      bounds: .init(
        rows: bounds,
        tooltip: [
          .tip("replay"), .tip("low", "all of it, at least [µJ]", ",.2f"),
          .tip("high", "all of it, at most [µJ]", ",.2f"),
        ]))
  }

  var powerTable: TextTable {
    var table = TextTable(
      title: "Resources, power and energy",
      columns: [
        .text("replay"), .text("device"), .number("LUT"), .number("FF"), .number("BRAM36"),
        .number("URAM"), .number("power [W]"), .number("at least"), .number("at most"),
        .number("µJ an image"), .number("from activity"), .number("FPS/W"), .text("verdict"),
      ])
    for (name, estimates) in powered {
      let (power, total) = (estimates.power, estimates.resources.total.value)
      let watts = power.vectorless.power
      table.append(
        [
          name, power.device.name, NumberFormat.decimal(total.tables, places: 0),
          NumberFormat.decimal(total.flipFlops, places: 0),
          NumberFormat.decimal(total.blockRAMs, places: 1),
          NumberFormat.decimal(total.ultraRAMs, places: 0),
        ]
          + [
            watts.value, watts.low, watts.high, power.vectorless.energyPerImage.value * 1e6,
          ].map(NumberFormat.significant) + [
            power.activity.map { NumberFormat.significant($0.energyPerImage.value * 1e6) } ?? "",
            NumberFormat.significant(power.vectorless.imagesPerJoule.value),
            estimates.resources.device?.verdict.rawValue ?? "",
          ])
    }
    return table
  }
}
