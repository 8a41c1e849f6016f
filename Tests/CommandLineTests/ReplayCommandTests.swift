import Accelerator
import Foundation
import SpikeTraces
import TestSupport
import Testing

/// A folder with a trace and a hardware file that fit each other.
private struct Workplace {
  let folder: TemporaryFolder
  let trace: String
  let hardware: String
  let program: LockstepProgram

  init(samples: Int = 6) throws {
    folder = try TemporaryFolder()
    trace = try RandomTrace.write(samples: samples, to: folder.path("t.spikes"))
    hardware = try folder.write(RandomTrace.hardware, to: "h.yaml")
    program = try LockstepProgram()
  }

  func replay(_ arguments: String...) throws -> LockstepProgram.Result {
    try program.run(["replay", trace, "--hardware", hardware] + arguments)
  }

  /// Runs a replay that must fail, and returns its one line of explanation.
  func refusal(
    trace: String? = nil, hardware: String? = nil, _ arguments: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let result = try program.run(
      ["replay", trace ?? self.trace, "--hardware", hardware ?? self.hardware] + arguments)
    #expect(result.status == 2, sourceLocation: sourceLocation)
    #expect(result.output.isEmpty, sourceLocation: sourceLocation)
    let lines = result.errors.split(separator: "\n")
    #expect(lines.count == 1, "\(result.errors)", sourceLocation: sourceLocation)
    let line = lines.first.map(String.init) ?? ""
    #expect(line.hasPrefix("error: "), sourceLocation: sourceLocation)
    return line
  }
}

@Suite struct ReplayCommandTests {
  @Test func tablesAndReport() throws {
    let place = try Workplace()
    let json = place.folder.path("r.json")
    let result = try place.replay("--json", json)
    #expect(result.status == 0)
    #expect(result.errors.hasSuffix("replaying: 6 of 6 samples (100 %)\n"))
    for title in ["Latency", "Engines", "Spikes", "Use of the hardware", "Memory"] {
      #expect(result.output.contains("\n\(title)\n"))
    }
    #expect(result.output.contains("conv1") && result.output.contains("fc1"))
    #expect(!result.output.contains("\u{1B}"), "no colour but on a terminal")
    let report = try ReplayReport(
      json: Data(contentsOf: URL(fileURLWithPath: json)), path: json)
    #expect(report.trace.samples == 6)
    #expect(place.folder.names == ["h.yaml", "r.json", "t.spikes"])
  }

  @Test func bothEnginesGiveOneReport() throws {
    let place = try Workplace()
    let event = try place.replay("--json", "-", "-q", "--engine", "event")
    let both = try place.replay("--json", "-", "-q", "--engine", "both")
    #expect(both.status == 0, "\(both.errors)")
    #expect(
      both.output.replacing(#""engine" : "both""#, with: #""engine" : "event""#) == event.output)
    let closed = try place.replay("--json", "-", "-q", "--engine", "closed")
    let (left, right) = try (report(closed), report(event))
    #expect(left.latencyCycles == right.latencyCycles)
    #expect(left.layers.map(\.cycles) == right.layers.map(\.cycles))
    #expect(left.layers.allSatisfy { $0.engines.isEmpty })
    #expect(try !place.replay("--engine", "closed").output.contains("\nMemory\n"))
    #expect(try place.replay("--engine", "frob").status == 64)
  }

  private func report(_ result: LockstepProgram.Result) throws -> ReplayReport {
    try ReplayReport(json: Data(result.output.utf8), path: "-")
  }

  @Test func quirksAreChosen() throws {
    let place = try Workplace()
    let published = try place.replay("--json", "-", "-q")
    #expect(
      try place.replay("--json", "-", "-q", "--quirks", "published").output == published.output)
    let repaired = try report(place.replay("--json", "-", "-q", "--quirks", "repaired"))
    #expect(repaired.hardware.quirks == ["repaired"])
    let some = try report(place.replay("--json", "-", "-q", "--quirks", "published,-count-wrap"))
    #expect(some.hardware.quirks == ["published", "-count-wrap"])
    #expect(try place.refusal("--quirks", "count-warp").contains("did you mean 'count-wrap'?"))
    #expect(try place.refusal("--quirks", "repaired,count-wrap").contains("'repaired'"))
  }

  @Test func reportOnStandardOutputIsAllThereIs() throws {
    let place = try Workplace()
    let first = try place.replay("--json", "-", "--threads", "1", "--quiet")
    let second = try place.replay("--json", "-", "--threads", "3")
    #expect(first.status == 0 && first.errors.isEmpty)
    #expect(first.output == second.output, "the same for any number of threads")
    #expect(try ReplayReport(json: Data(first.output.utf8), path: "-").layers.count == 2)
  }

  @Test func quietSaysNothing() throws {
    let result = try Workplace().replay("--quiet")
    #expect(result.status == 0 && result.output.isEmpty && result.errors.isEmpty)
  }

  @Test func statesAreShownOnDemand() throws {
    let place = try Workplace()
    #expect(try !place.replay().output.contains("\nStates\n"))
    #expect(try place.replay("--states").output.contains("\nStates\n"))
  }

  @Test func narrowDevicesAreRespected() throws {
    let place = try Workplace()
    let result = try place.program.run(
      ["replay", place.trace, "--hardware", place.hardware], environment: ["COLUMNS": "80"])
    for line in result.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func someSamples() throws {
    let place = try Workplace()
    for (selection, first, count) in [("2..3", 2, 2), ("5", 5, 1), ("0..5", 0, 6)] {
      let result = try place.replay("--samples", selection, "--json", "-")
      let report = try ReplayReport(json: Data(result.output.utf8), path: "-")
      #expect(report.trace.firstSample == first && report.trace.samples == count)
    }
    #expect(try place.refusal("--samples", "5..6").contains("6"))
    #expect(try place.refusal("--samples", "3..2").contains("3..2"))
  }

  @Test(arguments: [
    ["--samples", "a..b"], ["--threads", "0"], ["--threads", "-2"], ["--threads", "x"], ["--frob"],
    ["--json"],
  ])
  func commandLinesThatMakeNoSense(_ arguments: [String]) throws {
    let place = try Workplace(samples: 1)
    let result = try place.program.run(
      ["replay", place.trace, "--hardware", place.hardware] + arguments)
    #expect(result.status == 64)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix("Error: "))
  }

  // MARK: Bad input

  @Test func tracesThatAreNone() throws {
    let place = try Workplace()
    let missing = place.folder.path("none.spikes")
    #expect(try place.refusal(trace: missing).contains(missing))
    for (name, content) in [
      ("empty", Data()), ("text", Data("hello\n".utf8)), ("zeros", Data(count: 4096)),
      ("magic", Data([0x28, 0xB5, 0x2F, 0xFD])),
    ] {
      let path = try place.folder.write(content, to: name)
      #expect(try place.refusal(trace: path).contains(path))
    }
    #expect(try place.refusal(trace: place.folder.url.path).contains(place.folder.url.path))
  }

  @Test func truncatedTracesAreReplayedAsFarAsTheyGo() throws {
    let place = try Workplace()
    let whole = try Data(contentsOf: URL(fileURLWithPath: place.trace))
    let path = try place.folder.write(whole.prefix(whole.count * 2 / 3), to: "cut.spikes")
    let result = try place.program.run(["replay", path, "--hardware", place.hardware])
    #expect(result.status == 0)
    #expect(result.output.contains("warning: "))
  }

  @Test func flippedBitsNeverTrap() throws {
    let place = try Workplace(samples: 2)
    let whole = try Data(contentsOf: URL(fileURLWithPath: place.trace))
    for position in stride(from: 0, to: whole.count, by: max(whole.count / 40, 1)) {
      var damaged = whole
      damaged[position] ^= 0x10
      let path = try place.folder.write(damaged, to: "flipped.spikes")
      let result = try place.program.run(["replay", path, "--hardware", place.hardware, "-q"])
      #expect([0, 2].contains(result.status), "byte \(position): \(result)")
      #expect(result.status == 0 || result.errors.hasPrefix("error: "))
    }
  }

  @Test func hardwareThatDoesNotFit() throws {
    let place = try Workplace()
    let missing = place.folder.path("none.yaml")
    #expect(try place.refusal(hardware: missing).hasPrefix("error: \(missing): there is no such"))
    let three = RandomTrace.hardware.replacingOccurrences(of: "elements: 2", with: "elements: 3")
    let path = try place.folder.write(three, to: "three.yaml")
    #expect(
      try place.refusal(hardware: path)
        == "error: \(path):4: 'processing-elements' of layer 1 is 3, which does not divide its 4 "
        + "output channels; use one of 1, 2, 4")
    #expect(try place.refusal(hardware: place.trace).contains("not text in UTF-8"))
  }

  // MARK: Output

  @Test func unwritableReportsAreNoticedBeforeTheWork() throws {
    let place = try Workplace()
    for path in ["/no/such/folder/r.json", place.folder.url.path] {
      #expect(try place.refusal("--json", path).contains(path))
    }
  }

  @Test func fullDisksAreNoticed() throws {
    let place = try Workplace()
    let report = try place.replay("--json", "/dev/full", "--quiet")
    #expect(report.status == 2)
    #expect(report.errors.hasPrefix("error: /dev/full cannot be written (No space left on device)"))
    let tables = try place.program.run(
      ["replay", place.trace, "--hardware", place.hardware, "--samples", "0"],
      output: "/dev/full")
    #expect(tables.status == 2)
    #expect(tables.errors.contains("error: "))
  }

  @Test func failuresKeepTheOldReport() throws {
    let place = try Workplace()
    let json = try place.folder.write("old", to: "r.json")
    var damaged = try Data(contentsOf: URL(fileURLWithPath: place.trace))
    let middle = damaged.count / 2
    for position in middle..<middle + 40 { damaged[position] ^= 0xFF }
    let path = try place.folder.write(damaged, to: "damaged.spikes")
    let result = try place.program.run(
      ["replay", path, "--hardware", place.hardware, "--json", json, "-q"])
    #expect(result.status == 2)
    #expect(try String(contentsOfFile: json, encoding: .utf8) == "old")
    #expect(place.folder.names == ["damaged.spikes", "h.yaml", "r.json", "t.spikes"])
  }

  @Test func interruptionsLeaveNothing() throws {
    let folder = try TemporaryFolder()
    // Minutes of work: long frames, many passes.
    let header = RandomTrace.convolutional(
      channels: 64, input: LayerShape(channels: 16, height: 16, width: 16), timeSteps: 50)
    let trace = try RandomTrace.write(samples: 1, to: folder.path("t.spikes"), header: header)
    let sample = try TraceReader(path: trace).sample(0)
    let slow = RandomTrace.hardware.replacingOccurrences(of: "elements: 2", with: "elements: 1")
      .replacingOccurrences(of: "list-capacity: 64", with: "list-capacity: 256")
    let hardware = try folder.write(slow, to: "h.yaml")
    var finished: LockstepProgram.Result?
    // On a busy machine the signal may come after the end; then there was too little to do.
    for samples in [3000, 12000, 48000] where finished.map({ $0.status == 0 }) ?? true {
      try? FileManager.default.removeItem(atPath: folder.path("r.json"))
      let long = try TraceWriter(
        path: folder.path("long.spikes"), header: header, overwrite: true)
      for id in 0..<samples {
        var copy = sample
        copy.id = UInt64(id)
        try long.append(copy)
      }
      try long.finish()
      finished = try LockstepProgram().run(
        [
          "replay", folder.path("long.spikes"), "--hardware", hardware, "--json",
          folder.path("r.json"), "--threads", "1",
        ]
      ) { process in
        // The report's temporary file is there as soon as the work begins.
        while folder.names.count == 3, kill(process, 0) == 0 { usleep(1000) }
        kill(process, SIGINT)
      }
    }
    let result = try #require(finished)
    #expect(result.status == 130)
    #expect(result.errors.hasSuffix("interrupted; no result was written\n"))
    #expect(folder.names == ["h.yaml", "long.spikes", "t.spikes"])
  }
}
