import Exploration
import TestSupport
import Testing

/// Specifications of sweeps as people write them.
@Suite struct SweepSpecificationTests {
  @Test func allCombinationsForEverySeed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      preset: digits
      hardware: demo.yaml
      train:
        epochs: 3
      grid:
        beta: [0.5, 0.9]
        theta: [1, 1.5, 2]
      seeds: [1, 7]
      """, to: "mine.yaml")
    let sweep = try SweepSpecification(path)
    #expect(sweep.name == "mine" && sweep.hardware == folder.path("demo.yaml"))
    let configurations = try sweep.configurations
    #expect(configurations.count == 12 && Set(configurations).count == 12)
    #expect(
      configurations.map(\.seed) == Array(repeating: 1, count: 6) + Array(repeating: 7, count: 6))
    #expect(
      configurations[1].options == [
        .init("epochs", "3"), .init("beta", "0.5"), .init("theta", "1.5"),
      ])
  }

  @Test(arguments: [
    ("# nothing", "empty"), ("grid: {beta: [1]}", "'preset' is missing"),
    ("preset: digits", "'grid' is missing"),
    ("preset: digits\ngird: {beta: [1]}", "did you mean 'grid'"),
    ("preset: digits\ngrid: {beta: 0.5}", "must be a list"),
    ("preset: digits\ngrid: {beta: [1, 1]}", "different values"),
    ("preset: digits\ngrid: {beta: []}", "must be a list"),
    ("preset: digits\ngrid: {seed: [1, 2]}", "has no place"),
    ("preset: digits\ngrid: {--beta: [1, 2]}", "without dashes"),
    ("preset: digits\ntrain: {beta: 1}\ngrid: {beta: [1, 2]}", "either fixed or varies"),
    ("preset: digits\ntrain: {beta: [1, 2]}\ngrid: {theta: [1]}", "one value"),
    ("preset: digits\ngrid: {beta: [1, 2]}\nseeds: [1, 1]", "different whole numbers"),
    ("preset: digits\ngrid: {beta: [1, 2]}\nreplay-samples: 0", "whole number from 1"),
  ])
  func badOnesSayWhatToDo(_ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "bad.yaml")
    let error = #expect(throws: ExplorationError.self) { _ = try SweepSpecification(path) }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test func unknownNamesAndFiles() {
    for word in ["fig3", "missing.yaml"] {
      #expect(throws: ExplorationError.self) { _ = try SweepSpecification(word) }
    }
  }
}
