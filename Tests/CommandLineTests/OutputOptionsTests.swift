import Foundation
import TestSupport
import Testing

/// What all commands have in common at a terminal: colour, width, quiet, JSON.
struct OutputOptionsTests {
  private let folder: TemporaryFolder
  private let trace: String
  private let hardware: String
  private let program: LockstepProgram

  init() throws {
    folder = try TemporaryFolder()
    trace = try RandomTrace.write(samples: 2, to: folder.path("t.spikes"))
    hardware = try folder.write("device: XCKU5P\n" + RandomTrace.hardware, to: "h.yaml")
    program = try LockstepProgram()
  }

  /// Every command that prints for people, with what it needs.
  private var printing: [[String]] {
    get throws {
      let report = folder.path("r.json")
      let run = try program.run([
        "replay", trace, "--hardware", hardware, "--power", "--json", report, "--quiet",
      ])
      #expect(run.status == 0 && run.output.isEmpty, "\(run.errors)")
      return [
        ["replay", trace, "--hardware", hardware, "--power"],
        ["compare", report, report], ["power", trace, "--hardware", hardware],
        ["power", "compare", report], ["resources", hardware, "--trace", trace],
        ["platforms"], ["platforms", "conv-2023", "--explain"], ["trace", "info", trace],
      ]
    }
  }

  @Test func colourIsAChoice() throws {
    for command in try printing {
      let plain = try program.run(command)
      #expect(plain.status == 0 && !plain.output.contains("\u{1B}"), "\(command)")
      let never = try program.run(
        command + ["--color", "never"], environment: ["CLICOLOR_FORCE": "1"])
      #expect(never.output == plain.output, "\(command)")
      let always = try program.run(command + ["--color", "always"], environment: ["NO_COLOR": "1"])
      #expect(always.status == 0, "\(always.errors)")
      // Emphasised rows keep their spaces at the end.
      let stripped = always.output.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
        .replacing(#/ +\n/#, with: "\n")
      #expect(stripped == plain.output, "\(command)")
    }
    let coloured = try program.run(["power", "compare", "--color", "always"])
    #expect(coloured.output.contains("\u{1B}["))
    #expect(try program.run(["platforms", "--color", "pink"]).status == 64)
  }

  /// Numbers are never cut, so that tables of many numbers may need more; words never do.
  @Test func widthsAreRespected() throws {
    for command in try printing where !command.contains("replay") {
      let run = try program.run(command, environment: ["COLUMNS": "90"])
      let longest = run.output.split(separator: "\n").map(\.count).max() ?? 0
      #expect(longest <= 90 && longest > 20, "\(command): \(longest)")
    }
  }

  @Test func quietCommandsSayNothing() throws {
    let report = folder.path("r.json")
    let commands = [
      ["replay", trace, "--hardware", hardware, "--json", report],
      ["report", report, "-o", folder.path("r.html")],
      ["trace", "convert", trace, "-o", folder.path("c.spikes")],
    ]
    for command in commands {
      let loud = try program.run(command + (command[1] == "convert" ? ["--force"] : []))
      #expect(!(loud.output + loud.errors).isEmpty, "\(command)")
      let quiet = try program.run(
        command + ["--quiet"] + (command[1] == "convert" ? ["--force"] : []))
      #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty, "\(command)")
    }
    // Errors still appear.
    let failed = try program.run(["report", "none.json", "-o", "-", "--quiet"])
    #expect(failed.status == 2 && failed.errors.contains("none.json"))
  }

  @Test func everyResultIsToBeHadAsJSON() throws {
    let fixtures = "../PowerEstimationTests/Fixtures"
    let calibrate = [
      "power", "calibrate", "--device", "XCKU5P", "--utilization",
      Fixture.url("vivado-utilization.txt", folder: fixtures).path, "--power",
      Fixture.url("vivado-power.txt", folder: fixtures).path, "--output",
      folder.path("mine.yaml"), "--json", "-",
    ]
    for (command, key) in [
      (["trace", "verify", trace, "--json"], "spikes"), (calibrate, "residuals"),
      (["trace", "info", trace, "--json"], "boundaries"),
      (["power", trace, "--hardware", hardware, "--json", "-"], "vectorless"),
    ] {
      let run = try program.run(command)
      #expect(run.status == 0, "\(run.errors)")
      let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
      #expect((object as? [String: Any])?[key] != nil, "\(command)")
    }
  }
}
