import Accelerator
import ArgumentParser
import Foundation
import Reports

/// `lockstep compare`: why one replay takes longer than another.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare two replays: which cycles came, which went, and where.",
    discussion: """
      Reads two reports that 'lockstep replay --json' wrote, and lists what changed between them, \
      largest change first. Replays made with --explain are compared by engine and state on the \
      critical path, others by layer; either way the changes add up to the difference in latency.

      EXAMPLE
          lockstep replay digits.spikes --hardware a.yaml --explain --json a.json
          lockstep replay digits.spikes --hardware b.yaml --explain --json b.json
          lockstep compare a.json b.json
          lockstep compare a.json b.json -o difference.html
      """)

  @Argument(help: "The report to compare with.", completion: .file(extensions: ["json"]))
  var first: String

  @Argument(help: "The other report.", completion: .file(extensions: ["json"]))
  var second: String

  @Option(
    help: ArgumentHelp(
      "Write the comparison as JSON too; '-' writes it to standard output instead of the table.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the comparison as a page, too.", valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var output: String?

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() throws {
    let replays = (try ReportCommand.replay(first), try ReportCommand.replay(second))
    let comparison = ReplayComparison(replays.0.report, replays.1.report)
    let estimates = EstimateComparison(replays.0, replays.1)
    if let output {
      try FileOutput(path: output).commit(Data(try comparison.page(with: estimates).html().utf8))
    }
    if let json {
      try FileOutput(path: json).commit(Data(try ResultJSON.text(comparison).utf8))
    }
    guard json != "-" else { return }
    let style = TextStyle.detected(descriptor: 1)
    try StandardOutput.write(
      comparison.text(style) + (estimates.map { "\n" + $0.text(style) } ?? ""))
  }
}
