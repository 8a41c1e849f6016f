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
      columns: [.text("accelerator"), .text("device"), .text("data")] + figureColumns)
    for row in accelerators {
      table.append(
        [row.name + (row.isSecondHand ? " *" : ""), row.device, row.data] + row.figureCells)
    }
    if let own {
      table.appendRule()
      for (name, figures) in own.figures {
        table.append(
          ["\(own.hardware), \(name)", own.device.name, own.dataSet]
            + own.figureCells(figures, accuracy: nil), isHighlighted: true)
      }
    }
    return table.rendered(style)
  }

  static let figureColumns: [TextTable.Column] = [
    .number("accuracy [%]"), .number("FPS"), .number("power [W]"), .number("mJ an image"),
    .number("FPS/W"),
  ]

  /// The figures under ``figureColumns``; what was not published stays empty.
  var figureCells: [String] {
    func cell(_ value: Double?, _ figure: Figure? = nil) -> String {
      guard let value else { return "" }
      let mark = figure.map(derived.contains) == true ? "~" : ""
      return mark + NumberFormat.significant(value)
    }
    return [
      accuracy.map { NumberFormat.decimal($0, places: 2) } ?? "", cell(framesPerSecond),
      cell(power, .power), cell(energyPerImage.map { $0 * 1e3 }, .energy),
      cell(imagesPerJoule, .imagesPerJoule),
    ]
  }
}

extension PowerReport {
  /// Our figures under those of published accelerators.
  func figureCells(_ figures: EnergyFigures, accuracy: Double?) -> [String] {
    [accuracy.map { NumberFormat.decimal($0 * 100, places: 2) } ?? ""]
      + [
        framesPerSecond, figures.power.value, figures.energyPerImage.value * 1e3,
        figures.imagesPerJoule.value,
      ].map(NumberFormat.significant)
  }
}

extension PublishedComparison {
  /// All rows with their sources, ours first.
  var table: TextTable {
    var table = TextTable(
      title: "Published accelerators",
      columns: [
        .text("accelerator"), .text("publication, network"), .text("device"), .text("data"),
      ]
        + PublishedAccelerator.figureColumns + [.text("likeness"), .text("source")])
    for (name, figures) in own.figures {
      table.append(
        ["\(own.hardware), \(name)", own.network, own.device.name, own.dataSet]
          + own.figureCells(figures, accuracy: accuracy) + ["this design", "this report"],
        isHighlighted: true)
    }
    for (row, likeness) in rows {
      table.append(
        [row.name + (row.isSecondHand ? " *" : ""), row.publication, row.device, row.data]
          + row.figureCells + [likeness.rawValue, row.source])
    }
    return table
  }
}
