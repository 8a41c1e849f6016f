import Accelerator
import Foundation
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
    let page = ReplayPage(report).page
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
    let html = try ReplayPage(try await example()).page.html()
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
    let html = try ReplayPage(report).page.html()
    #expect(!html.contains("<img src=x") && !html.contains("<script>alert"))
    #expect(!html.contains("<b>conv"))
    let markdown = ReplayPage(report).page.markdown
    #expect(markdown.contains("\\| piped"))
  }

  @Test func markdownAndCSVHaveTheTables() async throws {
    let page = ReplayPage(try await example()).page
    #expect(page.markdown.hasPrefix("# digits on digits-demo\n"))
    #expect(page.markdown.contains("| conv2 | 16 |"))
    let csv = page.commaSeparatedValues
    #expect(csv.contains("\r\nlayer,PEs,mean,min,p50,p99,max,"))
    #expect(csv.contains("\"18,9") || csv.contains("\"19,") || csv.contains("\"18,"))
  }

  @Test func severalReplaysAreComparedFirst() async throws {
    let first = try await example()
    var second = first
    second.hardware.name = "another"
    let page = OverviewPage([ReplayPage(first), ReplayPage(second)]).page
    #expect(page.sections[0].title == "Side by side")
    let names = page.sections.flatMap(\.charts).map(\.name)
    #expect(Set(names).count == names.count)
    let comparison = ReplayComparison(first, second).page
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
