import Accelerator
import Exploration
import Foundation
import PowerEstimation
import Reports
import TestSupport
import Testing

/// Figures of sweeps: what they say follows from the points, whatever these are.
@Suite struct SweepFigureTests {
  private func results(_ points: [SweepPoint]) throws -> SweepResults {
    let folder = try TemporaryFolder()
    let text = try points.map { String(decoding: try $0.line(), as: UTF8.self) }.joined()
    return try SweepResults(paths: [folder.write(text, to: "results.jsonl")])
  }

  @Test func aCutOfLatencyIsNamedWithItsPrice() throws {
    let figure = try MembraneSweepFigure(
      results([
        SweepPoint.example(beta: 0.25, theta: 1, accuracy: 880, microseconds: 1000),
        SweepPoint.example(beta: 0.5, theta: 1.5, accuracy: 868, microseconds: 570),
        SweepPoint.example(beta: 0.5, theta: 2, accuracy: 849, microseconds: 300),
        SweepPoint.example(beta: 0.9, theta: 1, accuracy: 870, microseconds: 900),
      ]))
    #expect(
      figure.statements[0].hasPrefix(
        "Beta 0.5, theta 1.5 cuts latency by 43.0 % for 1.2 points of accuracy"))
    #expect(figure.statements[0].contains("beta 0.25, theta 1.0: 88.0 %, 1.00 ms"))
    #expect(figure.statements[1].contains("is seen here"))
    let published = try #require(figure.page.sections.first { $0.title == "Published, and here" })
    #expect(published.tables[0].rendered(TextStyle(width: 400)).contains("2402.06211"))
  }

  @Test func whereThePapersShapeIsMissingThatIsSaid() throws {
    let figure = try MembraneSweepFigure(
      results([
        SweepPoint.example(beta: 0.25, theta: 1, accuracy: 880, microseconds: 1000),
        SweepPoint.example(beta: 0.5, theta: 1.5, accuracy: 700, microseconds: 1255),
      ]))
    #expect(figure.statements[0].hasPrefix("No setting within 3 points of"))
    #expect(figure.statements[1].contains("is not seen here"))
    #expect(figure.statements[1].contains("lengthens latency by 25.5 % for 18.0 points"))
  }

  @Test(arguments: [(0.082, "18.0 % less than"), (0.118, "18.0 % more than"), (0.1, "as much as")])
  func spikesAtMatchedAccuracy(_ firing: Double, _ words: String) throws {
    let figure = try SurrogateScaleFigure(
      results([
        SweepPoint.example("arctangent", scale: 2, accuracy: 880, firing: 0.1),
        // Sparser, but below the accuracy that is compared.
        SweepPoint.example("arctangent", scale: 4, accuracy: 300, firing: 0.01),
        SweepPoint.example(scale: 1, accuracy: 885, firing: firing),
        SweepPoint.example(scale: 4, accuracy: 890, firing: 0.2),
      ]))
    #expect(figure.statements[0].contains("fast-sigmoid at scale 4 with 89.0 %"))
    #expect(figure.statements[1].contains("fast-sigmoid at scale 1 fires \(words)"))
    #expect(figure.statements[1].contains("one seed"))
    #expect(figure.rows.count == 4)
  }

  @Test func seedsThatOverlapAreChance() throws {
    func statements(_ second: Double) throws -> String {
      try SurrogateScaleFigure(
        results([
          SweepPoint.example("arctangent", scale: 2, seed: 1, accuracy: 880, firing: 0.1),
          SweepPoint.example("arctangent", scale: 2, seed: 2, accuracy: 880, firing: 0.12),
          SweepPoint.example("arctangent", scale: 4, seed: 1, accuracy: 880, firing: 0.3),
          SweepPoint.example(scale: 2, seed: 1, accuracy: 880, firing: 0.08),
          SweepPoint.example(scale: 2, seed: 2, accuracy: 880, firing: second),
        ])
      ).statements.joined()
    }
    #expect(try statements(0.11).contains("may be chance"))
    #expect(try !statements(0.09).contains("may be chance"))
  }

  @Test func untrainedNetworksAreCalledThat() throws {
    let figure = try MembraneSweepFigure(
      results([
        SweepPoint.example(theta: 1, accuracy: 100), SweepPoint.example(theta: 2, accuracy: 110),
      ]))
    #expect(figure.statements[0].contains("None of these networks has learned"))
  }

  @Test func resultsOfOtherExperimentsAreRefused() throws {
    let mixed = try results([
      SweepPoint.example(beta: 0.5, accuracy: 880), SweepPoint.example(scale: 4, accuracy: 880),
    ])
    var error = #expect(throws: ExplorationError.self) { _ = try MembraneSweepFigure(mixed) }
    #expect(error?.message.contains("differ in scale") == true)
    error = #expect(throws: ExplorationError.self) { _ = try SurrogateScaleFigure(mixed) }
    #expect(error?.message.contains("differ in beta") == true)
    let single = try results([SweepPoint.example(accuracy: 880)])
    error = #expect(throws: ExplorationError.self) { _ = try SurrogateScaleFigure(single) }
    #expect(error?.message.contains("several scales") == true)
    var failed = SweepPoint.example(accuracy: 880)
    failed.outcome = .failed("the loss is not a number")
    let none = try results([failed])
    error = #expect(throws: ExplorationError.self) { _ = try MembraneSweepFigure(none) }
    #expect(error?.message.contains("the loss is not a number") == true)
  }

  @Test func missingSeedsAreAWarning() throws {
    let figure = try MembraneSweepFigure(
      results([
        SweepPoint.example(theta: 1, seed: 1, accuracy: 880),
        SweepPoint.example(theta: 1, seed: 2, accuracy: 880),
        SweepPoint.example(theta: 2, seed: 1, accuracy: 870),
      ]))
    #expect(figure.page.warnings.contains { $0.contains("1 of 2 settings have fewer seeds") })
    for chart in figure.page.sections.flatMap(\.charts) {
      #expect(chart.description.count > 30 && !chart.rows.isEmpty, "\(chart.name)")
    }
    #expect(try figure.page.html().hasSuffix("</html>\n"))
  }
}
