import Accelerator
import ArgumentParser
import Foundation
import Reports

/// `lockstep validate`: recordings of real hardware against the simulation, number by number.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Compare the simulated accelerators with recordings of hardware, number by number.",
    discussion: """
      Each line of a file is one recording as JSON: the configuration of some layers, the spikes that \
      they read, and the cycle numbers and counters that were measured. Every number is compared with \
      the simulation; there is no tolerance. The first difference is shown in full.

      Files may be compressed with zstd (.jsonl.zst). docs/VectorFormat.md explains every field and \
      how to record vectors of your own register-transfer code.

      EXAMPLES
        Is the platform conv-2023 exact on the recordings that come with Lockstep?
          lockstep validate vectors/*.jsonl.zst

        The same for a machine to read:
          lockstep validate --json vectors/conv-2023.fc.jsonl.zst

      EXIT STATUS
        0 if every number agrees, 1 if one does not, 2 if a file cannot be read.
      """)

  @Argument(help: "Files of vectors.", completion: .file(extensions: ["jsonl", "zst"]))
  var files: [String]

  @Flag(help: "Write the outcome as JSON to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but errors; the exit status tells.")
  var quiet = false

  func run() async throws {
    let progress = ProgressBar(
      title: "validating", total: files.count, unit: "files",
      output: quiet || json ? nil : .standardError)
    var outcomes: [VectorValidation] = []
    for file in files {
      try Task.checkCancellation()
      outcomes.append(try VectorValidation(path: file))
      progress.advance()
    }
    progress.finish()
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let report = Report(files: outcomes.map(Report.File.init))
      let data = try encoder.encode(report)
      try StandardOutput.write(String(decoding: data, as: UTF8.self) + "\n")
    } else if !quiet {
      try StandardOutput.write(Self.text(outcomes))
    }
    if outcomes.contains(where: { $0.mismatches > 0 }) { throw ExitStatus.checkFailed.asError }
  }

  private static func text(_ outcomes: [VectorValidation]) -> String {
    var table = TextTable(
      title: "Simulation against recordings",
      explanation: "Every recorded cycle and count is compared; there is no tolerance.",
      columns: [.text("file"), .number("cases"), .number("numbers"), .number("mismatches")])
    for outcome in outcomes {
      table.append(
        [
          outcome.file, NumberFormat.count(UInt64(outcome.cases)),
          NumberFormat.count(UInt64(outcome.compared)),
          NumberFormat.count(UInt64(outcome.mismatches)),
        ], isHighlighted: outcome.mismatches > 0)
    }
    var text = table.rendered(.detected(descriptor: 1)) + "\n"
    for outcome in outcomes {
      guard let first = outcome.first else { continue }
      text +=
        "\n\(outcome.file): \(outcome.failedCases) of \(outcome.cases) cases differ; the first:\n"
        + "  \(first)\n"
    }
    return text
  }

  /// The machine-readable outcome.
  private struct Report: Encodable {
    struct File: Encodable {
      let file: String
      let cases: Int
      let failedCases: Int
      let numbers: Int
      let mismatches: Int
      let firstMismatch: String?

      init(_ outcome: VectorValidation) {
        file = outcome.file
        cases = outcome.cases
        failedCases = outcome.failedCases
        numbers = outcome.compared
        mismatches = outcome.mismatches
        firstMismatch = outcome.first?.description
      }
    }

    let schemaVersion = 1
    let files: [File]
  }
}
