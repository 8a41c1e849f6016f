import Accelerator
import PowerEstimation
import SpikeTraces

/// A replay as a page.
public struct ReplayPage: Sendable {
  /// The replay.
  public var report: ReplayReport
  /// The spikes of one of its samples, if the trace is at hand.
  public var raster: SampleRaster?
  /// What the engines did for it, if trace and hardware are at hand.
  public var timeline: TimelineExcerpt?
  /// What the accelerator needs and draws, if that was estimated.
  public var estimates: PoweredReplay.Estimates?
  /// What it drew for the sample, if trace and hardware are at hand.
  public var powerOverTime: PowerTimeline?
  /// Accelerators to show beside it.
  public var published: [PublishedAccelerator]

  /// Creates a page.
  ///
  /// - Parameters:
  ///   - replay: the replay, with what was estimated of it.
  ///   - published: accelerators to show beside it, where power was estimated.
  public init(_ replay: PoweredReplay, published: [PublishedAccelerator] = []) {
    report = replay.report
    estimates = replay.estimates
    self.published = published
  }

  /// The page.
  public var page: Page {
    Page(
      title: "\(report.trace.network) on \(report.hardware.name)", subject: report.subject,
      verdict: verdict,
      warnings: (power?.warnings ?? []) + report.warnings.map { "\($0)." },
      sections: sections(), footer: Self.footer)
  }

  static let footer =
    "Lockstep \(SoftwareVersion.current). Cycle counts are those of the published register-transfer "
    + "code, exactly (docs/Validation.md); every other number says where it comes from."

  private var power: PowerSections? {
    estimates.map {
      PowerSections(
        estimates: $0, accuracy: report.answers.accuracy, overTime: powerOverTime,
        published: published)
    }
  }

  private var verdict: [String] {
    if let power, estimates?.upgrades.isEmpty == false { return [report.verdict] + power.verdict }
    let saving = report.explanation?.savings.first { $0.savedCycles > 0 }.map { saving in
      let latency = report.latencyCycles.mean * Double(max(report.trace.samples, 1))
      let share = NumberFormat.decimal(
        100 * Double(saving.savedCycles) / max(latency, 1), places: 0)
      return "\(saving.phrase) would save \(share) % of the latency."
    }
    return [report.verdict] + (saving.map { [$0] } ?? []) + (power?.verdict ?? [])
  }

  /// What else the page could say, and the option that makes it.
  private var hint: Page.Section? {
    var missing: [String] = []
    if report.explanation == nil {
      missing.append(
        "'--explain' adds what the latency hangs on and what more hardware would save")
    }
    if estimates == nil {
      missing.append(
        "'--power' adds resources, power and energy (the hardware file or '--device' names the FPGA)"
      )
    }
    guard !missing.isEmpty else { return nil }
    return Page.Section(
      "What is not on this page",
      explanation: "It is made of what 'lockstep replay' was asked for: "
        + missing.joined(separator: "; ") + ".")
  }

  /// The sections of the page.
  ///
  /// - Parameters:
  ///   - prefix: stands before the names of charts, where several replays share a page.
  ///   - title: stands before the headings, where several replays share a page.
  /// - Returns: the sections that have something to show.
  func sections(prefix: String = "", title: String = "") -> [Page.Section] {
    func heading(_ text: String) -> String { title.isEmpty ? text : "\(title): \(text)" }
    let first: [Page.Section?] = [
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
      costs.map {
        Page.Section(heading("What that would cost"), tables: [$0])
      },
    ]
    let powered = (power?.sections ?? []).map { section in
      var section = section
      section.title = heading(section.title)
      return section as Page.Section?
    }
    let rest: [Page.Section?] = [
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
        heading("What the numbers rest on"),
        tables: [report.provenanceTable] + (estimates.map { [$0.power.coefficientTable] } ?? [])),
    ]
    let shown = (first + powered + rest).compactMap { $0 }
      .filter { !$0.charts.isEmpty || !$0.tables.isEmpty }
    return (shown + (title.isEmpty ? [hint].compactMap { $0 } : [])).enumerated()
      .map { index, section in
        var section = section
        // Of several replays each is listed once.
        if !title.isEmpty { section.entry = index == 0 ? title : nil }
        for index in section.charts.indices {
          section.charts[index].name = prefix + section.charts[index].name
        }
        return section
      }
  }

  private var costs: TextTable? {
    estimates.flatMap {
      $0.upgrades.isEmpty ? nil : $0.upgrades.table(of: $0.power, showsBounds: true)
    }
  }

  private var explanation: (ReplayExplanation, Int)? {
    report.explanation.map { ($0, report.trace.samples) }
  }
}
