import Accelerator
import ArgumentParser
import EventSimulation
import Foundation
import PowerEstimation
import Timelines

/// The options of `lockstep replay` that draw the timeline of one sample.
struct TimelineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Draw what every engine does during one sample, for https://ui.perfetto.dev.",
      valueName: "file.pftrace"),
    completion: .file(extensions: ["pftrace"]))
  var timeline: String?

  @Option(
    help: ArgumentHelp("Draw it as digital waves, for GTKWave.", valueName: "file.vcd"),
    completion: .file(extensions: ["vcd"]))
  var waves: String?

  @Option(
    help: ArgumentHelp(
      "The sample to draw, counted from 0 (default: the first that is replayed).", valueName: "n"))
  var timelineSample: Int?

  @Option(
    help: ArgumentHelp(
      "Draw only these cycles of the sample, both ends included.", valueName: "first..last"))
  var timelineCycles: CycleSelection?

  func validate() throws {
    if timeline == nil, waves == nil, timelineSample != nil || timelineCycles != nil {
      throw ValidationError(
        "--timeline-sample and --timeline-cycles need --timeline FILE, --waves FILE or both.")
    }
    if let waves, waves.hasSuffix(".fst") {
      let name = waves.dropLast(4)
      throw ValidationError(
        "--waves writes VCD; use --waves \(name).vcd, then convert it with GTKWave's "
          + "'vcd2fst \(name).vcd \(waves)'.")
    }
  }

  /// Checks that no two results go to standard output.
  ///
  /// - Parameter json: where the report goes.
  /// - Throws: `ValidationError` if two do.
  func validate(besides json: String?) throws {
    if [timeline, waves, json].count(where: { $0 == "-" }) > 1 {
      throw ValidationError(
        "only one of --timeline, --waves and --json can write to standard output.")
    }
  }

  /// Whether standard output is taken.
  var isOnStandardOutput: Bool { timeline == "-" || waves == "-" }

  /// Opens the files before the work, and checks that there is such a sample.
  ///
  /// - Returns: nil if nothing is to be drawn.
  func open(_ replay: TraceReplay) throws -> TimelineFiles? {
    guard timeline != nil || waves != nil else { return nil }
    let sample = timelineSample ?? replay.samples.lowerBound
    guard 0..<replay.trace.sampleCount ~= sample else {
      throw ReplayError(
        "\(replay.trace.path): there is no sample \(sample) to draw; the trace has "
          + "\(replay.trace.sampleCount), counted from 0")
    }
    return TimelineFiles(
      sample: sample, cycles: timelineCycles?.range,
      trace: try timeline.map { path in try FileOutput(path: path) },
      waves: try waves.map { path in try FileOutput(path: path) })
  }
}

/// The files of a timeline, open but still empty.
struct TimelineFiles {
  fileprivate let sample: Int
  fileprivate let cycles: ClosedRange<Cycle>?
  fileprivate let trace: FileOutput?
  fileprivate let waves: FileOutput?

  fileprivate init(
    sample: Int, cycles: ClosedRange<Cycle>?, trace: FileOutput?, waves: FileOutput?
  ) {
    self.sample = sample
    self.cycles = cycles
    self.trace = trace
    self.waves = waves
  }

  /// Draws the sample and writes the files.
  ///
  /// - Parameters:
  ///   - replay: the replay.
  ///   - estimates: what is known of its power; drawn over time if anything is.
  /// - Throws: what replaying the sample and writing the files throws.
  func commit(_ replay: TraceReplay, _ estimates: PoweredReplay.Estimates?) async throws {
    var timeline = try replay.timeline(ofSample: sample, window: cycles)
    if let estimates {
      let power = try await PowerTimeline(
        timeline, estimates, trace: replay.trace, hardware: replay.hardware.file)
      timeline.power = power?.counters ?? []
    }
    try trace?.commit(timeline.perfettoTrace())
    try waves?.commit(timeline.valueChanges())
  }

  /// Where the files are, and how to open them.
  var note: String {
    var lines: [String] = []
    if let trace {
      lines.append(
        "The timeline of sample \(sample): \(trace.path); open it at https://ui.perfetto.dev")
    }
    if let waves {
      lines.append("The waves of sample \(sample): \(waves.path); open them: gtkwave \(waves.path)")
    }
    return "\n" + lines.joined(separator: "\n") + "\n"
  }
}

/// Cycles that a user asked for: `1000..1999`, both ends included.
struct CycleSelection: ExpressibleByArgument {
  let range: ClosedRange<Cycle>

  init?(argument: String) {
    guard let dots = argument.range(of: "..") else { return nil }
    guard let first = Cycle(argument[..<dots.lowerBound]),
      let last = Cycle(argument[dots.upperBound...]), first <= last
    else { return nil }
    range = first...last
  }
}
