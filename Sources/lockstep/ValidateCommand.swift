import Accelerator
import ArgumentParser
import Foundation
import Reports

/// `lockstep validate`: recordings of real hardware against the simulation, number by number.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Compare both engines with recordings of hardware, number by number.",
    discussion: """
      Each line of a file is one recording as JSON: the configuration of some layers, the spikes that \
      they read, and the cycle numbers and counters that were measured. Every number is compared with \
      the event simulation and with the closed form, which share no code; there is no tolerance. The \
      first difference of each is shown in full.

      Files may be compressed with zstd (.jsonl.zst). docs/VectorFormat.md explains every field, \
      docs/Validation.md what is compared and how to check your own register-transfer code.

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

  @Option(help: "What is compared with the recordings: event, closed or both.")
  var engine = EngineChoice.both

  @Flag(help: "Write the outcome as JSON to standard output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Write nothing but errors; the exit status tells.")
  var quiet = false

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() async throws {
    let progress = ProgressBar(
      title: "validating", total: files.count, unit: "files",
      output: quiet || json ? nil : .standardError)
    var outcomes: [VectorValidation] = []
    for file in files {
      try Task.checkCancellation()
      outcomes.append(try VectorValidation(path: file, engines: engine.engines))
      progress.advance()
    }
    progress.finish()
    if json {
      try StandardOutput.write(ResultJSON.text(Report(files: outcomes.map(Report.File.init))))
    } else if !quiet {
      try StandardOutput.write(Self.text(outcomes))
    }
    if outcomes.contains(where: { $0.mismatches > 0 }) { throw ExitStatus.checkFailed.asError }
  }

  private static func text(_ validations: [VectorValidation]) -> String {
    let engines = validations.first?.outcomes.map(\.engine) ?? []
    var table = TextTable(
      title: "Computed against recordings",
      explanation: "Numbers that each engine was held against: every recorded cycle and count, "
        + "without tolerance.",
      columns: [.text("file"), .number("cases")] + engines.map { .number($0.title) }
        + [.number("mismatches")])
    for validation in validations {
      let numbers = validation.outcomes.map { NumberFormat.count(UInt64($0.compared)) }
      table.append(
        [validation.file, NumberFormat.count(UInt64(validation.cases))] + numbers
          + [NumberFormat.count(UInt64(validation.mismatches))],
        isHighlighted: validation.mismatches > 0)
    }
    if validations.count > 1 {
      table.append(
        ["all files", NumberFormat.count(UInt64(validations.reduce(0) { $0 + $1.cases }))]
          + engines.indices.map { index in
            NumberFormat.count(UInt64(validations.reduce(0) { $0 + $1.outcomes[index].compared }))
          } + [NumberFormat.count(UInt64(validations.reduce(0) { $0 + $1.mismatches }))])
    }
    var text = table.rendered(.detected(descriptor: 1)) + "\n"
    for validation in validations {
      for outcome in validation.outcomes {
        guard let first = outcome.first else { continue }
        text +=
          "\n\(validation.file): \(outcome.failedCases) of \(validation.cases) cases differ from "
          + "the \(outcome.engine.title); the first:\n  \(first)\n"
      }
    }
    return text
  }

  /// Which engines are compared.
  enum EngineChoice: String, CaseIterable, ExpressibleByArgument {
    case event, closed, both

    var engines: [VectorValidation.Engine] {
      switch self {
      case .event: [.event]
      case .closed: [.closed]
      case .both: VectorValidation.Engine.allCases
      }
    }
  }

  /// The machine-readable outcome.
  private struct Report: Encodable {
    struct Engine: Encodable {
      let engine: String
      let failedCases: Int
      let numbers: Int
      let mismatches: Int
      let firstMismatch: String?

      init(_ outcome: VectorValidation.Outcome) {
        engine = outcome.engine.rawValue
        failedCases = outcome.failedCases
        numbers = outcome.compared
        mismatches = outcome.mismatches
        firstMismatch = outcome.first?.description
      }
    }

    struct File: Encodable {
      let file: String
      let cases: Int
      let mismatches: Int
      let engines: [Engine]

      init(_ validation: VectorValidation) {
        file = validation.file
        cases = validation.cases
        mismatches = validation.mismatches
        engines = validation.outcomes.map(Engine.init)
      }
    }

    let schemaVersion = 2
    let files: [File]
  }
}
