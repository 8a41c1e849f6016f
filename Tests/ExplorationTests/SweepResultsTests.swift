import Exploration
import Foundation
import TestSupport
import Testing

/// Results files: what is read, what is refused, and what a killed writer leaves.
@Suite struct SweepResultsTests {
  private func text(_ points: [SweepPoint]) throws -> String {
    try points.map { String(decoding: try $0.line(), as: UTF8.self) }.joined()
  }

  @Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    let points = [
      ExamplePoint.measured("a"), ExamplePoint.failed("b"), ExamplePoint.measured("c", beta: 0.7),
    ]
    let path = try folder.write(text(points), to: "results.jsonl")
    let results = try SweepResults(paths: [path])
    #expect(results.points == points && results.notices.isEmpty)
    #expect(results.points[0].measurement?.firingRate == (0.1 * 300 + 0.3 * 100) / 400)
    #expect(results.points[1].measurement == nil)
  }

  @Test func everyCutOfTheLastLineKeepsThePointsBefore() throws {
    let folder = try TemporaryFolder()
    let whole = Array(try text([ExamplePoint.measured("a"), ExamplePoint.measured("b")]).utf8)
    let first = try ExamplePoint.measured("a").line().count
    for length in stride(from: first, through: whole.count, by: 7) {
      let path = folder.path("cut-\(length).jsonl")
      try Data(whole[..<length]).write(to: URL(fileURLWithPath: path))
      let results = try SweepResults(paths: [path])
      let isWhole = length >= whole.count - 1
      #expect(results.points.map(\.key) == (isWhole ? ["a", "b"] : ["a"]))
      #expect(results.notices.isEmpty == (isWhole || length == first))
      // A writer goes on behind the last whole point.
      let file = try SweepResultsFile(path: path)
      try file.append(ExamplePoint.measured("c"))
      let after = try SweepResults(paths: [path])
      #expect(after.points.map(\.key) == results.points.map(\.key) + ["c"])
      #expect(after.notices.isEmpty)
    }
  }

  @Test func aFileWithoutItsLastLineBreakIsWhole() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      String(text([ExamplePoint.measured("a"), ExamplePoint.measured("b")]).dropLast()),
      to: "results.jsonl")
    #expect(try SweepResults(paths: [path]).points.count == 2)
    try SweepResultsFile(path: path).append(ExamplePoint.measured("c"))
    #expect(try SweepResults(paths: [path]).points.map(\.key) == ["a", "b", "c"])
  }

  @Test func oneWriterAtATime() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("results.jsonl")
    let file = try SweepResultsFile(path: path)
    #expect(throws: ExplorationError.self) { _ = try SweepResultsFile(path: path) }
    try file.append(ExamplePoint.measured("a"))
    #expect(try SweepResults(paths: [path]).points.count == 1)
  }

  @Test func filesAreMerged() throws {
    let folder = try TemporaryFolder()
    let paths = [
      try folder.write(
        text([ExamplePoint.measured("a"), ExamplePoint.measured("b")]), to: "1.jsonl"),
      try folder.write(
        text([
          ExamplePoint.measured("b"), ExamplePoint.measured("c"),
          ExamplePoint.measured("a", correct: 1),
        ]), to: "2.jsonl"),
    ]
    let results = try SweepResults(paths: paths)
    #expect(results.points.map(\.key) == ["a", "b", "c"])
    #expect(results.points[0] == ExamplePoint.measured("a"))
    #expect(results.notices.count == 1 && results.notices[0].contains("different results"))
  }

  @Test(arguments: [
    ("", "no whole point"), ("\n\n", "no whole point"), ("{\"form", "no whole point"),
    ("hello", "not a line of JSON"), ("[1, 2]\n", "not a line of JSON"),
    ("{\n  \"schemaVersion\": 2\n}\n", "not a line of JSON"),
    ("{\"schemaVersion\":2,\"layers\":[]}\n", "no point of a sweep"),
    ("{\"format\":\"lockstep-sweep-point\"}\n", "has no schemaVersion"),
    ("{\"format\":\"lockstep-sweep-point\",\"schemaVersion\":2}\n", "use a newer lockstep"),
    ("{\"format\":\"lockstep-sweep-point\",\"schemaVersion\":1}\n", "'key' is missing"),
  ])
  func foreignFilesAreRefused(_ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "bad.jsonl")
    let error = #expect(throws: ExplorationError.self) { _ = try SweepResults(paths: [path]) }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    #expect(error?.description.hasPrefix(path) == true)
  }

  @Test(arguments: [
    ("\"correct\":80", "\"correct\":101"), ("\"correct\":80", "\"correct\":-1"),
    ("\"correct\":80", "\"correct\":NaN"), ("\"correct\":80", "\"correct\":null"),
    ("\"firingRate\":0.3", "\"firingRate\":1.5"), ("\"firingRate\":0.3", "\"firingRate\":1e999"),
    ("\"beta\":0.5", "\"beta\":\"0.5\""), ("\"scale\":0.25", "\"scale\":0"),
    ("\"low\":0.5", "\"low\":-0.5"), ("\"clockHertz\":100000000", "\"clockHertz\":0"),
    ("\"minimum\":900", "\"minimum\":9000"), ("\"measurement\"", "\"measured\""),
  ])
  func impossibleNumbersAreRefused(_ original: String, _ replacement: String) throws {
    let folder = try TemporaryFolder()
    let good = try text([ExamplePoint.measured("a")])
    try #require(good.contains(original))
    let path = try folder.write(
      good + good.replacingOccurrences(of: original, with: replacement), to: "bad.jsonl")
    let error = #expect(throws: ExplorationError.self) { _ = try SweepResults(paths: [path]) }
    #expect(error?.line == 2, "\(String(describing: error))")
  }
}
