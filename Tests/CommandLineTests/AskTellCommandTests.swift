import Foundation
import TestSupport
import Testing

/// `lockstep ask` and `lockstep tell`, as drivers use them.
@Suite struct AskTellCommandTests {
  private static let repository = Fixture.url("", folder: "../..").path + "/"

  private let folder: TemporaryFolder
  private let program: LockstepProgram
  private let sweep: String

  init() throws {
    folder = try TemporaryFolder()
    program = try LockstepProgram()
    sweep = try folder.write(
      """
      name: asked
      preset: digits
      hardware: \(Self.repository)hardware/digits-demo.yaml
      train: {epochs: 1, train-samples: 64, test-samples: 20}
      grid:
        beta: {from: 0.25, to: 0.95}
        theta: [0.75, 1]
      random: 3
      replay-samples: 4
      """, to: "asked.yaml")
  }

  private func objects(_ run: LockstepProgram.Result) throws -> [[String: Any]] {
    try run.output.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test(arguments: ["results.sqlite", "results.jsonl"])
  func whatIsAskedIsToldOnce(_ name: String) throws {
    let store = folder.path(name)
    let asked = try program.run(["ask", sweep, "--store", store, "-n", "10"])
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(try objects(asked).compactMap { $0["id"] as? Int } == [0, 1, 2])
    let told = try program.run(["tell", sweep, "--store", store], input: asked.output)
    #expect(told.status == 0, "\(told.errors)")
    let answers = try objects(told)
    #expect(Set(answers.compactMap { $0["id"] as? Int }) == [0, 1, 2])
    #expect(
      answers.allSatisfy { $0["source"] as? String == "measured" && $0["accuracy"] is Double })

    // The same points again are found, and none is left to ask for.
    let again = try program.run(
      ["tell", sweep, "--store", store, "--threads", "1"], input: asked.output)
    #expect(try objects(again).allSatisfy { $0["source"] as? String == "found" })
    #expect(try objects(again).compactMap { $0["id"] as? Int } == [0, 1, 2])
    #expect(try program.run(["ask", sweep, "--store", store]).output.isEmpty)

    // They are the sweep's own points.
    let file = folder.path("sweep-\(name)")
    let swept = try program.run(["sweep", sweep, "-o", file, "--quiet"])
    #expect(swept.status == 0, "\(swept.errors)")
    let both = try program.run(["results", "merge", folder.path("all.sqlite"), store, file])
    #expect(both.output.contains("\(file): 0 new, 3 known, 0 different"), "\(both.errors)")
  }

  @Test func badLinesAreAnsweredAndOthersToo() throws {
    let store = folder.path("results.sqlite")
    let good = #"{"id": "good", "options": {"beta": 0.5, "theta": 1}, "seed": 2}"#
    let elsewhere = try String(
      contentsOfFile: Self.repository + "sweeps/fashion-fig2.jsonl", encoding: .utf8
    ).split(separator: "\n")[0]
    let told = try program.run(
      ["tell", sweep, "--store", store, "--threads", "2"],
      input: """
        nonsense
        {"id": 2, "options": {"beta": 7, "theta": 1}}

        \(good)
        {"id": 5, "options": {"beta": 0.5, "theta": 3}}
        \(good)
        \(elsewhere)
        \(elsewhere.replacing(/"correct":\d+/, with: "\"correct\":1"))
        {"id": 9, "options": {"beta": 0.5
        """)
    #expect(told.status == 0, "\(told.errors)")
    let answers = try objects(told)
    #expect(Set(answers.compactMap { $0["line"] as? Int }) == [1, 2, 5, 9])
    #expect(answers.first { $0["line"] as? Int == 2 }?["id"] as? Int == 2)
    let sources = answers.compactMap { $0["source"] as? String }
    #expect(sources.sorted() == ["different", "found", "measured", "recorded"])
    #expect(answers.count { $0["id"] as? String == "good" && $0["seed"] as? Int == 2 } == 2)
    let list = try program.run(["results", "list", store]).output
    #expect(list.contains("asked") && list.contains("fashion-fig2"))
  }

  @Test func theSpaceNeedsNoAccelerator() throws {
    let asked = try program.run(["ask", "fig2", "--space"])
    #expect(asked.status == 0, "\(asked.errors)")
    let space = try #require(try objects(asked).first)
    #expect(
      (space["axes"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == [
        "beta", "theta",
      ])
    #expect(try program.run(["tell", "fig2", "--store", folder.path("a.sqlite")]).status == 2)
    #expect(try program.run(["ask", "fig2", "-n", "0"]).status == 64)
    #expect(try objects(program.run(["ask", "fig2", "-n", "99"])).count == 32)
  }
}
