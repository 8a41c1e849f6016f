import Reports
import Testing

@Suite struct EpochPlotTests {
  private let plot = EpochPlot(
    [
      .init(title: "accuracy", values: [0.5, 0.75, 1], form: .share),
      .init(title: "cycles", values: [3000, .nan, 1000], form: .count),
    ], epochs: 10)

  @Test func aColumnAnEpoch() {
    let lines = plot.lines(TextStyle(width: 60))
    #expect(
      lines == [
        "accuracy │ ▁█       │ 100.0 %",
        " 100.0 % │▁██       │ 50.0 %",
        "cycles   │█         │ 3,000",
        "   1,000 │█ ▁       │ 1,000",
      ])
  }

  @Test(arguments: [30, 40, 57, 80, 200])
  func linesFitTheDevice(width: Int) {
    let long = EpochPlot(
      [.init(title: "loss", values: (0..<137).map { 1 / Double($0 + 1) }, form: .number)],
      epochs: 300)
    for line in long.lines(TextStyle(width: width)) { #expect(line.count < width) }
    #expect(long.lines(TextStyle(width: width)).count == 2)
  }

  @Test func devicesWithLittleGetLess() {
    #expect(plot.lines(TextStyle(width: 20)).isEmpty)
    let plain = plot.lines(TextStyle(width: 60, usesUnicode: false))
    #expect(plain.allSatisfy { $0.allSatisfy(\.isASCII) })
    #expect(plain[1].contains("#"))
    let coloured = plot.lines(TextStyle(width: 60, usesColour: true))
    #expect(coloured[0].contains("\u{1B}["))
    #expect(plot.lines(TextStyle(width: 60)).allSatisfy { !$0.contains("\u{1B}") })
  }

  @Test func nothingToShowIsNoFault() {
    let empty = EpochPlot([.init(title: "loss", values: [], form: .number)], epochs: 5)
    #expect(empty.lines(TextStyle(width: 60)).count == 2)
    let lost = EpochPlot(
      [.init(title: "loss", values: [.nan, .infinity], form: .number)], epochs: 2)
    #expect(lost.lines(TextStyle(width: 60)).count == 2)
  }
}
