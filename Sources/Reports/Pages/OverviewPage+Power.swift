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
    .components(
      "overview-energy",
      of: powered.map {
        let figures = $0.estimates.power.vectorless
        return ($0.name, figures, figures.energyPerImage)
      }, title: "energy of an image [µJ]", unit: "J", scale: 1e-6)
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
