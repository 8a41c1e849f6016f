import Accelerator
import ArgumentParser
import Foundation
import PowerEstimation
import Reports
import SpikeTraces

/// `lockstep power estimate`: power and energy of an accelerator with the spikes of a trace.
struct PowerEstimateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Estimate power and energy of an accelerator with the spikes of a trace (default).",
    discussion: """
      Replays the trace, or takes the counts of a replay that was made before, and estimates power and \
      energy twice: vectorless, as published results are made, and from the counts of the simulation. \
      Every number has bounds, and every coefficient a source.

      EXAMPLES
          lockstep power output/digits-test.spikes --hardware hardware/digits-demo.yaml
          lockstep power output/digits-test.spikes --hardware hardware/digits-demo.yaml \\
            --gating --voltage '0.72 V' --clock '50 MHz'
      """)

  @Argument(help: "The trace, as 'lockstep train' records it.", completion: .file())
  var trace: String

  @Option(help: "The accelerator: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var hardware: String

  @Option(
    help: ArgumentHelp(
      "Take the counts from this report of 'lockstep replay --json' instead of replaying.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var replay: String?

  @Option(
    help: ArgumentHelp(
      "Replay only these samples, counted from 0, both ends included.", valueName: "first..last"))
  var samples: TraceSampleSelection?

  @OptionGroup(title: "The device")
  var resources: ResourceChoices

  @OptionGroup(title: "How it is run")
  var power: PowerChoices

  @Option(
    help: ArgumentHelp(
      "Write the report as JSON too; '-' writes it to standard output instead of the tables.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() async throws {
    let trace = try TraceReader(path: trace)
    let file = try HardwareFile(path: hardware)
    let job = try TraceReplay(of: trace, on: file, samples: samples?.range(of: trace))
    // Checked before the work.
    _ = try resources.requiredDevice(for: file)
    _ = try power.point(for: file)
    let output = try json.map { path in try FileOutput(path: path) }
    let report = try await replayReport(job)
    let estimate = try power.estimates(
      report, on: job.hardware, network: trace.header, resources
    ).power
    try output?.commit(Data(try ResultJSON.text(estimate).utf8))
    if json != "-" { try StandardOutput.write(estimate.text(.detected(descriptor: 1))) }
  }

  private func replayReport(_ job: TraceReplay) async throws -> ReplayReport {
    guard let replay else {
      let cores = ProcessInfo.processInfo.activeProcessorCount
      return try await job.report(threads: cores)
    }
    guard let data = FileManager.default.contents(atPath: replay) else {
      throw ReplayError(
        "\(replay): cannot be read; give a file that 'lockstep replay --json' wrote")
    }
    let report = try ReplayReport(json: data, path: replay)
    guard report.layers.map(\.name) == job.hardware.layers.map(\.name),
      report.hardware.platform == job.hardware.file.platform,
      report.layers.map(\.processingElements) == job.hardware.layers.map(\.processingElements)
    else {
      throw ReplayError(
        "\(replay): the report is of another accelerator or network than \(hardware) and \(trace); "
          + "make it again with 'lockstep replay'")
    }
    return report
  }
}
