import Accelerator
import PowerEstimation

extension ResourceReport {
  /// The report as tables.
  ///
  /// - Parameter style: what the device can show.
  /// - Returns: text that ends in a line break.
  public func text(_ style: TextStyle) -> String {
    var parts = [layerTable.rendered(style), componentTable.rendered(style)]
    if let device { parts.append(device.text(style)) }
    let fitting = fittingDevices.isEmpty ? "none" : fittingDevices.joined(separator: ", ")
    let lines =
      style.wrapped("Known devices that it is expected to fit: \(fitting).") + [""]
      + notes.flatMap { style.wrapped("note: \($0).") }
    parts.append(style.adapted(lines.map { $0 + "\n" }.joined()))
    return parts.joined(separator: "\n")
  }

  var layerTable: TextTable {
    let resources = Resource.allCases
    var table = TextTable(
      title: "Resources of \(hardware) for \(network)",
      explanation: "What the layers need of an FPGA; below the total, its bounds.",
      columns: [.text("layer"), .number("PEs")] + resources.map { .number($0.label) })
    for layer in layers {
      table.append(
        [layer.name, layer.processingElements == 0 ? "" : "\(layer.processingElements)"]
          + resources.map { Self.cell(layer.total.value[$0], $0) })
    }
    table.appendRule()
    for (name, counts) in [
      ("total", total.value), ("at least", total.low), ("at most", total.high),
    ] {
      table.append([name, ""] + resources.map { Self.cell(counts[$0], $0) })
    }
    return table
  }

  var componentTable: TextTable {
    var table = TextTable(
      title: "Components",
      explanation: """
        What each layer is built of. synthesis: a formula fitted to syntheses; packing: exact from depth \
        and width; assembled, assumption: less certain.
        """,
      columns: [
        .text("layer"), .text("component"), .number("times"), .text("memory"), .number("LUT"),
        .number("FF"), .number("BRAM36"), .number("URAM"), .text("basis"),
      ])
    for layer in layers {
      for component in layer.components {
        let value = component.resources.value
        table.append([
          layer.name, component.name, NumberFormat.count(component.instances),
          component.memory?.description ?? "", Self.cell(value.tables, .logicTables),
          Self.cell(value.flipFlops, .flipFlops), Self.cell(value.blockRAMs, .blockRAMs),
          Self.cell(value.ultraRAMs, .ultraRAMs), component.basis.rawValue,
        ])
      }
    }
    return table
  }

  private static func cell(_ count: Double, _ resource: Resource) -> String {
    NumberFormat.decimal(count, places: resource == .blockRAMs ? 1 : 0)
  }
}

extension DeviceFit {
  /// The fit as a table and a verdict.
  func text(_ style: TextStyle) -> String {
    useTable.rendered(style) + "\n" + answer(style)
  }

  /// The verdict and what would fit, as lines.
  func answer(_ style: TextStyle) -> String {
    let lines = style.wrapped(verdictText) + style.wrapped(suggestionText)
    return style.adapted(lines.map { $0 + "\n" }.joined())
  }

  /// What is needed of each pool of the device.
  var useTable: TextTable {
    var table = TextTable(
      title: "Use of \(device)",
      explanation: "LUT counts both logic and memory, FF latches too; at most: the upper bound.",
      columns: [
        .text("resource"), .number("needed"), .number("at most"), .number("available"),
        .bar("used"),
      ])
    for use in uses {
      let places = use.pool == .blockRAMs ? 1 : 0
      var cells: [TextTable.Cell] = [
        use.needed.value, use.needed.high, use.available,
      ].map { .text(NumberFormat.decimal($0, places: places)) }
      cells.append(use.share.map { .share(min($0, 1), text: NumberFormat.percent($0)) } ?? "none")
      table.append([.text(use.pool.rawValue)] + cells, isHighlighted: use.missing > 0)
    }
    return table
  }

  /// Whether it fits, and what is missing if not.
  var verdictText: String {
    switch verdict {
    case .fits: return "It fits \(device), upper bounds included."
    case .tight: return "It is expected to fit \(device), but its upper bounds do not."
    case .doesNotFit:
      let missing = uses.filter { $0.missing > 0 }.map { use in
        let places = use.pool == .blockRAMs ? 1 : 0
        return NumberFormat.decimal(use.missing, places: places) + " " + use.pool.rawValue
      }
      return "It does not fit \(device): it lacks " + missing.joined(separator: ", ") + "."
    }
  }

  /// What would fit; empty if the design does.
  var suggestionText: String {
    guard verdict == .doesNotFit else { return "" }
    guard let suggestion else {
      let least = uses.compactMap { use -> String? in
        guard let needed = smallest?[use.pool], needed > use.available else { return nil }
        return NumberFormat.decimal(needed, places: 0) + " " + use.pool.rawValue
      }
      return "No allocation fits: even one processing element a layer needs "
        + (least.isEmpty ? "too much of several resources at once" : least.joined(separator: ", "))
        + ". Choose a larger device, or fewer bits a weight (--weight-bits).\n"
    }
    var steps = suggestion.changes.map {
      "processing-elements of \($0.layer) from \($0.from) to \($0.to)"
    }
    if let memory = suggestion.fullyConnectedWeights {
      steps.append(
        "weights of fully connected layers in \(memory.rawValue) RAM (--fc-weights \(memory.rawValue))"
      )
    }
    return (suggestion.isExact ? "The largest allocation that fits: " : "An allocation that fits: ")
      + steps.joined(separator: "; ") + ".\n"
  }
}
