import Accelerator
import Foundation
import PowerEstimation
import Reports
import SpikeTraces
import TestSupport
import Testing

/// Pages: what they say, and that nothing in them can break out of them.
@Suite struct PageTests {
  private func example(warning: String = "a warning") async throws -> ReplayReport {
    let repository = Fixture.url("", folder: "../..").path + "/"
    let trace = try TraceReader(path: repository + "traces/digits-test-100.spikes")
    let hardware = try HardwareFile(path: repository + "hardware/digits-demo.yaml")
    var report = try await TraceReplay(of: trace, on: hardware, samples: 0..<5)
      .report(threads: 1, extras: ReplayExtras(explains: true, hasBaseline: false))
    report.warnings = [warning]
    return report
  }

  @Test func aReplayPageSaysWhatMattersFirst() async throws {
    let report = try await example()
    let page = ReplayPage(PoweredReplay(report)).page
    #expect(page.verdict.count == 2)
    #expect(page.verdict[0].contains("conv2 takes"))
    #expect(page.verdict[1].contains("would save"))
    #expect(page.sections.map(\.title).first == "Where the time goes")
    let names = page.sections.flatMap(\.charts).map(\.name)
    #expect(Set(names).count == names.count && names.contains("latency"))
    #expect(names.contains("path") && names.contains("savings") && names.contains("balance"))
    for chart in page.sections.flatMap(\.charts) {
      #expect(chart.description.count > 30 && !chart.rows.isEmpty, "\(chart.name)")
    }
    #expect(report.sampleLatencies?.count == 5)
    let sum = try #require(report.sampleLatencies).reduce(0, +)
    #expect(Double(sum) / 5 == report.latencyCycles.mean)
  }

  @Test func theHTMLIsWholeAndNeedsNothingElse() async throws {
    let html = try ReplayPage(PoweredReplay(try await example())).page.html()
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
    #expect(html.utf8.count < 2_000_000)
    #expect(html.contains("default-src 'none'"))
    // The specifications are JSON that reads back.
    var charts = 0
    for part in html.components(separatedBy: "<script type=\"application/json\"").dropFirst() {
      let start = try #require(part.firstIndex(of: ">"))
      let end = try #require(part.range(of: "</script>"))
      let json = part[part.index(after: start)..<end.lowerBound]
      let content = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      #expect((content?["data"] as? [String: Any])?["values"] is [Any])
      #expect(content?["description"] is String)
      charts += 1
    }
    #expect(charts >= 7)
    let body = html.replacing(#/<script type="module">[\s\S]*?<\/script>/#, with: "")
    #expect(!body.contains("src=") && !body.contains("<link"))
  }

  @Test func foreignTextStaysText() async throws {
    var report = try await example(warning: "</script><img src=x onerror=alert(1)> & <!-- ]]>")
    report.trace.network = "</script><script>alert(2)</script> | piped"
    report.layers[0].name = "<b>conv</b>\u{2028}"
    report.hardware.name = "\"quoted\""
    let html = try ReplayPage(PoweredReplay(report)).page.html()
    #expect(!html.contains("<img src=x") && !html.contains("<script>alert"))
    #expect(!html.contains("<b>conv"))
    let markdown = ReplayPage(PoweredReplay(report)).page.markdown
    #expect(markdown.contains("\\| piped"))
  }

  @Test func markdownAndCSVHaveTheTables() async throws {
    let page = ReplayPage(PoweredReplay(try await example())).page
    #expect(page.markdown.hasPrefix("# digits on digits-demo\n"))
    #expect(page.markdown.contains("| conv2 | 16 |"))
    let csv = page.commaSeparatedValues
    #expect(csv.contains("\r\nlayer,PEs,mean,min,p50,p99,max,"))
    #expect(csv.contains("\"18,9") || csv.contains("\"19,") || csv.contains("\"18,"))
  }

  private func powered(
    device name: String, tables: Double? = nil
  ) async throws -> PoweredReplay {
    let repository = Fixture.url("", folder: "../..").path + "/"
    let report = try await example()
    let trace = try TraceReader(path: repository + "traces/digits-test-100.spikes")
    let file = try HardwareFile(path: repository + "hardware/digits-demo.yaml")
    let hardware = try TraceReplay(of: trace, on: file).hardware
    let design = HardwareDesign(hardware, network: trace.header)
    var device = try DeviceLibrary.device(name)
    if let tables { device.capacity.tables = tables }
    let set = try DeviceLibrary.coefficients(of: device)
    let resources = ResourceReport(
      design, name: file.name, network: trace.header.networkName, options: ResourceOptions(),
      device: device)
    let power = PowerReport(
      report, resources: resources, design: design, device: device, coefficients: set)
    return PoweredReplay(
      report,
      PoweredReplay.Estimates(
        power: power, resources: resources,
        upgrades: Upgrade.all(
          of: report, on: hardware, network: trace.header, resources: resources, power: power,
          coefficients: set)))
  }

  @Test func aPoweredPageSaysWhatItCosts() async throws {
    let replay = try await powered(device: "XCKU5P")
    let page = ReplayPage(replay, published: try PublishedAccelerator.all()).page
    #expect(page.verdict.count == 3)
    for words in [
      "PEs in conv2 (", "would save", "LUT (", "% of XCKU5P", "mW (", "energy an image",
    ] {
      #expect(page.verdict[1].contains(words), "\(words)")
    }
    #expect(page.verdict[1].hasSuffix("The design still fits XCKU5P."))
    #expect(page.verdict[2].contains("vectorless") && page.verdict[2].contains("FPS/W"))
    let titles = page.sections.map(\.title)
    for title in [
      "What that would cost", "What it needs of XCKU5P", "Power and energy",
      "Where the energy goes", "Beside published accelerators",
    ] {
      #expect(titles.contains(title), "\(title)")
    }
    // Nothing published is of images of 8 x 8: rows are listed, none is drawn.
    let published = try #require(page.sections.first { $0.title.hasPrefix("Beside") })
    #expect(published.charts.isEmpty && published.tables.count == 1)
    #expect(published.explanation.contains("nothing is drawn"))
    for text in [page.markdown, page.commaSeparatedValues] {
      #expect(text.contains("block-ram") && text.contains("one routed Vivado report"))
      #expect(text.contains("FPS/W [1/J]") && text.contains("BRAM36"))
    }
    let charts = page.sections.flatMap(\.charts)
    #expect(Set(charts.map(\.name)).count == charts.count)
    for chart in charts { #expect(!chart.rows.isEmpty, "\(chart.name)") }
    #expect(try page.html().utf8.count < 2_000_000)
  }

  @Test func publishedRowsOfTheSameSizeAreDrawn() async throws {
    var replay = try await powered(device: "XCKU5P")
    replay.estimates?.power.dataSet = "fashion-mnist"
    replay.estimates?.power.input = LayerShape(channels: 1, height: 28, width: 28)
    let page = ReplayPage(replay, published: try PublishedAccelerator.all()).page
    let section = try #require(page.sections.first { $0.title.hasPrefix("Beside") })
    #expect(section.charts.map(\.name).count == 3)
    let names = section.charts[0].rows.compactMap { row -> String? in
      guard case .object(let row) = row, case .text(let name)? = row["what"] else { return nil }
      return name
    }
    #expect(names.contains("Skydiver, MNIST") && names.contains("Spiker, MNIST *"))
    #expect(!names.contains { $0.contains("CIFAR") || $0.contains("SHD") })
    #expect(names.contains { $0.contains("fashion-mnist") })
  }

  @Test func whatDoesNotFitIsSaidFirst() async throws {
    let replay = try await powered(device: "XC7Z020", tables: 30_000)
    let page = ReplayPage(replay).page
    #expect(replay.estimates?.resources.device?.verdict == .doesNotFit)
    #expect(page.warnings[0].hasPrefix("It does not fit XC7Z020: it lacks "))
    #expect(page.verdict[1].contains("does not fit XC7Z020 then either"))
  }

  @Test func pagesWithoutPowerSayHowToGetIt() async throws {
    var report = try await example()
    let hints = ReplayPage(PoweredReplay(report)).page.sections.last
    #expect(hints?.explanation.contains("'--power'") == true)
    #expect(hints?.explanation.contains("--explain") == false)
    report.explanation = nil
    let both = ReplayPage(PoweredReplay(report)).page
    #expect(both.sections.last?.explanation.contains("'--explain'") == true)
    #expect(try both.html().contains("What is not on this page"))
  }

  @Test func histogramsCountEveryValueOnce() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<50 {
      let values = (0..<Int.random(in: 1...300, using: &random)).map { _ in
        UInt64.random(in: 5...5000, using: &random)
      }
      let histogram = Histogram(values, bins: 60)
      #expect(histogram.counts.count <= 60 && histogram.counts.reduce(0, +) == values.count)
      for (bin, count) in histogram.counts.enumerated() {
        let inside = values.count {
          histogram.start(of: bin) <= $0 && $0 < histogram.start(of: bin + 1)
        }
        #expect(inside == count)
      }
    }
    #expect(Histogram([], bins: 60).counts.isEmpty)
    #expect(Histogram([7, 7], bins: 60).counts == [2])
  }

  @Test func severalReplaysAreComparedFirst() async throws {
    let first = try await example()
    var second = first
    second.hardware.name = "another"
    let page = OverviewPage([first, second].map { ReplayPage(PoweredReplay($0)) }).page
    #expect(page.sections[0].title == "Side by side")
    let names = page.sections.flatMap(\.charts).map(\.name)
    #expect(Set(names).count == names.count)
    let comparison = ReplayComparison(first, second).page()
    #expect(comparison.sections[0].charts[0].name == "waterfall")
    #expect(comparison.verdict[0].contains("cycles a sample"))
  }

  @Test func rastersGroupNeurons() throws {
    let raster = SampleRaster(
      sample: 3,
      boundaries: [
        .init(name: "input", neurons: 5, groupSize: 2, counts: [[2, 0, 1], [0, 0, 0]])
      ])
    let page = Page(
      title: "t", subject: "s", verdict: [],
      sections: [.init("r", charts: [])], footer: "f")
    #expect(try page.html().contains("<h1>t</h1>"))
    #expect(raster.boundaries[0].counts[0][0] == 2)
  }
}
