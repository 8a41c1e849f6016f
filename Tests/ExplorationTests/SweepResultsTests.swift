import Accelerator
import Exploration
import Foundation
import PowerEstimation
import TestSupport
import Testing

/// Results files: what is read, what is refused, and what a killed writer leaves.
@Suite struct SweepResultsTests {
  /// A point with some numbers.
  private func point(_ key: String, beta: Double = 0.5, correct: Int = 80) -> SweepPoint {
    let cycles = CycleDistribution([900, 1000, 1400])
    let power = SweepMeasurement.Power(
      watts: Estimate(1, low: 0.5, high: 2), joulesPerImage: Estimate(1e-5, low: 5e-6, high: 2e-5),
      framesPerSecondPerWatt: Estimate(1e5, low: 5e4, high: 2e5))
    return SweepPoint(
      key: key, sweep: "test",
      hyperparameters: SweepHyperparameters(
        surrogate: "fast-sigmoid", scale: 0.25, beta: beta, theta: 1, timeSteps: 10,
        network: "16C3-100", settings: ["epochs": "1"]), seed: 1,
      provenance: SweepProvenance(
        softwareVersion: "0.1.0", command: "lockstep train", dataSet: "digits",
        dataFingerprint: "ab", trainingSamples: 10, validationSamples: 5, bestEpoch: 1,
        weightsFingerprint: "cd", traceFingerprint: "ef"),
      outcome: .measured(
        SweepMeasurement(
          accuracy: .init(samples: 100, correct: correct),
          layers: [
            .init(name: "conv1", neurons: 300, firingRate: 0.1),
            .init(name: "fc1", neurons: 100, firingRate: 0.3),
          ],
          platform: .init(
            name: "demo", generation: "conv-2023", clockHertz: 1e8, device: "XCKU5P", samples: 3),
          latencyCycles: cycles, latencySeconds: TimeDistribution(cycles, clock: 1e8),
          vectorless: power, activity: power)))
  }

  private func text(_ points: [SweepPoint]) throws -> String {
    try points.map { String(decoding: try $0.line(), as: UTF8.self) }.joined()
  }

  private func failed(_ point: SweepPoint, _ reason: String) -> SweepPoint {
    var point = point
    point.outcome = .failed(reason)
    return point
  }

  @Test func whatIsWrittenIsRead() throws {
    let folder = try TemporaryFolder()
    let points = [point("a"), failed(point("b", beta: 0.9), "diverged"), point("c", beta: 0.7)]
    let path = try folder.write(text(points), to: "results.jsonl")
    let results = try SweepResults(paths: [path])
    #expect(results.points == points && results.notices.isEmpty)
    #expect(results.points[0].measurement?.firingRate == (0.1 * 300 + 0.3 * 100) / 400)
    #expect(results.points[1].measurement == nil)
  }

  @Test func everyCutOfTheLastLineKeepsThePointsBefore() throws {
    let folder = try TemporaryFolder()
    let whole = Array(try text([point("a"), point("b")]).utf8)
    let first = try point("a").line().count
    for length in stride(from: first, through: whole.count, by: 7) {
      let path = folder.path("cut-\(length).jsonl")
      try Data(whole[..<length]).write(to: URL(fileURLWithPath: path))
      let results = try SweepResults(paths: [path])
      let isWhole = length >= whole.count - 1
      #expect(results.points.map(\.key) == (isWhole ? ["a", "b"] : ["a"]))
      #expect(results.notices.isEmpty == (isWhole || length == first))
      // A writer goes on behind the last whole point.
      let file = try SweepResultsFile(path: path)
      try file.append(point("c"))
      let after = try SweepResults(paths: [path])
      #expect(after.points.map(\.key) == results.points.map(\.key) + ["c"])
      #expect(after.notices.isEmpty)
    }
  }

  @Test func aFileWithoutItsLastLineBreakIsWhole() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      String(text([point("a"), point("b")]).dropLast()), to: "results.jsonl")
    #expect(try SweepResults(paths: [path]).points.count == 2)
    try SweepResultsFile(path: path).append(point("c"))
    #expect(try SweepResults(paths: [path]).points.map(\.key) == ["a", "b", "c"])
  }

  @Test func oneWriterAtATime() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("results.jsonl")
    let file = try SweepResultsFile(path: path)
    #expect(throws: ExplorationError.self) { _ = try SweepResultsFile(path: path) }
    try file.append(point("a"))
    #expect(try SweepResults(paths: [path]).points.count == 1)
  }

  @Test func filesAreMerged() throws {
    let folder = try TemporaryFolder()
    let paths = [
      try folder.write(text([point("a"), point("b")]), to: "1.jsonl"),
      try folder.write(text([point("b"), point("c"), point("a", correct: 1)]), to: "2.jsonl"),
    ]
    let results = try SweepResults(paths: paths)
    #expect(results.points.map(\.key) == ["a", "b", "c"])
    #expect(results.points[0] == point("a"))
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
    let good = try text([point("a")])
    try #require(good.contains(original))
    let path = try folder.write(
      good + good.replacingOccurrences(of: original, with: replacement), to: "bad.jsonl")
    let error = #expect(throws: ExplorationError.self) { _ = try SweepResults(paths: [path]) }
    #expect(error?.line == 2, "\(String(describing: error))")
  }
}
