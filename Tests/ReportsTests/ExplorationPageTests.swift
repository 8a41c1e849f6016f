import Exploration
import Foundation
import PowerEstimation
import Reports
import SpikeTraces
import TestSupport
import Testing

/// The pages of explorations: what they say follows from the search, and a design's commands build it.
@Suite struct ExplorationPageTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func report(_ space: String, sensitivity: Bool = false) async throws -> ExplorationReport
  {
    try folder.write("device: XCKU5P\n" + RandomTrace.hardware, to: "h.yaml")
    let trace = try TraceReader(path: RandomTrace.write(samples: 6, to: folder.path("t.spikes")))
    let space = try DesignSpace(
      path: folder.write("hardware: h.yaml\nname: tiny\n" + space, to: "space.yaml"))
    var report = try await DesignExploration(of: space, with: [trace])
      .report(sensitivity: sensitivity)
    report.command = "lockstep explore space.yaml --trace t.spikes"
    return report
  }

  private func object(_ row: ChartJSON) throws -> [String: ChartJSON] {
    guard case .object(let fields) = row else { throw Problem() }
    return fields
  }

  private struct Problem: Error {}

  private func charts(_ page: Page) -> [Chart] { page.sections.flatMap(\.charts) }

  private func fill(_ text: String, _ row: [String: ChartJSON]) -> String {
    row.reduce(text) { text, field in
      switch field.value {
      case .text(let word): text.replacing("{\(field.key)}", with: word)
      case .number(let number): text.replacing("{\(field.key)}", with: "\(Int(number))")
      default: text
      }
    }
  }

  @Test func theFirstSentencesAreTheResult() async throws {
    let report = try await report("objectives: [latency, lut]\n", sensitivity: true)
    #expect(report.front.count > 2)
    let page = ExplorationPage(report).page
    #expect(page.title == "The front: latency against LUT of tiny")
    #expect(page.verdict[0].hasPrefix("Design 1 is the best by latency ("))
    #expect(page.verdict[1].hasPrefix("Design \(report.front.count) is the best by LUT ("))
    #expect(
      page.verdict.last?.hasPrefix("Proved, by pareto merging: of \(report.certificate.designs)")
        == true)
    #expect(page.verdict.contains { $0.contains("No limit excludes a design") })
    #expect(
      page.sections.map(\.title) == [
        "The front", "Every design as a line", "The designs", "If the estimates are wrong",
        "How the search went", "The space", "What the numbers rest on",
      ])
    for chart in charts(page) {
      #expect(chart.description.count > 30 && !chart.rows.isEmpty, "\(chart.name)")
    }
    let names = charts(page).map(\.name)
    #expect(Set(names).count == names.count && names.contains("front-latency-lut"))
  }

  @Test func everyDesignHasItsNumbersAndCommands() async throws {
    let report = try await report("clock: [100 MHz, 150 MHz]\nobjectives: [latency, lut, energy]\n")
    let page = ExplorationPage(report).page
    let drawn = charts(page).filter { $0.dataset == "front" }
    #expect(
      drawn.map(\.name) == [
        "front-latency-lut", "front-latency-energy", "front-lut-energy", "parallel",
      ])
    let chart = try #require(drawn.first)
    #expect(chart.rows.count == report.front.count)
    #expect(drawn.allSatisfy { $0.rows == chart.rows })
    let commands = try #require(chart.choice?.commands)
    for (number, (row, design)) in zip(chart.rows, report.front).enumerated() {
      let fields = try object(row)
      #expect(fields["nr"] == .number(Double(number + 1)))
      for field in ["latency", "latencyp99", "lut", "bram36", "power", "energy", "efficiency"] {
        guard case .number(let value)? = fields[field] else { throw Problem() }
        #expect(value > 0, "\(field)")
      }
      #expect(
        fields["allocation"]
          == .text(
            design.layers.map { "\($0.name) \($0.processingElements)" }.joined(separator: ", ")))
      // Parallel coordinates are inside their axes.
      let positions = fields.filter { $0.key.wholeMatch(of: #/a\d+/#) != nil }
      #expect(positions.count >= 4)
      for case .number(let position) in positions.values { #expect((0...1).contains(position)) }
      #expect(
        fill(commands, fields)
          == "lockstep explore space.yaml --trace t.spikes --pick \(number + 1) "
          + "-o design-\(number + 1).yaml\nlockstep replay \(folder.path("t.spikes")) --hardware "
          + "design-\(number + 1).yaml --samples 0..5")
    }
  }

  @Test func variantsAreColoursAndHaveTheirOwnTraces() async throws {
    try folder.write(
      "device: XCKU5P\n"
        + RandomTrace.hardware.replacing("list-capacity: 64", with: "list-capacity: 32"),
      to: "small.yaml")
    var report = try await report("objectives: [latency, lut]\n")
    let trace = try TraceReader(path: folder.path("t.spikes"))
    try folder.write(
      "hardware: [h.yaml, small.yaml]\nobjectives: [latency, lut]\n", to: "two.yaml")
    report = try await DesignExploration(
      of: DesignSpace(path: folder.path("two.yaml")), with: [trace]
    ).report()
    report.command = "lockstep explore two.yaml"
    let page = ExplorationPage(report).page
    let chart = try #require(charts(page).first)
    for row in chart.rows {
      let fields = try object(row)
      #expect(fields["variant"] == .text("h") || fields["variant"] == .text("small"))
      let commands = fill(try #require(chart.choice).commands, fields)
      #expect(commands.contains(" \(folder.path("t.spikes")) "))
    }
    #expect(page.markdown.contains("small"))
  }

  @Test func aSingleBestDesignHasItsCommandsToo() async throws {
    let page = ExplorationPage(try await report("objectives: [lut]\n")).page
    #expect(page.title == "The best design by LUT of tiny")
    #expect(charts(page).first?.name == "limits" && charts(page).first?.choice != nil)
    #expect(page.markdown.contains("--pick 1 -o design-1.yaml"))
  }

  @Test func whatIsMissingIsSaidWhenNothingFits() async throws {
    let report = try await report(
      "constraints: {latency: 1 us, lut: 10000000}\nobjectives: [lut]\n")
    let page = ExplorationPage(report).page
    #expect(page.title == "No design of tiny keeps all limits")
    #expect(page.verdict.contains { $0.hasPrefix("latency is ") && $0.contains("no design") })
    #expect(page.sections.first?.title == "What is missing")
    let chart = try #require(charts(page).first { $0.name == "shortfalls" })
    let rows = try chart.rows.map(object)
    #expect(rows.map { $0["what"] } == [.text("closest design"), .text("least possible")])
    for row in rows {
      guard case .number(let ratio)? = row["ratio"] else { throw Problem() }
      #expect(ratio > 1)
    }
    #expect(try page.html().hasSuffix("</html>\n"))
  }

  @Test func longFrontsAreDrawnInPart() async throws {
    var report = try await report("objectives: [latency, lut]\n")
    let first = report.front[0]
    report.front = (0..<2500).map { number in
      var design = first
      design.latencySeconds *= 1 + Double(number) / 100
      design.tables /= 1 + Double(number) / 100
      return design
    }
    let page = ExplorationPage(report).page
    let chart = try #require(charts(page).first)
    #expect(chart.rows.count == 1000)
    #expect(try object(chart.rows[0])["nr"] == 1 && object(chart.rows[999])["nr"] == 2500)
    let lines = try chart.rows.count { try object($0)["line"] == 1 }
    #expect(lines == 200)
    #expect(page.sections[0].explanation.contains("1,000 of 2,500 designs"))
    #expect(page.sections[1].explanation.contains("200 of 2,500 designs"))
    let html = try page.html()
    #expect(html.utf8.count < 1_500_000)
    // The rows are there once, whatever draws them.
    #expect(html.components(separatedBy: "class=\"dataset\"").count == 2)
    let whole = ExplorationPage(report, limit: .max).page.commaSeparatedValues
    #expect(whole.contains("\r\n2499,") && whole.contains("\r\n2500,"))
  }

  @Test func foreignTextStaysText() async throws {
    var report = try await report("objectives: [latency, lut]\n")
    report.space = "</script><script>alert(1)</script>"
    report.command = "lockstep explore '</script><img src=x onerror=alert(2)>'"
    report.variants[0].trace = "a'; rm -rf '$HOME.spikes"
    let page = ExplorationPage(report).page
    let html = try page.html()
    #expect(!html.contains("<script>alert") && !html.contains("<img src=x"))
    let commands = try #require(charts(page).first?.choice?.commands)
    #expect(commands.contains(#"lockstep replay 'a'\''; rm -rf '\''$HOME.spikes' --hardware"#))
  }

  @Test(arguments: [
    ("plain", "plain"), ("latency='200 us'", #"'latency='\''200 us'\'''"#), ("", "''"),
    ("a/b-c_1.yaml", "a/b-c_1.yaml"), ("$HOME", "'$HOME'"), ("größe", "'größe'"),
    ("0..9", "0..9"), ("a\nb", "'a\nb'"),
  ])
  func wordsAreQuotedForAShell(_ word: String, _ quoted: String) {
    #expect(ShellText.quoted(word) == quoted)
  }
}
