import Accelerator
import Foundation
import TestSupport
import Testing

@Suite struct CompareCommandTests {
  private let folder: TemporaryFolder
  private let program: LockstepProgram

  init() throws {
    folder = try TemporaryFolder()
    program = try LockstepProgram()
  }

  /// Replays a random trace and returns the path of the report.
  private func report(elements: Int, _ arguments: String...) throws -> String {
    let trace = folder.path("t.spikes")
    if !folder.names.contains("t.spikes") { _ = try RandomTrace.write(samples: 5, to: trace) }
    let text = RandomTrace.hardware.replacing(
      "processing-elements: 2", with: "processing-elements: \(elements)")
    let hardware = try folder.write(text, to: "h\(elements).yaml")
    let path = folder.path("r\(elements)\(arguments.count).json")
    let result = try program.run(
      ["replay", trace, "--hardware", hardware, "-q", "--json", path] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return path
  }

  private struct Comparison: Decodable {
    struct Contribution: Decodable {
      let layer: String
      let engine: String?
      let difference: Double
    }
    let before, after: Double
    let contributions: [Contribution]
  }

  @Test func changesAddUpToTheDifference() throws {
    let (few, many) = try (report(elements: 1, "--explain"), report(elements: 2, "--explain"))
    let result = try program.run(["compare", few, many, "--json", "-"])
    #expect(result.status == 0, "\(result.errors)")
    let comparison = try JSONDecoder().decode(Comparison.self, from: Data(result.output.utf8))
    #expect(comparison.after < comparison.before)
    let sum = comparison.contributions.reduce(0) { $0 + $1.difference }
    #expect(abs(sum - (comparison.after - comparison.before)) < 1e-6)
    #expect(comparison.contributions.allSatisfy { $0.engine != nil })
    #expect(comparison.contributions.first?.layer == "conv1")

    let text = try program.run(["compare", few, many]).output
    #expect(text.contains("Where the difference comes from"))
    #expect(!text.contains("warning"))
  }

  @Test func withoutExplanationsLayersAreCompared() throws {
    let (few, many) = try (report(elements: 1), report(elements: 2, "--explain"))
    let result = try program.run(["compare", few, many])
    #expect(result.status == 0)
    #expect(result.output.contains("by layer only"))
  }

  @Test func equalReplaysDoNotDiffer() throws {
    let path = try report(elements: 2, "--explain")
    let result = try program.run(["compare", path, path])
    #expect(result.output.hasPrefix("+0.0 cycles a sample (+0.00 %)"))
    #expect(!result.output.contains("Where the difference"))
  }

  @Test func filesThatAreNoReports() throws {
    let path = try report(elements: 2)
    let text = try folder.write("hello", to: "x.json")
    for arguments in [[path, text], [text, path], [path, folder.path("none.json")]] {
      let result = try program.run(["compare"] + arguments)
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors.hasPrefix("error: "))
    }
  }
}
