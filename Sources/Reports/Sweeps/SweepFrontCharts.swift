import Exploration

/// The pictures of a sweep's settings.
struct SweepFrontCharts: Sendable {
  /// More points make a page slow and show no more.
  static let mostSettings = 1000
  /// More colours cannot be told apart.
  private static let mostColours = 8

  private let front: SweepFront
  /// The settings that are drawn, by their positions.
  private let positions: [Int]
  private let seconds: QuantityAxis
  private let joules: QuantityAxis
  private let accuracy: QuantityAxis
  private let parallel: ParallelCoordinates
  private let lines: Int
  /// The name whose values are colours; nil if none has few values.
  private let colour: (position: Int, name: String)?
  /// The number of the most accurate setting.
  private let first: Int
  /// One row a setting.
  let rows: [ChartJSON]

  init(_ front: SweepFront) {
    self.front = front
    let (fast, thrifty) = (Set(front.front { $0.group.seconds }), Set(front.front(\.energy)))
    let even = Set(FrontRows.evenly(Self.mostSettings, of: front.settings.count))
    positions = even.union(fast).union(thrifty).sorted()
    let settings = positions.map { front.settings[$0] }
    seconds = QuantityAxis(
      "latency", "mean latency", unit: "s", values: settings.map(\.group.seconds))
    joules = QuantityAxis("energy", "energy of an image", unit: "J", values: settings.map(\.energy))
    accuracy = QuantityAxis(
      "accuracy", "test accuracy", isShare: true, values: settings.map(\.group.accuracy))
    let names = front.names
    parallel = ParallelCoordinates(
      names.indices.map { index in
        ParallelAxis(names[index], choices: settings.map { $0.values[index] })
      } + [
        ParallelAxis(accuracy, settings.map(\.group.accuracy), label: "accuracy"),
        ParallelAxis(seconds, settings.map(\.group.seconds), label: "latency"),
        ParallelAxis(joules, settings.map(\.energy), label: "energy"),
      ])
    colour = names.enumerated().first { index, _ in
      (2...Self.mostColours).contains(Set(settings.map { $0.values[index] }).count)
    }.map { ($0.offset, $0.element) }
    first =
      (fast.max { front.settings[$0].group.accuracy < front.settings[$1].group.accuracy } ?? 0) + 1
    let isLine = Set(FrontRows.evenly(ParallelCoordinates.mostLines, of: settings.count))
    lines = isLine.count
    var rows: [ChartJSON] = []
    for (row, position) in positions.enumerated() {
      let setting = front.settings[position]
      // What a row needs and no more: there may be a thousand.
      var fields = setting.group.row.filter { $0.key.hasSuffix("Text") || $0.key == "seeds" }
      fields.merge(parallel.fields(of: row, isLine: isLine.contains(row))) { own, _ in own }
      fields["nr"] = .number(Double(position + 1))
      fields["setting"] = .text(front.text(setting))
      fields["command"] = .text(setting.command)
      fields["firing"] = .rounded(setting.group.firingRate)
      fields["fast"] = fast.contains(position) ? 1 : 0
      fields["thrifty"] = thrifty.contains(position) ? 1 : 0
      fields["accuracy"] = accuracy.number(setting.group.accuracy)
      fields["latency"] = seconds.number(setting.group.seconds)
      fields["energy"] = joules.number(setting.energy)
      fields["colour"] = colour.map { .text(setting.values[$0.position] ?? "none") }
      for (name, axis, interval) in [
        ("accuracy", accuracy, setting.accuracy), ("latency", seconds, setting.seconds),
        ("energy", joules, setting.joules),
      ] {
        fields[name + "Low"] = interval.map { axis.number($0.low) }
        fields[name + "High"] = interval.map { axis.number($0.high) }
        fields[name + "Interval"] = .text(interval.map(axis.text) ?? "not known: one seed")
      }
      rows.append(.object(fields))
    }
    self.rows = rows
  }

  /// What is not drawn, if anything, with a space before it.
  var omission: String {
    positions.count < front.settings.count
      ? " \(NumberFormat.count(positions.count)) of \(NumberFormat.count(front.settings.count)) settings "
        + "are drawn: the front, and others evenly." : ""
  }

  /// The same of the parallel coordinates.
  var lineOmission: String {
    lines < front.settings.count
      ? " \(NumberFormat.count(lines)) of \(NumberFormat.count(front.settings.count)) settings are drawn, "
        + "evenly, and the chosen one." : ""
  }

  /// Accuracy against latency.
  var latencyChart: Chart { chart("latency", seconds, front: "fast") }

  /// Accuracy against energy.
  var energyChart: Chart { chart("energy", joules, front: "thrifty") }

  /// Every setting as a line.
  var parallelChart: Chart? {
    guard positions.count > 1, !front.names.isEmpty else { return nil }
    return parallel.chart(
      "parallel",
      description: "Parallel coordinates of \(NumberFormat.amount(lines, of: "setting")): "
        + parallel.axes.map(\.label).joined(separator: ", ") + ".",
      rows: rows, dataset: "settings", colour: accuracy, tooltip: tooltip, choice: choice)
  }

  private var choice: Chart.Choice {
    Chart.Choice(
      first: first, caption: "{setting}: accuracy {accuracyText}, {latencyText}",
      commands: "{command}")
  }

  private var tooltip: [ChartJSON] {
    [
      .tip("setting"), .tip("accuracyText", "accuracy (seeds)"),
      .tip("accuracyInterval", "other test samples"),
      .tip("firing", "firing rate", ".2%"), .tip("latencyText", "latency"),
      .tip("latencyInterval", "other seeds"),
      .tip("cyclesText", "cycles"), .tip("powerText", "power (vectorless)"),
      .tip("energyText", "energy an image"), .tip("efficiencyText", "FPS/W (vectorless)"),
      .tip("activityText", "FPS/W (from events)"), .tip("seeds"),
    ]
  }

  private func chart(_ field: String, _ x: QuantityAxis, front line: String) -> Chart {
    let (across, up) = (x.channel(), upChannel)
    let isChosen = "datum.nr === chosen"
    let isFront = "datum.\(line) === 1"
    var encoding: [String: ChartJSON] = [
      "x": across, "y": up, "tooltip": .list(tooltip),
      "size": ["condition": ["test": .text(isFront), "value": 110], "value": 45],
      "opacity": ["condition": ["test": .text(isFront), "value": 1], "value": 0.6],
    ]
    if let colour {
      let values = Set(positions.map { front.settings[$0].values[colour.position] ?? "none" })
      encoding["color"] = .colours(
        "colour", colour.name,
        values.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) })
    }
    return Chart(
      name: field,
      description:
        "Scatter chart of \(NumberFormat.amount(rows.count, of: "setting")), test accuracy "
        + "against \(x.title): from \(accuracy.text(at: 0)) to \(accuracy.text(at: 1)) and from "
        + "\(x.text(at: 0)) to \(x.text(at: 1)).",
      rows: rows, dataset: "settings", choice: choice,
      specification: [
        "height": 340, "params": [Chart.chosenParameter(choice)],
        "layer": [
          [
            "transform": [
              ["filter": .text("(\(isFront) || \(isChosen)) && isValid(datum.accuracyLow)")]
            ],
            "mark": ["type": "rule", "strokeWidth": 1.2, "opacity": 0.7, "clip": true],
            "encoding": [
              "x": across, "y": upChannel("accuracyLow"), "y2": ["field": "accuracyHigh"],
            ],
          ],
          [
            "transform": [
              ["filter": .text("(\(isFront) || \(isChosen)) && isValid(datum.\(field)Low)")]
            ],
            "mark": ["type": "rule", "strokeWidth": 1.2, "opacity": 0.7, "clip": true],
            "encoding": [
              "x": x.channel(field: "\(field)Low"), "x2": ["field": .text("\(field)High")], "y": up,
            ],
          ],
          [
            "transform": [["filter": .text(isFront)]],
            "mark": [
              "type": "line", "interpolate": "step-after", "strokeWidth": 1.5,
              "color": .text(Chart.quiet),
            ],
            "encoding": ["x": across, "y": up],
          ],
          [
            "mark": ["type": "point", "filled": true, "cursor": "pointer", "aria": false],
            "encoding": .object(encoding),
          ],
          Chart.chosenRing(across, up),
        ],
      ])
  }

  private var upChannel: ChartJSON { upChannel("accuracy") }

  private func upChannel(_ field: String) -> ChartJSON { accuracy.channel(field: field) }
}
