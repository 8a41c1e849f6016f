import Foundation
import TestSupport
import Testing

/// `lockstep results` and sweeps into a store, as users meet them.
@Suite struct ResultsCommandTests {
  private static let repository = Fixture.url("", folder: "../..").path + "/"

  private let folder: TemporaryFolder
  private let program: LockstepProgram
  private let store: String

  init() throws {
    folder = try TemporaryFolder()
    program = try LockstepProgram()
    store = folder.path("results.sqlite")
  }

  private func results(_ arguments: String..., status: Int32 = 0) throws -> LockstepProgram.Result {
    let run = try program.run(["results"] + arguments)
    #expect(run.status == status, "\(arguments): \(run.errors)")
    return run
  }

  private func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func committedResultsGoInAndComeOutAgain() throws {
    let figures = ["fashion-fig1", "fashion-fig2"].map { Self.repository + "sweeps/\($0).jsonl" }
    let merged = try results("merge", store, figures[0], figures[1], figures[0])
    #expect(
      merged.output
        == """
        \(figures[0]): 28 new, 0 known, 0 different
        \(figures[1]): 32 new, 0 known, 0 different
        \(figures[0]): 0 new, 28 known, 0 different

        """)
    let list = try results("list", store).output
    #expect(list.contains("fashion-fig1      28") && list.contains("81.15"))

    for columns in [60, 80, 110] {
      let points = try program.run(
        ["results", "list", store, "--sweep", "fashion-fig2"],
        environment: ["COLUMNS": "\(columns)"])
      #expect(lines(points.output).allSatisfy { $0.count <= max(columns, 78) }, "\(points.output)")
      #expect(points.output.contains("accuracy [%]") && points.output.contains("649289fd"))
    }

    let path = folder.path("out.jsonl")
    _ = try results("export", store, "--sweep", "fashion-fig2", "-o", path)
    #expect(try lines(text(path)) == lines(text(figures[1])))
    let table = try results("export", store, "--format", "csv", "-o", "-").output
    #expect(table.contains("accuracy_percent,firing_rate_percent,latency_mean_cycles"))
    #expect(lines(table).count == 61)
    let json = try results("export", store, "--format", "json", "-o", "-", "--where", "seed = 2")
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["points"] as? [Any])?.count == 30)

    let shown = try results("show", store, "403f76").output
    #expect(shown.contains("403f7602e6b3ec72") && shown.contains("76.90 %"))
    #expect(shown.contains("lockstep train --preset fashion"))
    let ambiguous = try results("show", store, "4", status: 2)
    #expect(ambiguous.errors.contains("keys begin with '4'"))
    #expect(try results("show", store, "nothing", status: 2).errors.contains("no point"))

    // A figure of a sweep is the same from a store and from lines.
    for (input, page) in [(figures[1], "a.json"), (store, "b.json")] {
      let figure = try program.run([
        "figure", "fig2", input, "--sweep", "fashion-fig2", "-o", folder.path(page),
      ])
      #expect(figure.status == 0, "\(figure.errors)")
    }
    #expect(try text(folder.path("a.json")) == text(folder.path("b.json")))
    let both = try program.run(["figure", "fig2", store, "-o", folder.path("c.html")])
    #expect(both.status == 2 && both.errors.contains("--sweep"))

    let dry = try results("gc", store, "--sweep", "fashion-fig1", "--dry-run").output
    #expect(dry.hasPrefix("would remove 28 points"))
    let before = try Data(contentsOf: URL(fileURLWithPath: store)).count
    let removed = try results("gc", store, "--sweep", "fashion-fig1").output
    #expect(removed.hasPrefix("removed 28 points"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: store)).count < before)
    #expect(try lines(results("export", store, "--format", "jsonl", "-o", "-").output).count == 32)
  }

  @Test func differentResultsAreNamedAndTheStoresKept() throws {
    let original = Self.repository + "sweeps/fashion-fig2.jsonl"
    let first = try #require(try lines(text(original)).first)
    let changed = first.replacing(/"correct":\d+/, with: "\"correct\":1")
    #expect(changed != first)
    let path = try folder.write(changed + "\n" + first.prefix(100), to: "changed.jsonl")
    _ = try results("merge", store, original)
    let merged = try results("merge", store, path)
    #expect(merged.output.contains("0 new, 0 known, 1 different"))
    #expect(merged.errors.contains("which are kept") && merged.errors.contains("cut off"))
    let exported = try results("export", store, "--format", "jsonl", "-o", "-").output
    #expect(lines(exported).first == first)
  }

  @Test func slipsAreErrors() throws {
    #expect(try results("list", store, status: 2).errors.contains("no results store"))
    #expect(try results("gc", store, status: 2).errors.contains("no results store"))
    #expect(folder.names.isEmpty)
    let foreign = try folder.write("not a database, just some text of some length", to: "f.sqlite")
    for arguments in [
      ["list", foreign], ["merge", foreign, foreign], ["gc", foreign, "--failed"],
      ["export", foreign, "-o", folder.path("x.csv")],
    ] {
      let run = try program.run(["results"] + arguments)
      #expect(run.status == 2 && run.errors.contains("no results store"), "\(run.errors)")
    }
    #expect(folder.names == ["f.sqlite"])
    #expect(try results("merge", store, status: 64).errors.contains("Missing"))
    _ = try results("merge", store, Self.repository + "sweeps/fashion-fig1.jsonl")
    #expect(
      try results("list", store, "--where", "surrogate = arctangent", status: 2).errors
        .contains("no such column: arctangent"))
    #expect(
      try results("export", store, "-o", folder.path("x.txt"), status: 2).errors.contains(".csv"))
  }

  @Test func designsOfASearchAreKeptOnce() throws {
    let arguments = [
      "explore", Self.repository + "hardware/spaces/digits-space.yaml", "--trace",
      Self.repository + "traces/digits-test-100.spikes", "--samples", "0..9", "--store", store,
    ]
    let first = try program.run(arguments)
    #expect(first.status == 0, "\(first.errors)")
    let count = try #require(first.errors.firstMatch(of: /(\d+) of (\d+) designs are new/)).output
    #expect(count.1 == count.2 && count.1 != "0")
    let again = try program.run(arguments)
    #expect(again.errors.contains("0 of \(count.2) designs are new"), "\(again.errors)")
    let other = try program.run(arguments.map { $0 == "0..9" ? "0..8" : $0 })
    #expect(other.errors.contains(/([1-9]\d*) of \1 designs are new/), "\(other.errors)")
    let slip = try program.run(arguments.map { $0 == store ? folder.path("a.json") : $0 })
    #expect(slip.status == 64 && slip.errors.contains(".sqlite"), "\(slip.errors)")
  }

  @Test func processesOfOneSweepShareItsPoints() async throws {
    let sweep = try folder.write(
      """
      name: shared
      preset: digits
      hardware: \(Self.repository)hardware/digits-demo.yaml
      train: {epochs: 1, train-samples: 64, test-samples: 20}
      grid:
        beta: [0.5, 0.6, 0.7, 0.8]
        theta: [0.75, 1, 1.25]
      replay-samples: 4
      """, to: "shared.yaml")
    let alone = folder.path("alone.jsonl")
    let reference = try program.run(["sweep", sweep, "-o", alone, "--quiet"])
    #expect(reference.status == 0, "\(reference.errors)")

    let (program, store) = (program, store)
    try await withThrowingTaskGroup(of: LockstepProgram.Result.self) { group in
      for _ in 0..<3 {
        group.addTask {
          try program.run(["sweep", sweep, "-o", store, "--threads", "1", "--quiet"])
        }
      }
      for try await run in group { #expect(run.status == 0, "\(run.errors)") }
    }
    let exported = try results("export", store, "--format", "jsonl", "-o", "-").output
    #expect(try lines(exported).sorted() == lines(text(alone)).sorted())
    // Another sweep with some of the points costs nothing, and has them.
    let part = try folder.write(
      try text(sweep).replacing("name: shared", with: "name: part")
        .replacing("[0.5, 0.6, 0.7, 0.8]", with: "[0.5, 0.8]"), to: "part.yaml")
    let again = try program.run(["sweep", part, "-o", store, "--quiet"])
    #expect(again.status == 0, "\(again.errors)")
    #expect(try results("list", store).output.contains("part         6"))
    #expect(try lines(results("export", store, "--format", "jsonl", "-o", "-").output).count == 12)
  }
}
