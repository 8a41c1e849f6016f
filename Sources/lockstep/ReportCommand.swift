import Accelerator
import ArgumentParser
import Foundation
import PowerEstimation
import Reports

/// `lockstep report`: replays as a page that people look at.
struct ReportCommand: AsyncParsableCommand {
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
      says what would make the hardware faster; with --power what it needs of the FPGA, its power and \
      energy, and what more hardware would cost. If the trace and the hardware file of the replay are \
      still there, it shows the spikes and the timeline of one sample, too.

      EXAMPLES
        A page of one replay:
          lockstep replay digits.spikes --hardware a.yaml --explain --power --json a.json
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

  @OptionGroup(title: "Output")
  var verbosity: QuietOptions

  func run() async throws {
    let format = try Format.resolved(format, output: output)
    let replays = try results.map(Self.replay)
    let published =
      replays.contains { $0.estimates != nil } ? try PublishedAccelerator.all() : []
    var pages = replays.map { ReplayPage($0, published: published) }
    if !noSample, pages.count == 1, format == .html {
      try await pages[0].addSample(sample, of: replays[0], quiet: verbosity.quiet)
    }
    let file = try FileOutput(path: output)
    let page = OverviewPage(pages).page
    switch format {
    case .html: try file.commit(Data(try page.html().utf8))
    case .markdown: try file.commit(Data(page.markdown.utf8))
    case .commaSeparated: try file.commit(Data(page.commaSeparatedValues.utf8))
    case .json: try file.commit(Data(try ResultJSON.text(replays).utf8))
    }
    if output != "-", !verbosity.quiet { try StandardOutput.write("\(output)\n") }
  }

  /// Reads a report, with its estimates if there are any.
  static func replay(_ path: String) throws -> PoweredReplay {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ReplayError("\(path): cannot be read; give a file that 'lockstep replay --json' wrote")
    }
    let replay = try PoweredReplay(json: data, path: path)
    guard replay.report.trace.samples > 0, !replay.report.layers.isEmpty else {
      throw ReplayError("\(path): the report is of no samples; replay at least one")
    }
    return replay
  }
}
