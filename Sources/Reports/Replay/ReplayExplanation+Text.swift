import Accelerator

extension ReplayExplanation {
  /// The explanation as sections of a report.
  func sections(_ style: TextStyle, samples: Int) -> [String] {
    let tables = [pathTable(samples), savingTable(samples)] + layers.map { $0.stepTable(samples) }
    let queues = layers.contains { !$0.queues.isEmpty } ? [queueTable] : []
    return (tables + [frameTable(samples)] + queues).map { $0.rendered(style) }
  }

  func pathTable(_ samples: Int) -> TextTable {
    var table = TextTable(
      title: "Critical path",
      explanation: """
        What the latency hung on, cycle by cycle: only work in this table is worth making faster. \
        The cycles add up to the latency of a sample.
        """,
      columns: [
        .text("layer"), .text("engine"), .text("state"), .number("cycles a sample"), .bar("share"),
      ])
    let shares = Shares.permille(criticalPath.map(\.cycles))
    let shown = min(criticalPath.count, 16)
    for (entry, share) in zip(criticalPath, shares).prefix(shown) {
      table.append([
        .text(entry.layer), .text(entry.engine), .text(entry.state),
        .text(perSample(entry.cycles, samples)),
        .share(Double(share) / 1000, text: Shares.text(share)),
      ])
    }
    let others = criticalPath.dropFirst(shown)
    if !others.isEmpty {
      let share = shares.dropFirst(shown).reduce(0, +)
      table.append([
        .text("\(others.count) others"), "", "",
        .text(perSample(others.reduce(0) { $0 + $1.cycles }, samples)),
        .share(Double(share) / 1000, text: Shares.text(share)),
      ])
    }
    return table
  }

  func savingTable(_ samples: Int) -> TextTable {
    var table = TextTable(
      title: "What more hardware would save",
      explanation: """
        One step up of one parameter of one layer, all else as it is; computed for every sample, not \
        estimated.
        """,
      columns: [
        .text("layer"), .text("parameter"), .number("now"), .number("then"),
        .number("saved cycles a sample"), .number("of the latency"),
      ])
    let latency = Double(criticalPath.reduce(0) { $0 + $1.cycles })
    for saving in savings {
      table.append([
        saving.layer, saving.parameter, NumberFormat.count(saving.from),
        NumberFormat.count(saving.to),
        NumberFormat.decimal(Double(saving.savedCycles) / Double(max(samples, 1)), places: 1),
        NumberFormat.percent(Double(saving.savedCycles) / max(latency, 1)),
      ])
    }
    return table
  }

  var queueTable: TextTable {
    let queues = layers.flatMap { layer in
      layer.queues.sorted { $0.key < $1.key }.map { (name: "\(layer.name) \($0.key)", $0.value) }
    }
    let buckets = queues.map(\.1.occurrences.count).max() ?? 0
    var table = TextTable(
      title: "Occupancy of queues",
      explanation: """
        What part of the time that a layer is active its queues hold how much: spikes of an address \
        list that waits to be taken.
        """,
      columns: [.text("holds")] + queues.map { .number($0.name) })
    for bucket in 0..<buckets {
      table.append(
        [SpikeHistogram.name(ofBucket: bucket)]
          + queues.map { _, histogram in
            let all = histogram.occurrences.reduce(0, +)
            guard bucket < histogram.occurrences.count else { return "" }
            return NumberFormat.percent(ratio(histogram.occurrences[bucket], all))
          })
    }
    return table
  }

  func frameTable(_ samples: Int) -> TextTable {
    let buckets = layers.map(\.frames.occurrences.count).max() ?? 0
    var table = TextTable(
      title: "Spikes of a frame",
      explanation: """
        How many frames a sample have how many spikes: what the address lists must hold (fully \
        connected: a frame is a time step).
        """,
      columns: [.text("spikes")] + layers.map { .number($0.name) })
    for bucket in 0..<buckets {
      table.append(
        [SpikeHistogram.name(ofBucket: bucket)]
          + layers.map { layer in
            bucket < layer.frames.occurrences.count
              ? perSample(layer.frames.occurrences[bucket], samples) : ""
          })
    }
    return table
  }
}

extension LayerExplanation {
  fileprivate func stepTable(_ samples: Int) -> TextTable {
    var table = TextTable(
      title: "\(name) by time step",
      explanation: """
        Cycles a sample, all passes together, and how much of them each engine is busy / waiting; \
        what neither is, is idle. The tail is what goes on when the next layer has started.
        """,
      columns: [.text("time step"), .number("cycles")] + engines.map { .number($0.name) })
    let timeSteps = slotCycles.count - 2
    for slot in 0...timeSteps where slotCycles[slot] > 0 || slot < timeSteps {
      let cells = engines.map { engine in
        let shares = [EngineDescription.State.Activity.busy, .waiting].map {
          ratio(engine.cycles($0, slot: slot), slotCycles[slot])
        }
        return shares.map { NumberFormat.decimal($0 * 100, places: 0) + " %" }
          .joined(separator: " / ")
      }
      table.append(
        [slot == timeSteps ? "tail" : "\(slot)", perSample(slotCycles[slot], samples)] + cells)
    }
    return table
  }
}

extension Saving {
  /// The step in words: `16 more PEs in conv2 (32 instead of 16)`.
  var phrase: String {
    if parameter == "processing-elements", to > from {
      let unit = to - from == 1 ? "PE" : "PEs"
      return "\(NumberFormat.count(to - from)) more \(unit) in \(layer) (\(to) instead of \(from))"
    }
    return "'\(parameter)' of \(layer) \(to > from ? "raised" : "lowered") from \(from) to \(to)"
  }
}

extension SpikeHistogram {
  fileprivate static func name(ofBucket bucket: Int) -> String {
    let range = range(ofBucket: bucket)
    return range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }
}

private func ratio(_ part: UInt64, _ whole: UInt64) -> Double {
  whole == 0 ? 0 : Double(part) / Double(whole)
}

private func perSample(_ sum: UInt64, _ samples: Int) -> String {
  NumberFormat.decimal(Double(sum) / Double(max(samples, 1)), places: 1)
}
