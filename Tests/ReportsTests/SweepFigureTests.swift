import Accelerator
import Exploration
import Foundation
import PowerEstimation
import Reports
import TestSupport
import Testing

/// Figures of sweeps: what they say follows from the points, whatever these are.
@Suite struct SweepFigureTests {
  /// A point whose latency and efficiency follow from its microseconds.
  private func point(
    _ surrogate: String = "fast-sigmoid", scale: Double = 0.25, beta: Double = 0.25,
    theta: Double = 1, seed: UInt64 = 1, accuracy: Int, firing: Double = 0.1,
    microseconds: UInt64 = 1000
  ) -> SweepPoint {
    let cycles = CycleDistribution([microseconds * 100])
    let seconds = Double(microseconds) * 1e-6
    let power = SweepMeasurement.Power(
      watts: Estimate(1, low: 0.6, high: 1.4),
      joulesPerImage: Estimate(1, low: 0.6, high: 1.4) * seconds,
      framesPerSecondPerWatt: 1 / (Estimate(1, low: 0.6, high: 1.4) * seconds))
    return SweepPoint(
      key: "\(surrogate) \(scale) \(beta) \(theta) \(seed)", sweep: "test",
      hyperparameters: SweepHyperparameters(
        surrogate: surrogate, scale: scale, beta: beta, theta: theta, timeSteps: 10,
        network: "16C3-100", settings: ["epochs": "4", "seed": "\(seed)", "surrogate": surrogate]),
      seed: seed,
      provenance: SweepProvenance(
        softwareVersion: "0.1.0", command: "lockstep train", dataSet: "fashion-mnist",
        dataFingerprint: "ab", trainingSamples: 10, validationSamples: 5),
      outcome: .measured(
        SweepMeasurement(
          accuracy: .init(samples: 1000, correct: accuracy),
          layers: [.init(name: "conv1", neurons: 300, firingRate: firing)],
          platform: .init(
            name: "demo", generation: "conv-2023", clockHertz: 1e8, device: "XCKU5P", samples: 1),
          latencyCycles: cycles, latencySeconds: TimeDistribution(cycles, clock: 1e8),
          vectorless: power, activity: power)))
  }

  private func results(_ points: [SweepPoint]) throws -> SweepResults {
    let folder = try TemporaryFolder()
    let text = try points.map { String(decoding: try $0.line(), as: UTF8.self) }.joined()
    return try SweepResults(paths: [folder.write(text, to: "results.jsonl")])
  }

  @Test func aCutOfLatencyIsNamedWithItsPrice() throws {
    let figure = try MembraneSweepFigure(
      results([
        point(beta: 0.25, theta: 1, accuracy: 880, microseconds: 1000),
        point(beta: 0.5, theta: 1.5, accuracy: 868, microseconds: 570),
        point(beta: 0.5, theta: 2, accuracy: 849, microseconds: 300),
        point(beta: 0.9, theta: 1, accuracy: 870, microseconds: 900),
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
        point(beta: 0.25, theta: 1, accuracy: 880, microseconds: 1000),
        point(beta: 0.5, theta: 1.5, accuracy: 700, microseconds: 1255),
      ]))
    #expect(figure.statements[0].hasPrefix("No setting within 3 points of"))
    #expect(figure.statements[1].contains("is not seen here"))
    #expect(figure.statements[1].contains("lengthens latency by 25.5 % for 18.0 points"))
  }

  @Test(arguments: [(0.082, "18.0 % less than"), (0.118, "18.0 % more than"), (0.1, "as much as")])
  func spikesAtMatchedAccuracy(_ firing: Double, _ words: String) throws {
    let figure = try SurrogateScaleFigure(
      results([
        point("arctangent", scale: 2, accuracy: 880, firing: 0.1),
        // Sparser, but below the accuracy that is compared.
        point("arctangent", scale: 4, accuracy: 300, firing: 0.01),
        point(scale: 1, accuracy: 885, firing: firing),
        point(scale: 4, accuracy: 890, firing: 0.2),
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
          point("arctangent", scale: 2, seed: 1, accuracy: 880, firing: 0.1),
          point("arctangent", scale: 2, seed: 2, accuracy: 880, firing: 0.12),
          point("arctangent", scale: 4, seed: 1, accuracy: 880, firing: 0.3),
          point(scale: 2, seed: 1, accuracy: 880, firing: 0.08),
          point(scale: 2, seed: 2, accuracy: 880, firing: second),
        ])
      ).statements.joined()
    }
    #expect(try statements(0.11).contains("may be chance"))
    #expect(try !statements(0.09).contains("may be chance"))
  }

  @Test func untrainedNetworksAreCalledThat() throws {
    let figure = try MembraneSweepFigure(
      results([point(theta: 1, accuracy: 100), point(theta: 2, accuracy: 110)]))
    #expect(figure.statements[0].contains("None of these networks has learned"))
  }

  @Test func resultsOfOtherExperimentsAreRefused() throws {
    let mixed = try results([point(beta: 0.5, accuracy: 880), point(scale: 4, accuracy: 880)])
    var error = #expect(throws: ExplorationError.self) { _ = try MembraneSweepFigure(mixed) }
    #expect(error?.message.contains("differ in scale") == true)
    error = #expect(throws: ExplorationError.self) { _ = try SurrogateScaleFigure(mixed) }
    #expect(error?.message.contains("differ in beta") == true)
    let single = try results([point(accuracy: 880)])
    error = #expect(throws: ExplorationError.self) { _ = try SurrogateScaleFigure(single) }
    #expect(error?.message.contains("several scales") == true)
    var failed = point(accuracy: 880)
    failed.outcome = .failed("the loss is not a number")
    let none = try results([failed])
    error = #expect(throws: ExplorationError.self) { _ = try MembraneSweepFigure(none) }
    #expect(error?.message.contains("the loss is not a number") == true)
  }

  @Test func missingSeedsAreAWarning() throws {
    let figure = try MembraneSweepFigure(
      results([
        point(theta: 1, seed: 1, accuracy: 880), point(theta: 1, seed: 2, accuracy: 880),
        point(theta: 2, seed: 1, accuracy: 870),
      ]))
    #expect(figure.page.warnings.contains { $0.contains("1 of 2 settings have fewer seeds") })
    for chart in figure.page.sections.flatMap(\.charts) {
      #expect(chart.description.count > 30 && !chart.rows.isEmpty, "\(chart.name)")
    }
    #expect(try figure.page.html().hasSuffix("</html>\n"))
  }
}
