import Foundation
import SpikeTraces
import TestSupport
import Testing

/// `lockstep explore` as users meet it: pages, their commands, and Ctrl-C.
@Suite struct ExplorePageTests {
  private let folder: TemporaryFolder
  private let program: LockstepProgram
  private let trace: String
  private let space: String

  init() throws {
    folder = try TemporaryFolder()
    program = try LockstepProgram()
    trace = try RandomTrace.write(samples: 5, to: folder.path("it's.spikes"))
    try folder.write("device: XCKU5P\n" + RandomTrace.hardware, to: "h.yaml")
    space = try folder.write("hardware: h.yaml\nobjectives: [latency, lut]\n", to: "space.yaml")
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path(name), encoding: .utf8)
  }

  @Test func thePageIsWrittenByItsExtension() throws {
    for (name, part) in [
      ("front.html", "data-chart=\"chart-front-latency-lut\""),
      ("front.md", "# The front: latency against LUT of"), ("front.csv", "nr,1,2,latency"),
    ] {
      let run = try program.run(
        ["explore", space, "--trace", trace, "--page", folder.path(name), "--quiet"])
      #expect(run.status == 0 && run.output.contains("The front"), "\(run.errors)")
      #expect(try text(name).contains(part), "\(name)")
    }
    let pipe = try program.run(["explore", space, "--trace", trace, "--page", "-"])
    #expect(pipe.status == 0 && pipe.output.hasPrefix("<!DOCTYPE html>"))
    #expect(pipe.output.hasSuffix("</html>\n"))
    let unknown = try program.run(["explore", space, "--trace", trace, "--page", "front.pdf"])
    #expect(unknown.status == 2 && unknown.errors.contains("end it in .html"))
    let both = try program.run(["explore", space, "--trace", trace, "--page", "-", "--json", "-"])
    #expect(both.status == 64 && both.errors.contains("standard output"))
  }

  @Test func theCommandOnThePageWritesTheDesign() throws {
    let run = try program.run([
      "explore", space, "--trace", trace, "--require", "latency=1 s", "--limit", "1", "--pick=2",
      "-o", folder.path("second.yaml"), "--page", folder.path("p.md"), "--json",
      folder.path("r.json"),
    ])
    #expect(run.status == 0, "\(run.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(text("r.json").utf8)) as? [String: Any]
    let command = try #require(json?["command"] as? String)
    #expect(
      command
        == "lockstep explore \(space) --trace '\(trace.replacing("'", with: "'\\''"))' --require "
        + "'latency=1 s'")
    #expect(try text("p.md").contains(command.replacing("|", with: "\\|")))
    // Typed again, as the page has it, it writes the same design.
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path(""))
    process.arguments = [
      "-c",
      "lockstep() { '\(program.path)' \"$@\"; }; \(command) --pick 2 -o design-2.yaml >/dev/null 2>&1",
    ]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    func body(_ name: String) throws -> [Substring] {
      try text(name).split(separator: "\n").filter { !$0.hasPrefix("name:") }
    }
    #expect(try body("design-2.yaml") == body("second.yaml"))
  }

  @Test func aPageSaysWhatIsMissing() throws {
    let run = try program.run([
      "explore", space, "--trace", trace, "--require", "latency=1 us", "--page",
      folder.path("none.html"),
    ])
    #expect(run.status == 1, "\(run.errors)")
    #expect(try text("none.html").contains("data-chart=\"chart-shortfalls\""))
  }

  @Test func ctrlCSaysHowFarItWas() throws {
    // Some 10^10 designs of a pipeline: no search of them is over before the signal.
    let names = (1...6).map { "fc\($0)" }
    let header = RandomTrace.fullyConnected(names.map { _ in 512 })
    let trace = try RandomTrace.write(samples: 4, to: folder.path("fc.spikes"), header: header)
    try folder.write(
      "platform: fc-2023\nclock: 100 MHz\nlayers:\n"
        + names.map {
          "  - {name: \($0), kind: fully-connected, logical-to-hardware-ratio: 1}\n"
        }.joined(), to: "fc.yaml")
    let space = try folder.write(
      "hardware: fc.yaml\nobjectives: [latency, lut, ff]\nlayers:\n"
        + names.map { "  \($0): {logical-to-hardware-ratio: 1..63}\n" }.joined(),
      to: "fc-space.yaml")
    let run = try program.run(
      ["explore", space, "--trace", trace, "--json", folder.path("never.json")]
    ) { process in
      // The report's temporary file is there as soon as the work begins.
      while !folder.names.contains(where: { $0.hasSuffix(".partial") }), kill(process, 0) == 0 {
        usleep(1000)
      }
      Thread.sleep(forTimeInterval: 1)
      kill(process, SIGINT)
    }
    #expect(run.status == 130, "\(run.errors)")
    #expect(run.errors.contains("interrupted "), "\(run.errors)")
    #expect(run.errors.contains("; no result was written"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("never.json")))
  }
}
