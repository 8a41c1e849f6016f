import Foundation
import TestSupport
import Testing

// What the options of `lockstep replay` that draw timelines do, and what they refuse.
@Suite struct TimelineOptionsTests {
  private let folder: TemporaryFolder
  private let trace: String
  private let hardware: String

  init() throws {
    folder = try TemporaryFolder()
    trace = try RandomTrace.write(samples: 4, to: folder.path("t.spikes"))
    hardware = try folder.write(RandomTrace.hardware, to: "h.yaml")
  }

  private func replay(_ arguments: String...) throws -> LockstepProgram.Result {
    try LockstepProgram().run(["replay", trace, "--hardware", hardware] + arguments)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.url.appendingPathComponent(name)), as: UTF8.self)
  }

  @Test func bothFilesOfTheFirstReplayedSample() throws {
    let result = try replay(
      "--samples", "2..3", "--timeline", folder.path("a.pftrace"), "--waves", folder.path("a.vcd"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.contains(
        "The timeline of sample 2: \(folder.path("a.pftrace")); open it at https://ui.perfetto.dev")
    )
    #expect(result.output.contains("gtkwave \(folder.path("a.vcd"))"))
    #expect(try text("a.vcd").hasPrefix("$comment Lockstep: sample 2 on h $end\n"))
    #expect(try text("a.pftrace").contains("sample 2 on h"))
    #expect(folder.names == ["a.pftrace", "a.vcd", "h.yaml", "t.spikes"])
  }

  @Test func reportsStayWhatTheyWere() throws {
    let plain = try replay("--json", "-")
    let drawn = try replay("--json", "-", "--waves", folder.path("a.vcd"), "--quiet")
    #expect(drawn.output == plain.output && drawn.errors.isEmpty)
  }

  @Test func anySampleAndAnyCycles() throws {
    let result = try replay(
      "--samples", "0", "--timeline-sample", "3", "--timeline-cycles", "10..19", "--waves",
      folder.path("a.vcd"))
    #expect(result.status == 0, "\(result.errors)")
    let waves = try text("a.vcd")
    #expect(waves.contains("sample 3 on h") && waves.contains("cycles 10..19 of "))
    #expect(waves.contains("\n#100\n$dumpvars\n") && waves.hasSuffix("\n#200\n"))
  }

  @Test func wavesOnStandardOutput() throws {
    let result = try replay("--waves", "-", "--quiet")
    #expect(result.status == 0 && result.output.hasPrefix("$comment Lockstep"))
  }

  @Test(arguments: [
    (["--timeline-sample", "1"], "need --timeline FILE"),
    (["--timeline-cycles", "1..2"], "need --timeline FILE"),
    (["--waves", "a.vcd", "--timeline-cycles", "5..3"], "timeline-cycles"),
    (["--waves", "a.vcd", "--timeline-cycles", "5"], "timeline-cycles"),
    (["--waves", "a.vcd", "--timeline-sample", "x"], "timeline-sample"),
    (["--waves", "-", "--timeline", "-"], "standard output"),
    (["--waves", "-", "--json", "-"], "standard output"),
    (["--waves", "dir/a.fst"], "vcd2fst dir/a.vcd dir/a.fst"),
  ])
  func commandLinesThatMakeNoSense(_ arguments: [String], _ explanation: String) throws {
    let result = try LockstepProgram().run(
      ["replay", trace, "--hardware", hardware] + arguments)
    #expect(result.status == 64 && result.output.isEmpty)
    #expect(result.errors.contains(explanation), "\(result.errors)")
  }

  @Test(arguments: [
    (["--timeline-sample", "4"], "there is no sample 4 to draw; the trace has 4"),
    (["--timeline-cycles", "90000000..90000001"], "sample 0 ends in cycle "),
  ])
  func picturesOfNothing(_ arguments: [String], _ explanation: String) throws {
    let waves = try folder.write("old", to: "a.vcd")
    let result = try LockstepProgram().run(
      ["replay", trace, "--hardware", hardware, "--waves", waves, "-q"] + arguments)
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.errors.hasPrefix("error: ") && result.errors.contains(explanation))
    #expect(try text("a.vcd") == "old")
    #expect(folder.names == ["a.vcd", "h.yaml", "t.spikes"])
  }

  @Test func unwritableFilesAreNoticedBeforeTheWork() throws {
    let result = try replay("--timeline", "/no/such/folder/a.pftrace")
    #expect(result.status == 2 && result.output.isEmpty)
    #expect(result.errors.hasPrefix("error: /no/such/folder/a.pftrace cannot be written"))
  }
}
