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

  func run() throws {
    let comparison = ReplayComparison(try report(first), try report(second))
    if let json {
      try FileOutput(path: json).commit(Data(try ResultJSON.text(comparison).utf8))
    }
    if json != "-" { try StandardOutput.write(comparison.text(.detected(descriptor: 1))) }
  }

  private func report(_ path: String) throws -> ReplayReport {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ReplayError("\(path): cannot be read; give a file that 'lockstep replay --json' wrote")
    }
    return try ReplayReport(json: data, path: path)
  }
}
