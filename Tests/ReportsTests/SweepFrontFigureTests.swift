import Exploration
import Foundation
import Reports
import TestSupport
import Testing

/// The page of any sweep: its front is that of all settings, and what it says follows from the points.
@Suite struct SweepFrontFigureTests {
  private func results(_ points: [SweepPoint]) throws -> SweepResults {
    let folder = try TemporaryFolder()
    let text = try points.map { String(decoding: try $0.line(), as: UTF8.self) }.joined()
    return try SweepResults(paths: [folder.write(text, to: "results.jsonl")])
  }

  private func fields(_ row: ChartJSON) -> [String: ChartJSON] {
    if case .object(let fields) = row { return fields }
    return [:]
  }

  @Test(arguments: 0..<20) func theFrontIsThatOfAllSettings(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let points = (0..<40).map { number in
      SweepPoint.example(
        beta: Double(number) / 40, accuracy: Int.random(in: 500...520, using: &random),
        microseconds: UInt64.random(in: 100...120, using: &random))
    }
    let figure = try SweepFrontFigure(results(points))
    func values(_ point: SweepPoint) -> (Double, Double) {
      (point.measurement?.accuracy.share ?? 0, point.measurement?.latencySeconds.mean ?? 0)
    }
    let rows = figure.rows.map(fields)
    #expect(rows.count == 40)
    for (row, point) in zip(rows, points) {
      let (accuracy, seconds) = values(point)
      let isBeaten = points.contains {
        let other = values($0)
        return other.0 >= accuracy && other.1 <= seconds && other != (accuracy, seconds)
      }
      // Of settings that are alike one is enough.
      if isBeaten { #expect(row["fast"] == 0) }
      if row["fast"] == 0 {
        #expect(
          points.contains { other in
            let other = values(other)
            return other.0 >= accuracy && other.1 <= seconds
          })
      }
      #expect(row["command"] == .text("lockstep train"))
    }
    let unique = Set(rows.indices.filter { rows[$0]["fast"] == 1 }.map { "\(values(points[$0]))" })
    #expect(unique.count == rows.count { $0["fast"] == 1 })
  }

  @Test func theSentencesNameTheTrade() throws {
    let figure = try SweepFrontFigure(
      results([
        .example(beta: 0.25, accuracy: 880, microseconds: 1000),
        .example(beta: 0.5, accuracy: 868, microseconds: 570),
        .example(beta: 0.9, accuracy: 300, microseconds: 200),
        .example(beta: 0.95, accuracy: 290, microseconds: 900),
      ]))
    #expect(figure.statements[0].hasPrefix("The most accurate setting is beta 0.25: 88.0 % (8"))
    #expect(figure.statements[0].contains("in 1.00 ms"))
    #expect(
      figure.statements[1].hasPrefix("3 of 4 settings are on the front")
        && figure.statements[1].contains("beta 0.9: 30.0 % in 200 µs"))
    #expect(figure.statements[2].hasPrefix("1 other setting cannot be told from it"))
    #expect(figure.statements[2].contains("beta 0.5, takes 43.0 % less time"))
  }

  @Test func seedsAreOneSettingWithAnInterval() throws {
    let figure = try SweepFrontFigure(
      results([
        .example(theta: 1, seed: 1, accuracy: 880, microseconds: 100),
        .example(theta: 1, seed: 2, accuracy: 860, microseconds: 110),
        .example(theta: 2, seed: 1, accuracy: 850, microseconds: 90),
      ]))
    let rows = figure.rows.map(fields)
    #expect(rows.count == 2)
    #expect(rows[0]["accuracy"] == 0.87 && rows[0]["latency"] == 105)
    // Student's t of one degree of freedom: 105 +- 12.706 * 5.
    #expect(rows[0]["latencyInterval"] == .text("41.5 to 169 µs"))
    #expect(rows[1]["latencyInterval"] == .text("not known: one seed"))
    guard case .number(let low)? = rows[0]["accuracyLow"],
      case .number(let high)? = rows[0]["accuracyHigh"]
    else {
      Issue.record("there is no interval of the accuracy")
      return
    }
    // Wilson's interval of 870 of 1,000.
    #expect(abs(low - 0.8478) < 1e-4 && abs(high - 0.8894) < 1e-4)
  }

  @Test func whateverVariesIsDrawn() throws {
    var other = SweepPoint.example("arctangent", scale: 4, accuracy: 700, microseconds: 50)
    other.hyperparameters.network = "</script><b>100"
    other.provenance.dataFingerprint = "cd"
    var failed = SweepPoint.example(theta: 9, accuracy: 0)
    failed.outcome = .failed("the loss is not a number")
    let figure = try SweepFrontFigure(
      results([.example(beta: 0.5, accuracy: 880), other, failed]))
    let page = figure.page
    #expect(page.warnings.contains { $0.hasPrefix("1 point failed") })
    #expect(page.warnings.contains { $0.contains("2 data sets") })
    let charts = page.sections.flatMap(\.charts)
    #expect(charts.map(\.name) == ["latency", "energy", "parallel", "best"])
    #expect(charts.prefix(3).allSatisfy { $0.choice?.commands == "{command}" })
    // The best so far never falls.
    let best = try #require(charts.last).rows.compactMap { row -> Double? in
      if case .number(let value)? = fields(row)["best"] { return value }
      return nil
    }
    #expect(best == best.sorted() && best.count == 2)
    let html = try page.html()
    #expect(!html.contains("<b>100") && html.hasSuffix("</html>\n"))
    #expect(throws: ExplorationError.self) { _ = try SweepFrontFigure(results([failed])) }
  }

  @Test func aSinglePointIsAPage() throws {
    let page = try SweepFrontFigure(results([.example(accuracy: 880)])).page
    #expect(page.sections.flatMap(\.charts).map(\.name) == ["latency", "energy"])
    #expect(try page.html().hasSuffix("</html>\n"))
  }
}
