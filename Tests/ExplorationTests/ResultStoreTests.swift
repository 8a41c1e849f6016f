import Exploration
import Foundation
import TestSupport
import Testing

/// What a store keeps: every point once, as it was measured.
@Suite struct ResultStoreTests {
  private func store(_ folder: TemporaryFolder, _ name: String = "a.sqlite") throws -> ResultStore {
    try ResultStore(path: folder.path(name), for: .writing)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func pointsSurviveInsertMergeAndExport(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let points = ExamplePoint.random(40, using: &generator)
    let folder = try TemporaryFolder()
    let first = try store(folder)
    for point in points { #expect(try first.append(point) == .added) }
    #expect(try first.points() == points)

    var lines = Data()
    for stored in try first.points(.all) { lines += try stored.point.line() }
    let path = try folder.write(lines, to: "all.jsonl")
    #expect(try SweepResults(paths: [path]).points == points)
    #expect(try SweepResults(paths: [first.path]).points == points)

    // By lines, by another store, and both together: the same points.
    let second = try store(folder, "b.db")
    let report = try second.merge(path)
    #expect(report.new == 40 && report.known == 0 && report.different.isEmpty)
    let third = try store(folder, "c.sqlite3")
    #expect(try third.merge(second.path).new == 40)
    #expect(try third.merge(path).known == 40)
    #expect(try third.points() == points)
    #expect(try third.sweeps().map(\.name) == first.sweeps().map(\.name))
    #expect(try third.sweeps().map(\.points).reduce(0, +) == 40)
    #expect(try third.sweeps().map(\.measured) == first.sweeps().map(\.measured))
    for sweep in Set(points.map(\.sweep)) {
      #expect(try third.points(of: sweep) == points.filter { $0.sweep == sweep })
    }
  }

  @Test func aPointIsThereOnceAndIsNeverChanged() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let point = ExamplePoint.measured("a")
    #expect(try store.append(point) == .added)
    #expect(try store.append(point) == .known)
    #expect(try store.append(ExamplePoint.measured("a", correct: 79)) == .differs)
    #expect(try store.append(ExamplePoint.failed("a")) == .differs)
    #expect(try store.points() == [point])

    let torn = try folder.write(
      String(decoding: ExamplePoint.measured("b").line(), as: UTF8.self)
        + String(decoding: ExamplePoint.measured("a", correct: 1).line(), as: UTF8.self)
        + "{\"format\":\"lockstep-sw", to: "torn.jsonl")
    let report = try store.merge(torn)
    #expect(report.new == 1 && report.different == ["a"] && report.notices.count == 1)
    #expect(try store.points().map(\.key) == ["a", "b"])
  }

  @Test func aPointMayBelongToSeveralSweeps() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    try store.append(ExamplePoint.measured("a", sweep: "one"))
    try store.append(ExamplePoint.measured("b", sweep: "one"))
    #expect(try Set(store.points(["a", "c"], of: "two").keys) == ["a"])
    #expect(try store.append(ExamplePoint.measured("b", sweep: "three")) == .known)
    #expect(try store.sweeps().map(\.name) == ["one", "three", "two"])
    #expect(try store.sweeps().map(\.points) == [2, 1, 1])
    #expect(try store.points(of: "two").map(\.key) == ["a"])
    #expect(
      try store.points(PointSelection(sweep: "one")).map(\.sweeps) == [
        ["one", "two"], ["one", "three"],
      ])
    #expect(try store.points().count == 2)

    // What other sweeps need stays.
    let report = try store.remove(PointRemoval(sweeps: ["one", "three"]), isDryRun: false)
    #expect(report.points == 1)
    #expect(try store.points().map(\.key) == ["a"])
    #expect(try store.sweeps().map(\.name) == ["two"])
  }

  @Test func conditionsAreQuestionsToTheView() throws {
    let folder = try TemporaryFolder()
    let writer = try store(folder)
    for (key, beta, correct) in [("a1", 0.5, 91), ("a2", 0.5, 80), ("b1", 0.7, 95)] {
      try writer.append(ExamplePoint.measured(key, beta: beta, correct: correct))
    }
    try writer.append(ExamplePoint.failed("c"))
    let store = try ResultStore(path: writer.path, for: .reading)
    func keys(_ conditions: String...) throws -> [String] {
      try store.points(PointSelection(conditions: conditions)).map(\.point.key)
    }
    #expect(try keys("beta = 0.5") == ["a1", "a2"])
    #expect(try keys("beta = 0.5", "accuracy_percent > 90 -- so it is") == ["a1"])
    #expect(
      try keys("beta = 0.5 OR status = 'failed'", "surrogate LIKE 'fast%'") == ["a1", "a2", "c"])
    #expect(try store.points(keyPrefix: "a").map(\.point.key) == ["a1", "a2"])
    #expect(try store.points(keyPrefix: "%").isEmpty)
    for bad in ["surrogate = arctangent", "beta ==== 1", "1); DROP TABLE points; --", ""] {
      #expect(throws: ExplorationError.self, "\(bad)") { _ = try keys(bad) }
    }
    #expect(try store.points().count == 4)

    let rows = try store.rows(PointSelection(conditions: ["key = 'b1'"]))
    let row = Dictionary(zip(rows.columns, rows.rows[0])) { $1 }
    #expect(row["accuracy_percent"] == "95.0" && row["latency_p99_us"] == "14.0")
    #expect(row["energy_per_image_uj"] == "10.0" && row["firing_rate_percent"] == "15.0")
    #expect(row["clock_mhz"] == "100.0" && row["failure"] == "")
  }

  @Test func whatIsNotWantedGoes() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    for key in ["a", "b", "c"] {
      try store.append(ExamplePoint.measured(key, version: key == "a" ? "0.0.1" : "0.1.0"))
    }
    try store.append(ExamplePoint.failed("f"))
    func remove(_ removal: PointRemoval, dry: Bool = false) throws -> [String] {
      let count = try store.remove(removal, isDryRun: dry).points
      let left = try store.points().map(\.key)
      if !dry { #expect(try store.remove(removal, isDryRun: true).points == 0) }
      return left + ["\(count)"]
    }
    #expect(try remove(PointRemoval()) == ["a", "b", "c", "f", "0"])
    #expect(
      try remove(PointRemoval(versionsOtherThan: "0.1.0", failed: true), dry: true)
        == ["a", "b", "c", "f", "2"])
    #expect(try remove(PointRemoval(versionsOtherThan: "0.1.0")) == ["b", "c", "f", "1"])
    #expect(try remove(PointRemoval(failed: true)) == ["b", "c", "1"])
    #expect(try remove(PointRemoval(conditions: ["key = 'b'", "beta > 2"])) == ["c", "1"])
    #expect(throws: ExplorationError.self) {
      _ = try remove(PointRemoval(conditions: ["nonsense"]))
    }
    // Nothing of them stays in the other tables, and they can be measured again.
    #expect(try store.append(ExamplePoint.failed("a")) == .added)
  }
}
