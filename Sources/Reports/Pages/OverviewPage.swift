import Accelerator

/// Several replays on one page: which is the fastest, and where each spends its time.
public struct OverviewPage: Sendable {
  /// The replays.
  public var replays: [ReplayPage]

  /// Creates a page of at least one replay.
  public init(_ replays: [ReplayPage]) { self.replays = replays }

  /// The page: that of the replay if there is one only.
  public var page: Page {
    guard replays.count != 1, let fastest = names.indices.min(by: { mean($0) < mean($1) }) else {
      return replays.first?.page
        ?? Page(
          title: "No replays", subject: "", verdict: [], sections: [], footer: ReplayPage.footer)
    }
    let slowest = names.indices.max { mean($0) < mean($1) } ?? fastest
    let ratio = NumberFormat.decimal(mean(slowest) / max(mean(fastest), 1e-12), places: 2)
    return Page(
      title: "\(replays.count) replays", subject: names.joined(separator: "; ") + ".",
      verdict: [
        "\(names[fastest]) is the fastest: \(NumberFormat.duration(mean(fastest))) a sample, "
          + "\(ratio) times faster than \(names[slowest])."
      ],
      warnings: comparability,
      sections: [
        Page.Section(
          "Side by side",
          explanation: "Mean latency of a sample, by layer. Where layers work at the same time, a "
            + "layer's part is by how much it ends after the one before.",
          charts: [chart], tables: [table])
      ]
        + replays.enumerated().flatMap { index, replay in
          replay.sections(prefix: "replay\(index + 1)-", title: names[index])
        },
      footer: ReplayPage.footer)
  }

  private func mean(_ index: Int) -> Double { replays[index].report.latencySeconds.mean }

  /// The names, made different where they are not.
  private var names: [String] {
    let plain = replays.map { "\($0.report.trace.network) on \($0.report.hardware.name)" }
    return plain.enumerated().map { index, name in
      plain.count { $0 == name } > 1 ? "\(name) (\(index + 1))" : name
    }
  }

  private var comparability: [String] {
    let traces = Set(replays.map { "\($0.report.trace.network) \($0.report.trace.samples)" })
    return traces.count > 1
      ? [
        "the replays are of different networks or numbers of samples, so that their times differ for "
          + "more reasons than the hardware."
      ] : []
  }

  private var chart: Chart {
    let rows = zip(names, replays).flatMap { name, replay in
      replay.report.layers.map { layer -> ChartJSON in
        [
          "replay": .text(name), "layer": .text(layer.name),
          "time": .number(layer.seconds.mean * 1e6),
        ]
      }
    }
    return Chart(
      name: "overview",
      description: "Stacked bars: mean latency of "
        + zip(names, replays).map {
          "\($0) \(NumberFormat.duration($1.report.latencySeconds.mean))"
        }.joined(separator: ", ") + ".",
      rows: rows,
      specification: [
        "height": Chart.height(bars: replays.count), "mark": ["type": "bar"],
        "encoding": [
          "y": [
            "field": "replay", "type": "nominal", "title": .null,
            "sort": .list(names.map { .text($0) }),
          ],
          "x": ["field": "time", "type": "quantitative", "title": "mean latency [µs]"],
          "color": ["field": "layer", "type": "nominal", "sort": .null],
          "order": ["field": "layer"],
          "tooltip": [
            ["field": "replay"], ["field": "layer"], ["field": "time", "format": ",.2f"],
          ],
        ],
      ])
  }

  private var table: TextTable {
    var table = TextTable(
      columns: [
        .text("replay"), .text("platform"), .number("mean"), .number("p99"),
        .number("frames a second"), .number("samples"),
      ])
    for (name, replay) in zip(names, replays) {
      let report = replay.report
      table.append([
        name, report.hardware.platform.rawValue, NumberFormat.duration(report.latencySeconds.mean),
        NumberFormat.duration(report.latencySeconds.p99),
        NumberFormat.significant(report.framesPerSecond), NumberFormat.count(report.trace.samples),
      ])
    }
    return table
  }
}
