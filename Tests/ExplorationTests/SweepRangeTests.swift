import Exploration
import TestSupport
import Testing

/// Ranges of options, and points that are drawn from them.
@Suite struct SweepRangeTests {
  private func specification(_ text: String) throws -> SweepSpecification {
    let folder = try TemporaryFolder()
    return try SweepSpecification(folder.write("preset: digits\n" + text, to: "a.yaml"))
  }

  private func points(_ text: String) throws -> [[String]] {
    try specification(text).configurations.map { $0.options.map(\.value) }
  }

  private static let axes = """
    grid:
      beta: {from: 0.25, to: 0.95}
      slope: {from: 0.5, to: 32, scale: log}
      batch-size: {from: 16, to: 64, step: 1}
      surrogate: [arctangent, fast-sigmoid]

    """

  @Test func fewerPointsAreTheFirstOfMore() throws {
    let all = try points(Self.axes + "random: 80")
    #expect(all.count == 80 && Set(all).count == 80)
    for count in [1, 40, 79] {
      #expect(try points(Self.axes + "random: \(count)") == Array(all.prefix(count)))
    }
    #expect(try points(Self.axes + "random: 80\nrandom-seed: 1") == all)
    #expect(try points(Self.axes + "random: 80\nrandom-seed: 2") != all)
    // The same on every machine.
    #expect(all[0] == ["0.783675", "0.8993", "16", "arctangent"])
    #expect(all[79] == ["0.322613", "8.99662", "47", "arctangent"])
  }

  @Test func valuesAreInTheirRangesAndSpreadOverThem() throws {
    let all = try points(Self.axes + "random: 2000")
    let betas = try all.map { try #require(Double($0[0])) }
    let slopes = try all.map { try #require(Double($0[1])) }
    let sizes = try all.map { try #require(Int($0[2])) }
    #expect(betas.allSatisfy { (0.25...0.95).contains($0) })
    #expect(slopes.allSatisfy { (0.5...32).contains($0) })
    #expect(Set(sizes) == Set(16...64))
    // Means of 2,000 even draws are this close to the middle but for one time in 10,000.
    #expect(abs(betas.reduce(0, +) / 2000 - 0.6) < 0.018)
    #expect(abs(Double(slopes.count { $0 < 4 }) / 2000 - 0.5) < 0.045)
    #expect(abs(Double(all.count { $0[3] == "arctangent" }) / 2000 - 0.5) < 0.045)
  }

  @Test func anotherAxisLeavesTheValuesOfTheOthers() throws {
    let alone = try points("grid: {beta: {from: 0, to: 1}}\nrandom: 20")
    let both = try points("grid: {theta: [1, 2, 3], beta: {from: 0, to: 1}}\nrandom: 20")
    #expect(both.map { $0[1] } == alone.map { $0[0] })
  }

  @Test func listsAreDrawnWithoutRepetition() throws {
    let text = "grid: {beta: [0.1, 0.2, 0.3], theta: {from: 1, to: 2, step: 0.25}}\n"
    let all = try points(text)
    #expect(all.map { $0[1] }.prefix(5) == ["1", "1.25", "1.5", "1.75", "2"])
    let drawn = try points(text + "random: 15")
    #expect(drawn.count == 15 && Set(drawn) == Set(all) && drawn != all)
    #expect(try specification(text + "random: 3\nseeds: [4, 5]").configurations.count == 6)
  }

  @Test func stepsAreWritten() throws {
    func values(_ range: String) throws -> [String] {
      try points("grid: {beta: \(range)}").map { $0[0] }
    }
    #expect(try values("{from: 0, to: 0.3, step: 0.1}") == ["0", "0.1", "0.2", "0.3"])
    #expect(try values("{from: 1, to: 9.5, step: 4}") == ["1", "5", "9"])
    #expect(try values("{from: -1, to: 1, step: 1}") == ["-1", "0", "1"])
  }

  @Test(arguments: [
    ("grid: {beta: {from: 0.25, to: 0.95}}", "endlessly many"),
    ("grid: {beta: {from: 1, to: 1.000001}}\nrandom: 40", "fewer than 40 different"),
  ])
  func whatHasNoPointsIsSaid(_ text: String, _ message: String) throws {
    let sweep = try specification(text)
    let error = #expect(throws: ExplorationError.self) { _ = try sweep.configurations }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test(arguments: [
    ("grid: {beta: {from: 0.25}}", "'to' of 'beta' is missing"),
    ("grid: {beta: {from: a, to: 1}}", "finite number"),
    ("grid: {beta: {from: 1, to: .inf}}", "finite number"),
    ("grid: {beta: {from: 1, to: 1}}", "has no values"),
    ("grid: {beta: {from: 2, to: 1}}", "has no values"),
    ("grid: {beta: {from: 0, to: 1, scale: log}}", "has no values"),
    ("grid: {beta: {from: 1, to: 2, step: 0}}", "has no values"),
    ("grid: {beta: {from: 1, to: 2, step: 3}}", "has no values"),
    ("grid: {beta: {from: 1, to: 2, step: 0.5, scale: log}}", "has no values"),
    ("grid: {beta: {from: 0, to: 1e30, step: 1e-30}}", "has no values"),
    ("grid: {beta: {from: 1, to: 2, scale: cubic}}", "give one of: linear, log"),
    ("grid: {beta: {from: 1, until: 2}}", "unknown key 'until'"),
    ("grid: {beta: [1, 2]}\nrandom: 3", "has only 2 points"),
    ("grid: {beta: [1, 2]}\nrandom: 0", "whole number from 1"),
    ("grid: {beta: [1, 2]}\nrandom-seed: 3", "'random' is missing"),
  ])
  func badOnesSayWhatToDo(_ text: String, _ message: String) {
    let error = #expect(throws: ExplorationError.self) { _ = try specification(text) }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }
}
