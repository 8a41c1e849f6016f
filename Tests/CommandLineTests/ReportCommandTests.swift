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
    let ending = try program.run(["report", result, "-o", folder.path("page.pdf")])
    #expect(ending.status == 2 && ending.errors.contains(".html"), "\(ending.errors)")
    let absent = try program.run(["report", folder.path("no.json"), "-o", folder.path("x.html")])
    #expect(absent.status == 2 && absent.errors.contains("cannot be read"))
  }
}
