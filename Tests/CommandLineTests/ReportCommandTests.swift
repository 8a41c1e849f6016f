import Foundation
import TestSupport
import Testing

/// `lockstep report` and `lockstep compare -o` as users meet them.
@Suite struct ReportCommandTests {
  private static let repository = Fixture.url("", folder: "../..").path + "/"

  private func replay(_ folder: TemporaryFolder, _ name: String, _ extras: [String] = []) throws
    -> String
  {
    let path = folder.path(name)
    let run = try LockstepProgram().run(
      [
        "replay", Self.repository + "traces/digits-test-100.spikes", "--hardware",
        Self.repository + "hardware/digits-demo.yaml", "--samples", "0..4", "--json", path,
        "--quiet",
      ] + extras)
    #expect(run.status == 0, "\(run.errors)")
    return path
  }

  @Test func everyFormatIsWritten() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let result = try replay(folder, "a.json", ["--explain"])
    for (name, part) in [
      ("page.html", "Timeline of sample 2"), ("page.md", "# digits on digits-demo"),
      ("page.csv", "layer,PEs"), ("page.json", "\"schemaVersion\""),
    ] {
      let run = try program.run(["report", result, "-o", folder.path(name), "--sample", "2"])
      #expect(run.status == 0, "\(run.errors)")
      let text = try String(contentsOfFile: folder.path(name), encoding: .utf8)
      #expect(text.contains(part), "\(name)")
    }
    let plain = try program.run(["report", result, "--format", "md", "-o", "-"])
    #expect(plain.output.contains("| conv2 |"))
    // The same input gives the same page.
    let first = try Data(contentsOf: URL(fileURLWithPath: folder.path("page.html")))
    _ = try program.run(["report", result, "-o", folder.path("again.html"), "--sample", "2"])
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("again.html"))) == first)
    let closed = try replay(folder, "b.json", ["--engine", "closed"])
    let both = try program.run(["report", result, closed, "-o", folder.path("both.html")])
    #expect(both.status == 0, "\(both.errors)")
    let compared = try program.run(["compare", result, closed, "-o", folder.path("diff.html")])
    #expect(compared.status == 0, "\(compared.errors)")
    #expect(
      try String(contentsOfFile: folder.path("diff.html"), encoding: .utf8).contains("waterfall"))
  }

  /// Reports of other commands have a version, too, but are no replays.
  @Test func reportsOfOtherCommandsAreRefused() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let trace = Self.repository + "traces/digits-test-100.spikes"
    let hardware = Self.repository + "hardware/digits-demo.yaml"
    let good = try replay(folder, "a.json", ["--power"])
    let others = ["power.json", "resources.json", "info.json", "stale.json", "damaged.json"].map {
      folder.path($0)
    }
    _ = try program.run([
      "power", trace, "--hardware", hardware, "--samples", "0..1", "--json", others[0],
    ])
    _ = try program.run(["resources", hardware, "--trace", trace, "--json", others[1]])
    let info = try program.run(["trace", "info", trace, "--json"])
    try Data(info.output.utf8).write(to: URL(fileURLWithPath: others[2]))
    var object = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: good)))
        as? [String: Any])
    var power = try #require(object["power"] as? [String: Any])
    power["schemaVersion"] = 7
    object["power"] = power
    try JSONSerialization.data(withJSONObject: object)
      .write(to: URL(fileURLWithPath: others[3]))
    object["power"] = ["schemaVersion": 2]
    try JSONSerialization.data(withJSONObject: object)
      .write(to: URL(fileURLWithPath: others[4]))
    let messages = [
      "this is not a replay report", "this is not a replay report", "this is not a replay report",
      "power has format 7", "power lacks parts",
    ]
    for (path, message) in zip(others, messages) {
      for command in [
        ["report", path, "-o", "-"], ["compare", path, good], ["compare", good, path],
      ] {
        let run = try program.run(command)
        #expect(run.status == 2 && run.output.isEmpty, "\(command)")
        #expect(run.errors.contains(message) && run.errors.contains(path), "\(run.errors)")
      }
    }
  }

  /// A timeline of other hardware than was replayed would be a lie.
  @Test func hardwareThatChangedIsNotDrawn() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let text = try String(
      contentsOfFile: Self.repository + "hardware/digits-demo.yaml", encoding: .utf8)
    let hardware = try folder.write(text, to: "h.yaml")
    let result = folder.path("r.json")
    _ = try program.run([
      "replay", Self.repository + "traces/digits-test-100.spikes", "--hardware", hardware,
      "--samples", "0..1", "--json", result, "--quiet",
    ])
    let before = try program.run(["report", result, "-o", "-"])
    #expect(before.output.contains("Timeline of sample 0") && before.errors.isEmpty)
    let changed = text.replacingOccurrences(
      of: "processing-elements: 16", with: "processing-elements: 4")
    #expect(changed != text)
    try Data(changed.utf8).write(to: URL(fileURLWithPath: hardware))
    let after = try program.run(["report", result, "-o", "-"])
    #expect(after.status == 0 && after.errors.contains("not what was replayed any more"))
    #expect(!after.output.contains("Timeline of sample 0"))
    #expect(after.output.contains("Spikes of sample 0"))
  }

  @Test func powerIsOnThePage() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let result = try replay(folder, "p.json", ["--power", "--explain"])
    let page = folder.path("p.html")
    let run = try program.run(["report", result, "-o", page])
    #expect(run.status == 0, "\(run.errors)")
    let text = try String(contentsOfFile: page, encoding: .utf8)
    for part in ["Power over time of sample 0", "still fits XCKU5P", "chart-power-over-time"] {
      #expect(text.contains(part), "\(part)")
    }
    // The JSON of a report reads back as what it was made of.
    let again = folder.path("again.json")
    _ = try program.run(["report", result, "-o", again])
    let object = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: again)))
    #expect((object as? [[String: Any]])?.first?["upgrades"] != nil)
    let csv = try program.run(["report", result, "--format", "csv", "-o", "-"])
    #expect(csv.output.contains("block-access") && csv.output.contains("What more hardware"))
    let plain = try replay(folder, "q.json")
    let both = try program.run(["report", result, plain, "--format", "md", "-o", "-"])
    #expect(both.output.contains("Energy side by side"), "\(both.errors)")
    // Only where both were estimated is there anything to compare.
    let compared = try program.run(["compare", result, result, "-o", folder.path("c.html")])
    #expect(compared.output.contains("energy an image [µJ]"), "\(compared.errors)")
    #expect(
      try String(contentsOfFile: folder.path("c.html"), encoding: .utf8)
        .contains("What they need and draw"))
    let half = try program.run(["compare", result, plain])
    #expect(half.status == 0 && !half.output.contains("energy an image"))
  }

  @Test func badInputSaysWhatToDo() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let result = try replay(folder, "a.json")
    func fails(_ text: String, _ message: String, _ options: [String] = []) throws {
      let path = folder.path("bad.json")
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      let run = try program.run(["report", path, "-o", folder.path("bad.html")] + options)
      #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.path("bad.html")))
    }
    let good = try String(contentsOfFile: result, encoding: .utf8)
    try fails("{\"hello\": 1}", "this is not a replay report")
    try fails("not json", "this is not a replay report")
    try fails("", "this is not a replay report")
    try fails(
      good.replacingOccurrences(of: "\"schemaVersion\" : 2", with: "\"schemaVersion\" : 99"),
      "format 99")
    try fails(
      good.replacingOccurrences(of: "\"layers\"", with: "\"strata\""), "lacks parts")
    try fails(String(good.dropLast(2000)), "not a replay report")
    try fails(
      good.replacingOccurrences(of: "\"samples\" : 5", with: "\"samples\" : 0"), "no samples")
    try fails(good, "there is no sample 100", ["--sample", "100"])
    try fails(
      good.replacingOccurrences(of: "\"layers\" : [", with: "\"layers\" : [], \"x\" : ["),
      "no samples")
    try fails("[1, 2]", "this is not a replay report")
    try fails("{\"schemaVersion\": 3, \"trace\": 1, \"latencyCycles\": []}", "format 3")
    let ending = try program.run(["report", result, "-o", folder.path("page.pdf")])
    #expect(ending.status == 2 && ending.errors.contains(".html"), "\(ending.errors)")
    let absent = try program.run(["report", folder.path("no.json"), "-o", folder.path("x.html")])
    #expect(absent.status == 2 && absent.errors.contains("cannot be read"))
  }
}
