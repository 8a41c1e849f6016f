import Foundation
import TestSupport
import Testing

/// `lockstep sweep` and `lockstep figure` as users meet them.
@Suite struct SweepCommandTests {
  private static let repository = Fixture.url("", folder: "../..").path + "/"

  /// Four small trainings.
  private func specification(_ folder: TemporaryFolder) throws -> String {
    try folder.write(
      """
      name: small
      preset: digits
      hardware: \(Self.repository)hardware/digits-demo.yaml
      train: {epochs: 1, train-samples: 64, test-samples: 20}
      grid:
        surrogate: [arctangent, fast-sigmoid]
        slope: [1, 4]
      replay-samples: 4
      """, to: "small.yaml")
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  @Test func pointsDependOnNothingButThemselves() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let sweep = try specification(folder)
    let (first, second) = (folder.path("1.jsonl"), folder.path("2.jsonl"))
    let run = try program.run(["sweep", sweep, "-o", first, "--threads", "1"])
    #expect(run.status == 0 && run.output.contains("arctangent"), "\(run.errors)")
    let points = try lines(first)
    #expect(points.count == 4)

    // A killed writer left a point and a half; the sweep goes on behind the first.
    try folder.write(points[2] + "\n" + points[0].prefix(700), to: "2.jsonl")
    let resumed = try program.run(["sweep", sweep, "-o", second, "--threads", "2", "--quiet"])
    #expect(resumed.status == 0 && resumed.output.isEmpty, "\(resumed.errors)")
    #expect(try lines(second).sorted() == points.sorted())
    #expect(try lines(second)[0] == points[2])

    // What is there is not done again.
    let again = try program.run(["sweep", sweep, "-o", second])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try lines(second).count == 4)

    for (name, part) in [
      ("page.html", "data-chart=\"chart-accuracy\""), ("page.md", "# Accuracy and efficiency"),
      ("page.csv", "surrogate,scale"), ("page.json", "\"statements\""),
    ] {
      let figure = try program.run(["figure", "fig1", first, second, "-o", folder.path(name)])
      #expect(figure.status == 0, "\(figure.errors)")
      #expect(
        try String(contentsOfFile: folder.path(name), encoding: .utf8).contains(part), "\(name)")
    }
    let other = try program.run(["figure", "fig2", first, "-o", folder.path("2.html")])
    #expect(other.status == 2 && other.errors.contains("differ in"), "\(other.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("2.html")))
  }

  /// A threshold at which nearly everything fires is slower and learns nothing: it is given up before the
  /// last seed, by the same decision on any number of threads.
  @Test func settingsThatAreWorseInEverythingAreGivenUp() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let sweep = try folder.write(
      """
      preset: digits
      hardware: \(Self.repository)hardware/digits-demo.yaml
      train: {epochs: 2, train-samples: 300, test-samples: 300}
      grid: {theta: [1.0, 0.05, 1.2]}
      seeds: [1, 2, 3, 4]
      replay-samples: 10
      """, to: "race.yaml")
    var results: [[String]] = []
    for threads in ["1", "2"] {
      let path = folder.path("\(threads).jsonl")
      let arguments = ["sweep", sweep, "-o", path, "--drop-worse", "--threads", threads]
      let run = try program.run(arguments)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("note: theta 0.05 is given up after 3 seeds"), "\(run.errors)")
      #expect(run.errors.contains("1 of 3 settings were given up, which spared 1 point"))
      results.append(try lines(path).sorted())
      // What is there is not run again, and decides the same.
      let again = try program.run(arguments)
      #expect(again.status == 0 && again.output == run.output, "\(again.errors)")
      #expect(try lines(path).sorted() == results[results.count - 1])
    }
    #expect(results[0].count == 11 && results[0] == results[1])
    let shard = try program.run([
      "sweep", sweep, "-o", folder.path("x.jsonl"), "--drop-worse", "--shard", "0/2",
    ])
    #expect(shard.status == 64 && shard.errors.contains("do not wait for each other"))
  }

  @Test func optionsAfterTwoDashesAreTheTrainings() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let sweep = try specification(folder)
    func fails(_ arguments: [String], _ message: String) throws {
      let run = try program.run(["sweep", "-o", folder.path("bad.jsonl")] + arguments)
      #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
    }
    try fails([sweep, "--", "--no-such-option"], "Unknown option '--no-such-option'")
    try fails([sweep, "--", "--beta", "7"], "beta")
    try fails([sweep, "--", "--slope", "4"], "two points of the sweep are the same")
    try fails([sweep, "--", "--network", "32C3-P2-100"], "layer")
    try fails([sweep, "--", "--test-samples", "3"], "replay-samples is 4")
    try fails(["fig1"], "names no accelerator")
    try fails(["fig3"], "is no sweep")
    try fails(["missing.yaml"], "there is no such file")
  }

  @Test func foreignResultsAreRefused() throws {
    let folder = try TemporaryFolder()
    let program = try LockstepProgram()
    let path = try folder.write("{\"schemaVersion\": 2}\n", to: "foreign.jsonl")
    let figure = try program.run(["figure", "fig1", path, "-o", folder.path("a.html")])
    #expect(figure.status == 2 && figure.errors.contains("no point of a sweep"), "\(figure.errors)")
    let sweep = try program.run(["sweep", specification(folder), "-o", path])
    #expect(sweep.status == 2 && sweep.errors.contains("no point of a sweep"), "\(sweep.errors)")
    #expect(try lines(path) == ["{\"schemaVersion\": 2}"])
  }
}
