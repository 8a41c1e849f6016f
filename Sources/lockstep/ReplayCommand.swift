import Accelerator
import ArgumentParser
import Foundation
import PowerEstimation
import Reports
import SpikeTraces

/// `lockstep replay`: a trace, an accelerator, and a report of what the one costs on the other.
struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replay a trace on a simulated accelerator: cycles, time, and who was busy.",
    discussion: """
      Reads the spikes of every sample from the trace and runs them through a cycle-accurate model \
      of the accelerator that the hardware file describes. No weights are needed: the timing of this \
      hardware follows from the spikes alone. The result is the same on every machine and with any \
      number of threads.

      EXAMPLES
        What do the digits cost on the demonstration accelerator?
          lockstep replay output/digits-test.spikes \\
            --hardware hardware/digits-demo.yaml

        The first hundred samples only, and every number as JSON:
          lockstep replay output/digits-test.spikes \\
            --hardware hardware/digits-demo.yaml --samples 0..99 --json report.json

        What happens during sample 7, to be looked at with https://ui.perfetto.dev and GTKWave?
          lockstep replay output/digits-test.spikes \\
            --hardware hardware/digits-demo.yaml --timeline-sample 7 \\
            --timeline digit.pftrace --waves digit.vcd

      docs/HardwareFile.md explains how to write a hardware file, docs/Replay.md what each number of \
      the report means, docs/Timelines.md how to read a timeline.
      """)

  @Argument(help: "The trace, as 'lockstep train' records it.", completion: .file())
  var trace: String

  @Option(help: "The accelerator: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var hardware: String

  @Option(
    help: ArgumentHelp(
      "Replay only these samples, counted from 0, both ends included.", valueName: "first..last"))
  var samples: TraceSampleSelection?

  @Option(
    help: ArgumentHelp("Samples to replay at the same time (default: one a core).", valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      """
      Simulate every engine (event), compute the cycles alone by recurrences (closed), or do both \
      and stop at any difference.
      """,
      valueName: "event|closed|both"))
  var engine: ReplayEngine = .event

  @Option(
    help: ArgumentHelp(
      """
      Which oddities of the published hardware are present: published (all), repaired (none), or \
      names with commas between; instead of what the hardware file says.
      """, valueName: "quirks"))
  var quirks: String?

  @Option(
    help: ArgumentHelp(
      "Write the report as JSON too; '-' writes it to standard output instead of the tables.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  @OptionGroup(title: "Timelines")
  var timelines: TimelineOptions

  @Flag(help: "Show every state of every engine, too.")
  var states = false

  @OptionGroup(title: "Deeper looks")
  var extras: ReplayExtrasOptions

  @Flag(help: "Estimate power and energy, too.")
  var power = false

  @OptionGroup(title: "Power: the device")
  var resources: ResourceChoices

  @OptionGroup(title: "Power: how it is run")
  var powerChoices: PowerChoices

  @Flag(name: .shortAndLong, help: "Show neither progress nor tables; errors still appear.")
  var quiet = false

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads is \(threads); it must be from 1 to 1024.")
    }
    try timelines.validate(besides: json)
  }

  func run() async throws {
    let trace = try TraceReader(path: trace)
    var hardware = try HardwareFile(path: hardware)
    if let quirks { hardware.choose(quirks: quirks.split(separator: ",").map(String.init)) }
    let replay = try TraceReplay(of: trace, on: hardware, samples: samples?.range(of: trace))
    // Opened before the work, so that hours of it are not lost to a folder that cannot be written.
    let output = try json.map { path in try FileOutput(path: path) }
    let timeline = try timelines.open(replay)
    if power {
      _ = try resources.requiredDevice(for: hardware)
      _ = try powerChoices.point(for: hardware)
    }
    if !quiet {
      for hazard in replay.hazards { StandardError.write("warning: \(hazard)\n") }
    }
    let progress = ProgressBar(
      title: "replaying", total: replay.samples.count, unit: "samples",
      output: quiet ? nil : .standardError)
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let report = try await replay.report(
      threads: threads ?? cores, engine: engine, extras: extras.extras
    ) {
      progress.advance()
    }
    progress.finish()
    let estimates =
      power
      ? try powerChoices.estimates(
        report, on: replay.hardware, network: trace.header, resources) : nil
    try await timeline?.commit(replay, estimates)
    try output?.commit(Data(try ResultJSON.text(PoweredReplay(report, estimates)).utf8))
    if !quiet, json != "-", !timelines.isOnStandardOutput {
      let style = TextStyle.detected(descriptor: 1)
      let note = (json.map { "\nThe report as JSON: \($0)\n" } ?? "") + (timeline?.note ?? "")
      let tables = report.text(style, showsStates: states)
      try StandardOutput.write(
        tables + (estimates.map { "\n" + $0.text(style) } ?? "") + note)
    }
  }
}

extension ReplayEngine: ExpressibleByArgument {}
