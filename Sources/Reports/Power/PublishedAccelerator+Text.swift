import PowerEstimation

extension PublishedAccelerator {
  /// Accelerators as a table, with one of ours among them.
  ///
  /// - Parameters:
  ///   - accelerators: the published ones.
  ///   - own: an accelerator of our own, if there is one to compare.
  ///   - style: what the device can show.
  /// - Returns: text that ends in a line break.
  public static func text(
    _ accelerators: [PublishedAccelerator], besides own: PowerReport?, _ style: TextStyle
  ) -> String {
    var table = TextTable(
      title: "Published accelerators",
      explanation: """
        Networks, data and devices differ: a table to look at, not a ranking. ~ computed from the \
        other figures; * read in a third party's text, not in the paper.
        """,
      columns: [
        .text("accelerator"), .text("device"), .text("data"), .number("accuracy [%]"),
        .number("FPS"), .number("power [W]"), .number("mJ an image"), .number("FPS/W"),
      ])
    func cell(_ value: Double?, _ figure: Figure?, _ derived: [Figure] = []) -> String {
      guard let value else { return "" }
      let mark = figure.map(derived.contains) == true ? "~" : ""
      return mark + NumberFormat.significant(value)
    }
    for row in accelerators {
      table.append([
        row.name + (row.isSecondHand ? " *" : ""), row.device, row.data,
        row.accuracy.map { NumberFormat.decimal($0, places: 2) } ?? "",
        cell(row.imagesPerSecond ?? row.latencySeconds.map { 1 / $0 }, nil),
        cell(row.power, .power, row.derived),
        cell(row.energyPerImage.map { $0 * 1e3 }, .energy, row.derived),
        cell(row.imagesPerJoule, .imagesPerJoule, row.derived),
      ])
    }
    if let own {
      table.appendRule()
      for (name, figures) in [("vectorless", own.vectorless), ("activity", own.activity)] {
        guard let figures else { continue }
        table.append(
          [
            "\(own.hardware), \(name)", own.device.name, own.network, "",
            NumberFormat.significant(own.framesPerSecond),
            NumberFormat.significant(figures.power.value),
            NumberFormat.significant(figures.energyPerImage.value * 1e3),
            NumberFormat.significant(figures.imagesPerJoule.value),
          ], isHighlighted: true)
      }
    }
    return table.rendered(style)
  }
}
