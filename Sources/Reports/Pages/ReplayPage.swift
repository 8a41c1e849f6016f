import Accelerator
import SpikeTraces

/// A replay as a page.
public struct ReplayPage: Sendable {
  /// The replay.
  public var report: ReplayReport
  /// The spikes of one of its samples, if the trace is at hand.
  public var raster: SampleRaster?
  /// What the engines did for it, if trace and hardware are at hand.
  public var timeline: TimelineExcerpt?

  /// Creates a page.
  public init(
    _ report: ReplayReport, raster: SampleRaster? = nil, timeline: TimelineExcerpt? = nil
  ) {
    self.report = report
    self.raster = raster
    self.timeline = timeline
  }

  /// The page.
  public var page: Page {
    Page(
      title: "\(report.trace.network) on \(report.hardware.name)", subject: report.subject,
      verdict: verdict, warnings: report.warnings.map { "\($0)." }, sections: sections(),
      footer: Self.footer)
  }

  static let footer =
    "Lockstep \(SoftwareVersion.current). Cycle counts are those of the published register-transfer "
    + "code, exactly (docs/Validation.md); every other number says where it comes from."

  private var verdict: [String] {
    var sentences = [report.verdict]
    if let saving = report.explanation?.savings.first, saving.savedCycles > 0 {
      let latency = report.latencyCycles.mean * Double(max(report.trace.samples, 1))
      let share = NumberFormat.decimal(
        100 * Double(saving.savedCycles) / max(latency, 1), places: 0)
      sentences.append(
        "'\(saving.parameter)' of \(saving.layer) raised from \(saving.from) to \(saving.to) would "
          + "save \(share) % of the latency.")
    }
    return sentences
  }

  /// The sections of the page.
  ///
  /// - Parameters:
  ///   - prefix: stands before the names of charts, where several replays share a page.
  ///   - title: stands before the headings, where several replays share a page.
  /// - Returns: the sections that have something to show.
  func sections(prefix: String = "", title: String = "") -> [Page.Section] {
    func heading(_ text: String) -> String { title.isEmpty ? text : "\(title): \(text)" }
    let all: [Page.Section?] = [
      Page.Section(
        heading("Where the time goes"),
        explanation:
          "Mean time a sample spends in each layer; the tick is what 99 % of the samples "
          + "stay below. Simulated cycle by cycle, then divided by the clock.",
        charts: [report.latencyChart], tables: [report.latencyTable]),
      explanation.map { explanation, samples in
        Page.Section(
          heading("What would make it faster"),
          explanation: "The critical path is what the latency hung on, cycle by cycle: only work "
            + "that is on it is worth making faster. Savings are computed for every sample, not "
            + "estimated.",
          charts: [explanation.pathChart(samples: samples)]
            + [explanation.savingChart(samples: samples)].compactMap { $0 },
          tables: [explanation.savingTable(samples), explanation.pathTable(samples)],
          foldsTables: true)
      },
      report.distributionChart.map {
        Page.Section(
          heading("Latency of the samples"),
          explanation: "Spikes differ from sample to sample, and so does the time.", charts: [$0])
      },
      report.stateChart.map {
        Page.Section(
          heading("What the hardware does"),
          explanation:
            "Every engine is in exactly one state in every cycle; point at a part to see "
            + "which, and what it waits for.",
          charts: [$0], tables: [report.engineTable, report.stateTable], foldsTables: true)
      },
      report.balanceChart.map {
        Page.Section(
          heading("Compression or accumulation"),
          explanation: "Above the line a layer is bound by accumulation: more processing elements "
            + "help. Below it, by compression: a wider encoder or fewer passes do.",
          charts: [$0], tables: [report.useTable], foldsTables: true)
      },
      Page.Section(
        heading("Spikes"),
        explanation: "The share of neurons that fire in a time step. Fewer spikes are less work.",
        charts: [report.firingChart], tables: [report.spikeTable], foldsTables: true),
      raster.map { raster in
        Page.Section(
          heading("Spikes of sample \(raster.sample)"),
          explanation: "Which neurons fired when; the wheel zooms, dragging moves, a double click "
            + "resets.", charts: raster.charts(prefix: ""))
      },
      timeline.map { timeline in
        Page.Section(
          heading("Timeline of sample \(timeline.sample)"),
          explanation: "Cycles 0 to \(NumberFormat.count(timeline.end)) of "
            + "\(NumberFormat.count(timeline.cycles)); the wheel zooms. "
            + "'lockstep replay --timeline' draws all of it.",
          charts: [timeline.chart(prefix: "")])
      },
      Page.Section(
        heading("Memory"),
        tables: report.layers.allSatisfy(\.engines.isEmpty)
          ? [] : [report.memoryTable], foldsTables: false),
      Page.Section(
        heading("What the numbers rest on"), tables: [report.provenanceTable]),
    ]
    return all.compactMap { $0 }.filter { !$0.charts.isEmpty || !$0.tables.isEmpty }
      .map { section in
        var section = section
        for index in section.charts.indices {
          section.charts[index].name = prefix + section.charts[index].name
        }
        return section
      }
  }

  private var explanation: (ReplayExplanation, Int)? {
    report.explanation.map { ($0, report.trace.samples) }
  }
}

extension ReplayReport {
  /// Where trace, hardware and software came from.
  var provenanceTable: TextTable {
    var table = TextTable(columns: [.text("what"), .text("value")])
    table.append(["trace", trace.path])
    table.append(["network", trace.network])
    table.append([
      "data set",
      "\(trace.dataSet), \(trace.split), samples \(trace.firstSample) to "
        + "\(trace.firstSample + trace.samples - 1) of \(NumberFormat.count(trace.samplesInTrace))",
    ])
    table.append(["coding", "\(trace.coding), \(trace.timeSteps) time steps, seed \(trace.seed)"])
    table.append(["recorded by", "lockstep \(trace.softwareVersion)"])
    table.append(["hardware file", hardware.path])
    table.append([
      "platform",
      "\(hardware.platform.rawValue), quirks: \(hardware.quirks.joined(separator: ", "))",
    ])
    table.append(["clock", NumberFormat.frequency(hardware.clockHertz)])
    if let device = hardware.device { table.append(["device", device]) }
    if let source = hardware.source { table.append(["source of its numbers", source]) }
    table.append(["engine", "\(engine.rawValue) (docs/Validation.md)"])
    table.append(["replayed by", "lockstep \(softwareVersion)"])
    return table
  }
}
