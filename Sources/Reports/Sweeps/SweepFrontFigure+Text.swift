import Exploration

extension SweepFrontFigure {
  /// What the points show: sentences that are computed from them.
  public var statements: [String] {
    guard let best = front.best else { return [] }
    var statements = [chanceStatement, bestStatement(best)].compactMap(\.self)
    let fast = front.front { $0.group.seconds }
    statements.append(frontStatement(fast))
    if let statement = thriftStatement(best) { statements.append(statement) }
    return statements
  }

  /// Nothing was learned: the published figures call an accuracy below 20 % a failure.
  private var chanceStatement: String? {
    guard let best = front.best, best.group.accuracy < 0.2 else { return nil }
    return "None of these networks has learned its task "
      + "(\(NumberFormat.percent(best.group.accuracy)) at most): train for longer before reading anything "
      + "into this page."
  }

  private func bestStatement(_ best: SweepFront.Setting) -> String {
    "The most accurate setting is \(front.text(best)): \(NumberFormat.percent(best.group.accuracy))"
      + (best.accuracy.map {
        " (\(NumberFormat.percent($0.low)) to \(NumberFormat.percent($0.high)) with other test samples)"
      } ?? "")
      + " in \(NumberFormat.duration(best.group.seconds)) for "
      + "\(QuantityFormat.text(best.energy, "J")) an image."
  }

  private func frontStatement(_ fast: [Int]) -> String {
    guard let first = fast.first, fast.count > 1 else {
      return "It is the fastest as well: no setting trades accuracy for latency."
    }
    let fastest = front.settings[first]
    return "\(NumberFormat.count(fast.count)) of "
      + "\(NumberFormat.amount(front.settings.count, of: "setting")) are on the front, where more accuracy costs "
      + "latency; its fast end is \(front.text(fastest)): "
      + "\(NumberFormat.percent(fastest.group.accuracy)) in \(NumberFormat.duration(fastest.group.seconds))."
  }

  /// The fastest setting that cannot be told from the best one.
  private func thriftStatement(_ best: SweepFront.Setting) -> String? {
    guard let interval = best.accuracy else { return nil }
    let alike = front.settings.filter {
      ($0.accuracy?.high ?? 0) >= interval.low && front.text($0) != front.text(best)
    }
    guard let fastest = alike.min(by: { $0.group.seconds < $1.group.seconds }) else { return nil }
    let change = 1 - fastest.group.seconds / best.group.seconds
    let faster =
      change > 0
      ? "the fastest of them, \(front.text(fastest)), takes \(NumberFormat.percent(change)) less time"
      : "none of them is faster"
    return
      "\(NumberFormat.amount(alike.count, of: "other setting")) cannot be told from it by accuracy (the "
      + "intervals overlap); \(faster)."
  }

  /// The settings of the front by latency.
  var frontTable: TextTable {
    var table = TextTable(
      explanation:
        "No other setting is both more accurate and faster. 'Energy' marks those that are on the "
        + "front of accuracy and energy, too.",
      columns: front.names.map { .text($0) } + [
        .number("accuracy [%]"), .text("95 %"), .number("latency"), .number("mJ an image"),
        .number("FPS/W"), .number("firing [%]"), .number("seeds"), .text("energy"),
      ])
    let thrifty = Set(front.front(\.energy))
    for position in front.front({ $0.group.seconds }) {
      let setting = front.settings[position]
      let group = setting.group
      table.append(
        setting.values.map { $0 ?? "-" } + [
          NumberFormat.decimal(group.accuracy * 100, places: 2),
          setting.accuracy.map {
            "\(NumberFormat.decimal($0.low * 100, places: 1)) to "
              + NumberFormat.decimal($0.high * 100, places: 1)
          } ?? "-",
          NumberFormat.duration(group.seconds),
          NumberFormat.decimal(setting.energy * 1e3, places: 3),
          NumberFormat.decimal(group.efficiency, places: 0),
          NumberFormat.decimal(group.firingRate * 100, places: 2),
          "\(group.measurements.count)", thrifty.contains(position) ? "yes" : "",
        ])
    }
    return table
  }

  /// What the numbers rest on.
  var provenance: TextTable {
    var table = TextTable(columns: [.text("what"), .text("value")])
    let points = results.points
    func append(_ name: String, _ value: (SweepPoint) -> String?) {
      let values = Set(points.compactMap(value)).sorted()
      let shown = values.prefix(6).joined(separator: "; ")
      table.append([name, values.count > 6 ? shown + "; and \(values.count - 6) more" : shown])
    }
    append("data") { "\($0.provenance.dataSet) (\($0.provenance.dataFingerprint))" }
    append("samples to learn") { NumberFormat.count($0.provenance.trainingSamples) }
    append("samples to choose the epoch") { NumberFormat.count($0.provenance.validationSamples) }
    append("samples to test") { $0.measurement.map { NumberFormat.count($0.accuracy.samples) } }
    append("samples replayed") { $0.measurement.map { NumberFormat.count($0.platform.samples) } }
    append("network") {
      "\($0.hyperparameters.network), \($0.hyperparameters.timeSteps) time steps"
    }
    append("accelerator") { point in
      point.measurement.map {
        "\($0.platform.name) (\($0.platform.generation)), "
          + "\(NumberFormat.frequency($0.platform.clockHertz)), \($0.platform.device)"
      }
    }
    append("seeds") { "\($0.seed)" }
    if let first = points.first { table.append(["first point", first.provenance.command]) }
    append("made by") { "lockstep \($0.provenance.softwareVersion)" }
    return table
  }
}
