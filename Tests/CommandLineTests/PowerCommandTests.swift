import Foundation
import TestSupport
import Testing

/// `lockstep power` and `lockstep replay --power` as users run them.
struct PowerCommandTests {
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

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func replayAndItsReportGiveTheSamePower() throws {
    let replayed = try program.run(["power", trace, "--hardware", hardware, "--json", "-"])
    #expect(replayed.status == 0, "\(replayed.errors)")
    let report = folder.path("r.json")
    _ = try program.run(["replay", trace, "--hardware", hardware, "--json", report, "--quiet"])
    let reused = try program.run([
      "power", "estimate", trace, "--hardware", hardware, "--replay", report, "--json", "-",
    ])
    #expect(reused.output == replayed.output)
  }

  @Test func replayTakesPowerIntoItsReport() throws {
    let path = folder.path("r.json")
    let result = try program.run([
      "replay", trace, "--hardware", hardware, "--power", "--gating", "--json", path,
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("Power by layer"))
    let report = try object(try String(contentsOfFile: path, encoding: .utf8))
    #expect(report["layers"] != nil)
    let power = try #require(report["power"] as? [String: Any])
    #expect(power["schemaVersion"] as? Int == 2)
    // Still a replay report for everyone else.
    let compared = try program.run(["compare", path, path])
    #expect(compared.status == 0, "\(compared.errors)")
  }

  /// The power among the waves, integrated over the sample, is the energy of the report.
  @Test func powerOverTimeIsDrawn() throws {
    let (report, waves) = (folder.path("r.json"), folder.path("w.vcd"))
    let run = try program.run([
      "replay", trace, "--hardware", hardware, "--samples", "1..1", "--power", "--json", report,
      "--waves", waves, "--timeline", folder.path("t.pftrace"), "--quiet",
    ])
    #expect(run.status == 0, "\(run.errors)")
    let replay = try object(try String(contentsOfFile: report, encoding: .utf8))
    let power = try #require(replay["power"] as? [String: Any])
    let activity = try #require(power["activity"] as? [String: Any])
    let energy = try #require((activity["energyPerImage"] as? [String: Any])?["value"] as? Double)
    let latency = try #require(power["latencySeconds"] as? Double) * 1e9
    var code: Substring?
    var (time, level, sum) = (0.0, 0.0, 0.0)
    for line in try String(contentsOfFile: waves, encoding: .utf8).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count > 4, words[1] == "real", code == nil { code = words[3] }
      if line.hasPrefix("#"), let moment = Double(line.dropFirst()) {
        sum += level * (min(moment, latency) - min(time, latency)) * 1e-9
        time = moment
      }
      if words.count == 2, words[1] == code { level = try #require(Double(words[0].dropFirst())) }
    }
    #expect(time >= latency && abs(sum / energy - 1) < 1e-9)
  }

  @Test func operatingPointsChangeTheResult() throws {
    func energy(_ options: [String]) throws -> Double {
      let result = try program.run(
        ["power", trace, "--hardware", hardware, "--json", "-"] + options)
      let report = try object(result.output)
      let activity = try #require(report["activity"] as? [String: Any])
      let energy = try #require(activity["energyPerImage"] as? [String: Any])
      return try #require(energy["value"] as? Double)
    }
    let plain = try energy([])
    #expect(try energy(["--gating"]) < plain)
    #expect(try energy(["--voltage", "0.72 V"]) < plain)
    #expect(try energy(["--clock", "50 MHz"]) > plain)
  }

  @Test(arguments: [
    (["--voltage", "9 V"], "--voltage"), (["--clock", "fast"], "--clock"),
    (["--device", "Z80"], "names no known device"), (["--replay", "none.json"], "none.json"),
  ])
  func whatIsWrongIsSaid(options: [String], message: String) throws {
    let result = try program.run(["power", trace, "--hardware", hardware] + options)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
  }

  @Test func powerNeedsADevice() throws {
    let bare = try folder.write(RandomTrace.hardware, to: "bare.yaml")
    let result = try program.run(["power", trace, "--hardware", bare])
    #expect(result.status == 2)
    #expect(result.errors.contains("add 'device: XCKU5P'"))
  }

  @Test func calibratedDevicesAreUsed() throws {
    let fixtures = "../PowerEstimationTests/Fixtures"
    let utilization = Fixture.url("vivado-utilization.txt", folder: fixtures).path
    let power = Fixture.url("vivado-power.txt", folder: fixtures).path
    let device = folder.path("mine.yaml")
    let calibrated = try program.run([
      "power", "calibrate", "--device", "XCKU5P", "--utilization", utilization, "--power", power,
      "--hardware", hardware, "--trace", trace, "--output", device,
    ])
    #expect(calibrated.status == 0, "\(calibrated.errors)")
    #expect(calibrated.output.contains("Residual error"))
    let result = try program.run([
      "power", trace, "--hardware", hardware, "--device", device, "--json", "-",
    ])
    let report = try object(result.output)
    let vectorless = try #require(report["vectorless"] as? [String: Any])
    let statics = try #require(vectorless["staticPower"] as? [String: Any])
    #expect(statics["value"] as? Double == 0.45)
    // The scales of resources make this design as large as the one of the reports.
    let resources = try program.run([
      "resources", hardware, "--trace", trace, "--device", device, "--json", "-",
    ])
    let total = try #require(try object(resources.output)["total"] as? [String: Any])
    let value = try #require(total["value"] as? [String: Any])
    let tables = try #require(value["logicTables"] as? Double)
    #expect(abs(tables - 50_000) < 1)
  }

  @Test func calibrationNeedsBothReports() throws {
    let result = try program.run([
      "power", "calibrate", "--device", "XCKU5P", "--utilization", "a", "--output", "-",
    ])
    #expect(result.status == 64)
  }

  @Test func publishedAcceleratorsAreMarked() throws {
    let own = folder.path("p.json")
    _ = try program.run(["power", trace, "--hardware", hardware, "--json", own])
    let result = try program.run(["power", "compare", own])
    #expect(result.status == 0, "\(result.errors)")
    for text in ["ELIF-NHAS", "Spiker+ *", "~", "vectorless"] {
      #expect(result.output.contains(text), "\(text)")
    }
    let foreign = try program.run(["power", "compare", hardware])
    #expect(foreign.status == 2 && foreign.errors.contains("this is not a power report"))
    // A replay does as well, if it has power in it.
    let replay = folder.path("r.json")
    _ = try program.run(["replay", trace, "--hardware", hardware, "--json", replay, "--quiet"])
    let without = try program.run(["power", "compare", replay])
    #expect(without.status == 2 && without.errors.contains("--power"), "\(without.errors)")
    _ = try program.run([
      "replay", trace, "--hardware", hardware, "--power", "--json", replay, "--quiet",
    ])
    #expect(try program.run(["power", "compare", replay]).output == result.output)
    // A version of another format is named, whatever is in it.
    let newer = try folder.write("{\"schemaVersion\": 9, \"vectorless\": {}}", to: "newer.json")
    let refused = try program.run(["power", "compare", newer])
    #expect(refused.status == 2 && refused.errors.contains("format 9"), "\(refused.errors)")
  }
}
