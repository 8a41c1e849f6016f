import Accelerator
import PowerEstimation

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
      ] + (thriftiest.map { [$0] } ?? []),
      warnings: comparability + misfits,
      sections: [
        Page.Section(
          "Side by side",
          explanation: "Mean latency of a sample, by layer. Where layers work at the same time, a "
            + "layer's part is by how much it ends after the one before.",
          charts: [chart], tables: [table])
      ]
        + (powered.isEmpty
          ? []
          : [
            Page.Section(
              "Energy side by side",
              explanation:
                "The energy of a mean image by component, vectorless as published results "
                + "are made; lines span the bounds. Resources and power stand in the table.",
              charts: [energyChart], tables: [powerTable])
          ])
        + replays.enumerated().flatMap { index, replay in
          replay.sections(prefix: "replay\(index + 1)-", title: names[index])
        },
      footer: ReplayPage.footer)
  }

  private func mean(_ index: Int) -> Double { replays[index].report.latencySeconds.mean }

  /// The names, made different where they are not.
  var names: [String] {
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
      replay.report.layers.enumerated().map { rank, layer -> ChartJSON in
        [
          "replay": .text(name), "layer": .text(layer.name), "rank": .number(Double(rank)),
          "time": .number(layer.seconds.mean * 1e6),
        ]
      }
    }
    let layers = replays.flatMap { $0.report.layers.map(\.name) }
    let order = layers.indices.filter { layers.firstIndex(of: layers[$0]) == $0 }.map { layers[$0] }
    return .bars(
      "overview",
      description: "Stacked bars: mean latency of "
        + zip(names, replays).map {
          "\($0) \(NumberFormat.duration($1.report.latencySeconds.mean))"
        }.joined(separator: ", ") + ".",
      rows: rows, names: "replay", order: names,
      length: .quantity("time", "mean latency [µs]"), colour: .colours("layer", "layer", order),
      tooltip: [.tip("replay"), .tip("layer"), .tip("time", nil, ",.2f")])
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
