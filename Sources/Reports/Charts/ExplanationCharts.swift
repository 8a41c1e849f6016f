import Accelerator

/// The charts of `--explain`.
extension ReplayExplanation {
  /// What the latency hung on.
  func pathChart(samples: Int) -> Chart {
    let shown = criticalPath.prefix(14)
    let total = Double(max(criticalPath.reduce(0) { $0 + $1.cycles }, 1))
    func name(_ entry: CriticalCycles) -> String {
      "\(entry.layer)  \(entry.engine): \(entry.state)"
    }
    return .bars(
      "path",
      description: "Bar chart of what the latency hung on: "
        + shown.prefix(4).map {
          "\(name($0)) \(NumberFormat.percent(Double($0.cycles) / total))"
        }.joined(separator: ", ") + ".",
      rows: shown.map { entry in
        [
          "what": .text(name(entry)), "layer": .text(entry.layer), "rank": 0,
          "cycles": .number(Double(entry.cycles) / Double(max(samples, 1))),
          "share": .number(Double(entry.cycles) / total),
        ]
      },
      names: "what", order: shown.map(name),
      length: .quantity("cycles", "cycles a sample on the critical path"),
      colour: .colours("layer", "layer", layers.map(\.name)),
      tooltip: [
        .tip("what"), .tip("cycles", nil, ",.1f"), .tip("share", "share of latency", ".1%"),
      ])
  }

  /// What one step more of each parameter saves.
  func savingChart(samples: Int) -> Chart? {
    let shown = savings.filter { $0.savedCycles != 0 }.prefix(12)
    guard !shown.isEmpty else { return nil }
    let latency = Double(max(criticalPath.reduce(0) { $0 + $1.cycles }, 1))
    func name(_ saving: Saving) -> String {
      "\(saving.layer)  \(saving.parameter): \(saving.from) → \(saving.to)"
    }
    return .bars(
      "savings",
      description: "Bar chart of what more hardware would save: "
        + shown.prefix(3).map {
          "\(name($0)) saves \(NumberFormat.percent(Double($0.savedCycles) / latency))"
        }.joined(separator: ", ") + ".",
      rows: shown.map { saving in
        [
          "what": .text(name(saving)), "share": .number(Double(saving.savedCycles) / latency),
          "cycles": .number(Double(saving.savedCycles) / Double(max(samples, 1))),
        ]
      },
      names: "what", order: shown.map(name),
      length: .quantity("share", "part of the latency saved", format: "%"),
      tooltip: [
        .tip("what"), .tip("share", nil, ".1%"), .tip("cycles", "cycles a sample", ",.1f"),
      ])
  }
}
