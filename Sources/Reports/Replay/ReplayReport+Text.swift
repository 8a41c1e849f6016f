import Accelerator

extension ReplayReport {
  /// The report for a person at a terminal: a summary, tables, warnings.
  ///
  /// - Parameters:
  ///   - style: what the device can show.
  ///   - showsStates: whether to add every state of every engine.
  /// - Returns: the text, ending in a line break.
  public func text(_ style: TextStyle, showsStates: Bool = false) -> String {
    var sections = [summary(style)]
    sections.append(latencyTable.rendered(style))
    // The closed form knows cycles, not what every engine did.
    let knowsEngines = engine != .closed
    if knowsEngines { sections.append(engineTable.rendered(style)) }
    if knowsEngines, showsStates { sections.append(stateTable.rendered(style)) }
    sections.append(spikeTable.rendered(style))
    if knowsEngines { sections += [useTable, memoryTable].map { $0.rendered(style) } }
    if let stream { sections.append(stream.table(clock: framesPerSecond).rendered(style)) }
    if let baseline { sections.append(baselineTable(baseline).rendered(style)) }
    if let explanation { sections += explanation.sections(style, samples: trace.samples) }
    for warning in warnings {
      let lines = style.wrapped("warning: " + warning + ".", indent: 0)
      let text = lines.map { style.emphasised($0, .highlight) }.joined(separator: "\n")
      sections.append(style.adapted(text) + "\n")
    }
    return sections.joined(separator: "\n")
  }

  /// What was replayed on what, how long it takes, and which layer to look at.
  private func summary(_ style: TextStyle) -> String {
    let lines =
      style.wrapped(subject) + style.wrapped(verdict).map { style.emphasised($0, .title) }
    return style.adapted(lines.joined(separator: "\n") + "\n")
  }

  /// What was replayed on what, in a sentence.
  var subject: String {
    let samples = NumberFormat.amount(trace.samples, of: "sample")
    let clock = NumberFormat.frequency(hardware.clockHertz)
    return "Replayed \(samples) of '\(trace.network)' (\(trace.dataSet), \(trace.split), "
      + "\(NumberFormat.amount(trace.timeSteps, of: "time step"))) on '\(hardware.name)' "
      + "(\(hardware.platform.rawValue) at \(clock))."
  }

  /// How long a sample takes, and which layer to look at.
  var verdict: String {
    var verdict =
      "A sample takes \(NumberFormat.duration(latencySeconds.mean)) on average: "
      + "\(NumberFormat.significant(framesPerSecond)) frames a second."
    if let bottleneck, layers.count > 1 {
      verdict += layersOverlap ? pace(of: bottleneck) : share(of: bottleneck)
    }
    if let accuracy = answers.accuracy {
      verdict += " The network's answers were right for \(NumberFormat.percent(accuracy))."
    }
    return verdict
  }

  private func share(of layer: LayerReport) -> String {
    let share = NumberFormat.decimal(layer.shareOfLatency * 100, places: 0)
    return " \(layer.name) takes \(share) % of that time: speed it up first."
  }

  private func pace(of layer: LayerReport) -> String {
    let share = 100 * Double(layer.busyCycles) / Double(max(windowCycles, 1))
    return
      " \(layer.name) works \(NumberFormat.decimal(share, places: 0)) % of that time, more than "
      + "the layers beside it: speed it up first."
  }

  // MARK: Tables

  var latencyTable: TextTable {
    let unit = DurationUnit(fitting: latencySeconds.mean)
    var table = TextTable(
      title: "Latency",
      explanation: (layersOverlap
        ? "Clock cycles by which each layer completes a sample after the layer before it; all work "
          + "at once, on different time steps. "
        : "Clock cycles a sample spends in each layer; the layers work one after the other. ")
        + "99 % of the samples take at most p99.",
      columns: [
        .text("layer"), .number("PEs"), .number("mean"), .number("min"), .number("p50"),
        .number("p99"), .number("max"), .number("time [\(unit.rawValue)]"),
        .bar("share of latency"),
      ])
    let shares = Shares.permille(layers.map { UInt64($0.totalSeconds * 1e12) })
    for (layer, share) in zip(layers, shares) {
      table.append(
        [.text(layer.name), .text(NumberFormat.count(layer.processingElements))]
          + cells(layer.cycles, layer.seconds, unit)
          + [.share(Double(share) / 1000, text: Shares.text(share))],
        isHighlighted: layers.count > 1 && layer == bottleneck)
    }
    table.appendRule()
    table.append(
      [.text("total"), .text("")] + cells(latencyCycles, latencySeconds, unit)
        + [.share(1, text: Shares.text(1000))])
    return table
  }

  private func cells(
    _ cycles: CycleDistribution, _ seconds: TimeDistribution, _ unit: DurationUnit
  ) -> [TextTable.Cell] {
    let counts = [
      UInt64(cycles.mean.rounded()), cycles.minimum, cycles.p50, cycles.p99, cycles.maximum,
    ]
    // Four significant digits of the whole latency, and as many decimals in every row.
    let total = latencySeconds.mean / unit.seconds
    let time = NumberFormat.decimal(
      seconds.mean / unit.seconds, places: total < 10 ? 3 : total < 100 ? 2 : 1)
    return counts.map { .text(NumberFormat.count($0)) } + [.text(time)]
  }

  private static let idleInTurns = "includes the turns of the other layers"
  private static let idleInPipelines = "is before its first and after its last time step"

  var engineTable: TextTable {
    var table = TextTable(
      title: "Engines",
      explanation: """
        What each part of the hardware does during a whole sample, in percent of its time; idle \
        \(layersOverlap ? Self.idleInPipelines : Self.idleInTurns).
        """,
      columns: [
        .text("layer"), .text("engine"), .number("busy"), .number("waiting"), .number("idle"),
        .text("waits mostly"),
      ])
    for layer in layers {
      for (index, engine) in layer.engines.enumerated() {
        let activities = [EngineDescription.State.Activity.busy, .waiting, .idle]
        let shares = Shares.permille(activities.map(engine.cycles))
        let waits = engine.states.filter { $0.activity == .waiting && $0.cycles > 0 }
        let reason = waits.max { $0.cycles < $1.cycles }?.explanation ?? ""
        table.append(
          [index == 0 ? layer.name : "", engine.name] + shares.map(Shares.text) + [reason])
      }
    }
    return table
  }

  var stateTable: TextTable {
    var table = TextTable(
      title: "States",
      explanation: "Every state of every engine; the cycles of an engine add up to the same total.",
      columns: [
        .text("layer"), .text("engine"), .text("state"), .text("kind"),
        .number("cycles a sample"), .number("share"), .text("meaning"),
      ])
    let samples = Double(max(trace.samples, 1))
    for layer in layers {
      for engine in layer.engines {
        let shares = Shares.permille(engine.states.map(\.cycles))
        for (index, state) in engine.states.enumerated() {
          let cycles = NumberFormat.decimal(Double(state.cycles) / samples, places: 1)
          table.append([
            index == 0 ? layer.name : "", index == 0 ? engine.name : "", state.name,
            state.activity.rawValue, cycles, Shares.text(shares[index]), state.explanation,
          ])
        }
      }
    }
    return table
  }

  var spikeTable: TextTable {
    var table = TextTable(
      title: "Spikes",
      explanation: "Spikes a sample, and the share of neurons that fire in a time step.",
      columns: [
        .text("layer"), .number("spikes in"), .number("rate in"), .number("spikes out"),
        .number("rate out"),
      ])
    for layer in layers {
      table.append([
        layer.name, perSample(layer.spikes.input), NumberFormat.percent(layer.spikes.inputRate),
        perSample(layer.spikes.output), NumberFormat.percent(layer.spikes.outputRate),
      ])
    }
    return table
  }

  func baselineTable(_ layers: [BaselineComparison]) -> TextTable {
    var table = TextTable(
      title: "Sparsity-oblivious baseline",
      explanation: """
        Cycles a sample if every input of every neuron were worked off, spike or not, on as many \
        processing elements, without encoders and lists; our own reference, no published design.
        """,
      columns: [
        .text("layer"), .number("baseline"), .number("event-driven"), .number("speed-up"),
      ])
    func append(_ name: String, _ dense: UInt64, _ mean: Double) {
      table.append([
        name, NumberFormat.count(dense), NumberFormat.decimal(mean, places: 1),
        NumberFormat.decimal(mean > 0 ? Double(dense) / mean : 0, places: 2) + " x",
      ])
    }
    // The cycles of layers that overlap are no work of their own.
    if !layersOverlap {
      for layer in layers { append(layer.layer, layer.denseCycles, layer.meanCycles) }
      table.appendRule()
    }
    append(
      "total", layers.reduce(0) { $0 + $1.denseCycles }, layers.reduce(0) { $0 + $1.meanCycles })
    return table
  }

  func perSample(_ sum: UInt64) -> String {
    NumberFormat.decimal(Double(sum) / Double(max(trace.samples, 1)), places: 0)
  }
}
