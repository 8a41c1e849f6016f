import PowerEstimation

/// Published accelerators beside one of ours: like with like.
struct PublishedComparison {
  /// Ours.
  let own: PowerReport
  /// The answers of our network that are right, 0...1, if that is known.
  let accuracy: Double?
  /// The published ones with their likeness to ours, the likest first.
  let rows: [(accelerator: PublishedAccelerator, likeness: Likeness)]

  /// Creates a comparison.
  init(_ own: PowerReport, accuracy: Double?, with accelerators: [PublishedAccelerator]) {
    self.own = own
    self.accuracy = accuracy
    let rows = accelerators.map { ($0, $0.likeness(to: own.dataSet, input: own.input)) }
    // Sorted without changing the order of equals.
    self.rows = Likeness.allCases.flatMap { likeness in rows.filter { $0.1 == likeness } }
  }

  /// Those that may stand in a chart with ours.
  private var comparable: [PublishedAccelerator] {
    rows.filter { $0.likeness < .different }.map(\.accelerator)
  }

  /// What is compared with what, in a sentence or two.
  var explanation: String {
    let data = Set(comparable.map(\.data)).sorted().joined(separator: ", ")
    let size = own.input.map { " (\($0) an image)" } ?? ""
    let like =
      comparable.isEmpty
      ? "No published row at hand is of \(own.dataSet)\(size) or of images of that size, so nothing "
        + "is drawn; the table has all rows."
      : "Drawn are rows of \(own.dataSet)\(size) or of images of that size (\(data)); the table has "
        + "the others, too."
    return like + " Networks, accuracies and devices differ even then: a picture to look at, not a "
      + "ranking. * read in a third party's text, not in the paper: check it before you use it; ~ "
      + "computed from the other figures of its row. Ours is vectorless, as published results are."
  }

  /// Images a second, power, and images a joule.
  var charts: [Chart] {
    [
      chart(
        "published-rate", "frames a second", "1/s", Estimate(exactly: own.framesPerSecond),
        \.framesPerSecond),
      chart("published-power", "power", "W", own.vectorless.power, \.power),
      chart(
        "published-efficiency", "FPS/W", "1/J", own.vectorless.imagesPerJoule, \.imagesPerJoule),
    ].compactMap { $0 }
  }

  /// A figure of all that publish it, and ours with its bounds.
  private func chart(
    _ name: String, _ figure: String, _ unit: String, _ ours: Estimate,
    _ published: KeyPath<PublishedAccelerator, Double?>
  ) -> Chart? {
    typealias Dot = (name: String, estimate: Estimate, kind: String, data: String, source: String)
    var dots = comparable.compactMap { row -> Dot? in
      guard let value = row[keyPath: published], value > 0 else { return nil }
      return (
        "\(row.name), \(row.data)\(row.isSecondHand ? " *" : "")", Estimate(exactly: value),
        row.isSecondHand ? Self.kinds[2] : Self.kinds[1], "\(row.data), \(row.device)",
        "\(row.publication); \(row.source)"
      )
    }
    guard !dots.isEmpty else { return nil }
    dots.append(
      (
        "\(own.hardware), \(own.dataSet)", ours, Self.kinds[0],
        "\(own.dataSet), \(own.device.name)", "this report, vectorless"
      ))
    dots.sort { ($1.estimate.value, $0.name) < ($0.estimate.value, $1.name) }
    let order = dots.map(\.name)
    let title = "\(figure) [\(unit)]"
    let tooltip: [ChartJSON] = [
      .tip("what"), .tip("value", title, ",.4~g"), .tip("low", "at least", ",.4~g"),
      .tip("high", "at most", ",.4~g"), .tip("data"), .tip("source"),
    ]
    let x = ChartJSON.quantity("value", title, format: ",~g", scale: ["type": "log", "nice": true])
    return Chart(
      name: name,
      description: "Points on a logarithmic scale, \(title): "
        + dots.prefix(8).map { "\($0.name) \(NumberFormat.significant($0.estimate.value))" }
        .joined(separator: ", ") + ".",
      rows: dots.map { dot in
        [
          "what": .text(dot.name), "value": .number(dot.estimate.value),
          "low": .number(dot.estimate.low), "high": .number(dot.estimate.high),
          "kind": .text(dot.kind), "data": .text(dot.data), "source": .text(dot.source),
        ]
      },
      specification: [
        "height": Chart.height(bars: dots.count),
        "layer": [
          [
            "mark": ["type": "rule", "strokeWidth": 1.5],
            "encoding": [
              "y": .names("what", order), "x": .quantity("low", title), "x2": ["field": "high"],
            ],
          ],
          [
            "mark": ["type": "point", "filled": true, "size": 90, "opacity": 1],
            "encoding": [
              "y": .names("what", order), "x": x,
              "color": .colours("kind", "", Self.kinds), "tooltip": .list(tooltip),
            ],
          ],
        ],
      ])
  }

  private static let kinds = ["this design", "published", "published, second-hand"]
}
