import ArgumentParser
import Exploration
import Foundation
import PowerEstimation
import Reports
import SpikeTraces

/// `lockstep explore`: the best designs of a space, with a proof.
struct ExploreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Find the best designs among millions, and prove that nothing is better.",
    discussion: """
      A design space says what may change around a hardware file, what must hold and what is wanted. \
      Every alternative of every layer is measured once with the spikes of the trace; the search \
      then evaluates or excludes every combination, and says how many by what.

      EXAMPLES
        Latency against look-up tables, every allocation that fits the device:
          lockstep explore hardware/spaces/digits-space.yaml --trace output/digits-test.spikes

        The smallest design that needs at most 100 us for an image, as a hardware file:
          lockstep explore hardware/spaces/digits-space.yaml --trace output/digits-test.spikes \\
            --objective lut --require latency='100 us' -o output/small.yaml

      docs/Exploration.md explains spaces and results.
      """)

  @Argument(
    help: "The design space: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var space: String

  @Option(help: "The spikes to measure with.", completion: .file(extensions: ["spikes"]))
  var trace: String

  @Option(
    help: ArgumentHelp(
      "Measure with these samples only, counted from 0, both ends included.",
      valueName: "first..last"))
  var samples: TraceSampleSelection?

  @Option(
    help: ArgumentHelp(
      "What is wanted, instead of the space's objectives: one to three, with commas between.",
      valueName: "measures"))
  var objective: String?

  @Option(
    help: ArgumentHelp(
      "What must hold, too, such as latency='1 ms' or lut=50000; may be given several times.",
      valueName: "measure=limit"))
  var require: [String] = []

  @OptionGroup(title: "The device")
  var choices: ResourceChoices

  @Option(help: ArgumentHelp("Rows of the front to show.", valueName: "n"))
  var limit = 20

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the hardware file of the chosen design.", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var output: String?

  @Option(help: ArgumentHelp("Which design of the front to write, by its number.", valueName: "nr"))
  var pick = 1

  @Option(
    help: ArgumentHelp(
      "Write the report as JSON too; '-' writes it to standard output instead of the tables.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  @Option(
    help: ArgumentHelp(
      "Alternatives to measure at the same time (default: one a core).", valueName: "n"))
  var threads: Int?

  @OptionGroup var storing: ExplorationStoring

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); it must be from 1 to 1024.")
    }
    if limit < 1 || pick < 1 { throw ValidationError("--limit and --pick count from 1.") }
    if output == "-", json == "-" {
      throw ValidationError("Only one of -o and --json can be standard output.")
    }
  }

  func run() async throws {
    let trace = try TraceReader(path: trace)
    let space = try asked(DesignSpace(path: space))
    let file = try output.map { path in try FileOutput(path: path) }
    let result = try json.map { path in try FileOutput(path: path) }
    let store = try storing.opened()
    let exploration = try await DesignExploration(
      of: space, with: trace, samples: samples?.range(of: trace), device: choices.device,
      options: choices.options, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    let report = try exploration.report()
    try result?.commit(Data(try ResultJSON.text(report).utf8))
    if let store { try ExplorationStoring.record(report, exploration, trace, in: store) }
    let note = try write(report, exploration, trace, to: file)
    if json != "-", output != "-" {
      try StandardOutput.write(report.text(.detected(descriptor: 1), limit: limit) + note)
    }
    if report.front.isEmpty { throw ExitStatus.checkFailed.asError }
  }

  /// The space with what the command line adds.
  private func asked(_ space: DesignSpace) throws -> DesignSpace {
    var space = space
    if let objective {
      let words = objective.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      guard let measures = DesignMeasure.objectives(words) else {
        throw ValidationError(
          "--objective is '\(objective)'; give one to three different ones of "
            + DesignMeasure.objectiveWords)
      }
      space.objectives = measures
    }
    for text in require {
      let parts = text.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard parts.count == 2, let constraint = DesignConstraint(parts[0], parts[1]) else {
        throw ValidationError(
          "--require is '\(text)'; give one of \(DesignMeasure.objectiveWords), then '=' and the "
            + "limit; \(DesignConstraint.requirement(parts.first ?? ""))")
      }
      // The command line overrules the file.
      space.constraints.removeAll { $0.origin == constraint.origin }
      space.constraints.append(constraint)
    }
    return space
  }

  /// Writes the chosen design; the answer says how to replay it.
  private func write(
    _ report: ExplorationReport, _ exploration: DesignExploration, _ trace: TraceReader,
    to file: FileOutput?
  ) throws -> String {
    guard !report.front.isEmpty else { return "" }
    guard pick <= report.front.count else {
      throw ValidationError("--pick is \(pick), but the front has \(report.front.count) designs.")
    }
    let design = report.front[pick - 1]
    for hazard in try exploration.hazards(of: design, trace: trace) {
      StandardError.write("warning: design \(pick): \(hazard)\n")
    }
    guard let file else { return "" }
    let name =
      file.path == "-"
      ? report.space : URL(fileURLWithPath: file.path).deletingPathExtension().lastPathComponent
    try file.commit(Data(exploration.hardware(of: design, name: name).yaml.utf8))
    return
      "\nDesign \(pick) as a hardware file: \(file.path)\n"
      + "  lockstep replay \(trace.path) --hardware \(file.path)\n"
  }
}
