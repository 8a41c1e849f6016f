import Accelerator
import ArgumentParser
import Foundation
import Reports
import SpikeTraces

/// `lockstep report`: replays as a page that people look at.
struct ReportCommand: ParsableCommand {
  /// The forms of a page.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case html
    case markdown = "md"
    case commaSeparated = "csv"
    case json

    /// The format that was asked for, or that the file's extension means.
    static func resolved(_ format: Format?, output: String) throws -> Format {
      if let format { return format }
      let ending = URL(fileURLWithPath: output).pathExtension.lowercased()
      if ["html", "htm"].contains(ending) || output == "-" { return .html }
      if let format = Format(rawValue: ending) { return format }
      throw ReplayError(
        "'\(output)' does not say what to write; end it in .html, .md, .csv or .json, or give "
          + "--format")
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Make a page of one or several replays: charts and tables, in one file.",
    discussion: """
      Reads reports that 'lockstep replay --json' wrote. The page needs no network and no other file; \
      it can be printed, and is light or dark as the reader's system. With --explain in the replay it \
      says what would make the hardware faster. If the trace and the hardware file of the replay are \
      still there, it shows the spikes and the timeline of one sample, too.

      EXAMPLES
        A page of one replay:
          lockstep replay digits.spikes --hardware a.yaml --explain --json a.json
          lockstep report a.json -o a.html

        Two accelerators side by side, as Markdown:
          lockstep report a.json b.json --format md -o designs.md
      """)

  @Argument(help: "Reports of 'lockstep replay --json'.", completion: .file(extensions: ["json"]))
  var results: [String]

  @Option(name: .shortAndLong, help: "The file to write; '-' is standard output.")
  var output: String

  @Option(help: "Its format; by its extension if not given: \(Format.list).")
  var format: Format?

  @Option(help: "The sample whose spikes and timeline are shown, counted from 0.")
  var sample: Int?

  @ArgumentParser.Flag(help: "Show neither spikes nor timeline of a sample.")
  var noSample = false

  func run() throws {
    let format = try Format.resolved(format, output: output)
    let pages = try results.map { path in
      let report = try Self.report(path)
      guard !noSample, results.count == 1, format == .html else { return ReplayPage(report) }
      return try withSample(report)
    }
    let file = try FileOutput(path: output)
    let page = OverviewPage(pages).page
    switch format {
    case .html: try file.commit(Data(try page.html().utf8))
    case .markdown: try file.commit(Data(page.markdown.utf8))
    case .commaSeparated: try file.commit(Data(page.commaSeparatedValues.utf8))
    case .json: try file.commit(Data(try ResultJSON.text(pages.map(\.report)).utf8))
    }
    if output != "-" { try StandardOutput.write("\(output)\n") }
  }

  /// Reads a report.
  static func report(_ path: String) throws -> ReplayReport {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ReplayError("\(path): cannot be read; give a file that 'lockstep replay --json' wrote")
    }
    let report = try ReplayReport(json: data, path: path)
    guard report.trace.samples > 0, !report.layers.isEmpty else {
      throw ReplayError("\(path): the report is of no samples; replay at least one")
    }
    return report
  }

  /// Adds spikes and timeline of a sample, if trace and hardware are still what they were.
  private func withSample(_ report: ReplayReport) throws -> ReplayPage {
    let number = sample ?? report.trace.firstSample
    let isThere = FileManager.default.fileExists(atPath: report.trace.path)
    guard isThere || sample != nil else { return ReplayPage(report) }
    let trace = try TraceReader(path: report.trace.path)
    guard trace.header.networkName == report.trace.network,
      trace.sampleCount == report.trace.samplesInTrace
    else {
      throw ReplayError(
        "\(report.trace.path): this is not the trace that was replayed any more; replay it again, or "
          + "give --no-sample")
    }
    guard 0..<trace.sampleCount ~= number else {
      throw ReplayError(
        "\(report.trace.path): there is no sample \(number); the trace has \(trace.sampleCount), "
          + "counted from 0")
    }
    var page = ReplayPage(report, raster: try SampleRaster(trace, sample: number))
    if FileManager.default.fileExists(atPath: report.hardware.path) {
      let hardware = try HardwareFile(path: report.hardware.path)
      guard hardware.platform == report.hardware.platform,
        hardware.clock == report.hardware.clockHertz
      else { return page }
      page.timeline = try TimelineExcerpt(TraceReplay(of: trace, on: hardware), sample: number)
    }
    return page
  }
}
