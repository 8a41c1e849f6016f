import PowerEstimation

extension PowerReport {
  /// The report as tables.
  ///
  /// - Parameter style: what the device can show.
  /// - Returns: text that ends in a line break.
  public func text(_ style: TextStyle) -> String {
    let tables = [figureTable] + contributionTables + (layers.isEmpty ? [] : [layerTable])
    let parts = tables.map { $0.rendered(style) }
    let lines = notes.flatMap { style.wrapped("note: " + $0 + ".", indent: 0) }
    return (parts + [style.adapted(lines.map { $0 + "\n" }.joined())]).joined(separator: "\n")
  }

  /// Where the energy of each estimate goes.
  var contributionTables: [TextTable] {
    [
      Self.table(
        vectorless, "Where the vectorless power goes",
        "Resources x clock x coefficient; spikes make no difference.")
    ]
      + (activity.map { activity in
        [
          Self.table(
            activity, "Where the energy of an image goes",
            "From the simulation's counts; the last column says which coefficient to measure first."
          )
        ]
      } ?? [])
  }

  var figureTable: TextTable {
    var columns: [TextTable.Column] = [
      .text("figure"), .number("vectorless"), .number("at least"), .number("at most"),
    ]
    if activity != nil {
      columns += [.number("activity"), .number("at least"), .number("at most")]
    }
    var table = TextTable(
      title: "Power of \(hardware) on \(device.name)",
      explanation:
        "\(network), \(NumberFormat.amount(samples, of: "image")), "
        + "\(NumberFormat.frequency(clockHertz)), \(voltage) V, "
        + "clocks \(operatingPoint.gatesClocks ? "gated" : "always running"); "
        + "\(NumberFormat.duration(latencySeconds)) an image.",
      columns: columns)
    func append(_ name: String, _ scale: Double, _ figure: (EnergyFigures) -> Estimate?) {
      var cells = [name]
      for figures in [vectorless, activity].compactMap({ $0 }) {
        guard let estimate = figure(figures) else {
          cells += ["none", "", ""]
          continue
        }
        cells += [estimate.value, estimate.low, estimate.high].map {
          NumberFormat.significant($0 * scale)
        }
      }
      table.append(cells)
    }
    append("power [W]", 1) { $0.power }
    append("of it static [W]", 1) { $0.staticPower }
    append("energy an image [µJ]", 1e6) { $0.energyPerImage }
    append("FPS/W [1/J]", 1) { $0.imagesPerJoule }
    append("energy a synaptic operation [pJ]", 1e12) { $0.energyPerSynapticOperation }
    append("energy x delay [nJ s]", 1e9) { $0.energyDelayProduct }
    return table
  }

  private static func table(
    _ figures: EnergyFigures, _ title: String, _ explanation: String
  ) -> TextTable {
    var table = TextTable(
      title: title, explanation: explanation,
      columns: [
        .text("what"), .number("µJ an image"), .number("at least"), .number("at most"),
        .bar("share"), .number("of the uncertainty"),
      ])
    for part in figures.contributions {
      let energy = [part.energy.value, part.energy.low, part.energy.high]
      table.append(
        [.text(part.name)] + energy.map { .text(NumberFormat.significant($0 * 1e6)) } + [
          .share(figures.share(of: part)),
          .text(NumberFormat.percent(figures.shareOfUncertainty(of: part))),
        ])
    }
    return table
  }

  var layerTable: TextTable {
    var table = TextTable(
      title: "Power by layer",
      explanation: """
        The layers in the order in which they work: how long, the energy of their own events, and the \
        power of the whole accelerator meanwhile.
        """,
      columns: [
        .text("layer"), .number("time [µs]"), .number("µJ an image"), .number("power [W]"),
        .number("at least"), .number("at most"), .text("most of it"),
      ])
    for layer in layers {
      let most = layer.contributions.max { $0.energy.value < $1.energy.value }
      table.append(
        [layer.name]
          + [
            layer.seconds * 1e6, layer.energy.value * 1e6, layer.power.value, layer.power.low,
            layer.power.high,
          ].map(NumberFormat.significant) + [most?.name ?? ""])
    }
    return table
  }
}
