import Accelerator

extension ReplayComparison {
  /// The comparison as a page: a waterfall from one latency to the other.
  ///
  /// - Parameter estimates: what the two accelerators need and draw, if that was estimated.
  /// - Returns: the page.
  public func page(with estimates: EstimateComparison? = nil) -> Page {
    let changed = contributions.filter { abs($0.difference) >= 0.05 }
    func name(_ entry: Contribution) -> String {
      [entry.layer, entry.engine, entry.state].compactMap { $0 }.joined(separator: "  ")
    }
    let shown = changed.prefix(20)
    var level = before
    var rows: [ChartJSON] = [
      [
        "what": .text(names[0] + " (before)"), "from": 0, "to": .number(before), "kind": "latency",
        "change": .number(before),
      ]
    ]
    var labels = [names[0] + " (before)"]
    let others = changed.dropFirst(20).reduce(0) { $0 + $1.difference }
    let steps =
      shown.map { (name($0), $0.difference) }
      + (others == 0 ? [] : [("\(changed.count - 20) others", others)])
    for (what, difference) in steps {
      rows.append([
        "what": .text(what), "from": .number(level), "to": .number(level + difference),
        "kind": difference > 0 ? "slower" : "faster", "change": .number(difference),
      ])
      labels.append(what)
      level += difference
    }
    labels.append(names[1] + " (after)")
    rows.append([
      "what": .text(names[1] + " (after)"), "from": 0, "to": .number(after), "kind": "latency",
      "change": .number(after),
    ])
    let chart = Chart(
      name: "waterfall",
      description: "Waterfall from \(NumberFormat.decimal(before, places: 1)) to "
        + "\(NumberFormat.decimal(after, places: 1)) cycles a sample.",
      rows: rows,
      specification: [
        "height": Chart.height(bars: rows.count), "mark": ["type": "bar"],
        "encoding": [
          "y": [
            "field": "what", "type": "nominal", "title": .null,
            "sort": .list(labels.map { .text($0) }),
          ],
          "x": ["field": "from", "type": "quantitative", "title": "cycles a sample"],
          "x2": ["field": "to"],
          "color": [
            "field": "kind", "type": "nominal", "title": .null,
            "scale": [
              "domain": ["latency", "slower", "faster"],
              "range": ["#8a94a6", "#c4553b", "#3f9a5b"],
            ],
          ],
          "tooltip": [["field": "what"], ["field": "change", "format": "+,.1f"]],
        ],
      ])
    return Page(
      title: "\(names[0]) and \(names[1])", subject: "Two replays compared, cycle by cycle.",
      verdict: [verdict], warnings: warnings.map { "\($0)." },
      sections: [
        Page.Section(
          "Where the difference comes from",
          explanation: "Mean cycles a sample; the changes add up to the difference.",
          charts: [chart], tables: [waterfall(changed, rows: changed.count)])
      ] + (estimates.map { [Page.Section("What they need and draw", tables: [$0.table])] } ?? []),
      footer: ReplayPage.footer)
  }
}
