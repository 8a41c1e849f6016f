import Reports
import Testing

@Suite struct NumberFormatTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func wholeNumbersHaveThousandsSeparators(_ value: Int, _ text: String) {
    #expect(NumberFormat.count(value) == text)
  }

  @Test(arguments: [
    (1234.56, 1, "1,234.6"), (0.05, 1, "0.1"), (-0.04, 1, "0.0"), (-1.5, 2, "-1.50"),
    (2.005, 0, "2"), (1e300, 1, "1e+300"), (.infinity, 1, "inf"),
  ])
  func decimalsAreFixed(_ value: Double, _ places: Int, _ text: String) {
    #expect(NumberFormat.decimal(value, places: places) == text)
  }

  @Test(arguments: [
    (0.0, "0"), (0.123456, "0.123"), (1.23456, "1.23"), (9.996, "10.0"), (41.26, "41.3"),
    (99.96, "100"), (1234.5, "1,235"),
  ])
  func threeDigitsAreSignificant(_ value: Double, _ text: String) {
    #expect(NumberFormat.significant(value) == text)
  }

  @Test(arguments: [
    (412.3e-6, "412 µs"), (0.9996e-3, "1.00 ms"), (41.2e-3, "41.2 ms"), (2.0, "2.00 s"),
    (10e-9, "10.0 ns"), (0.0, "0 s"),
  ])
  func timesChooseTheirUnit(_ seconds: Double, _ text: String) {
    #expect(NumberFormat.duration(seconds) == text)
  }

  @Test func otherUnits() {
    #expect(NumberFormat.frequency(100e6) == "100 MHz")
    #expect(NumberFormat.frequency(1.25e9) == "1.25 GHz")
    #expect(NumberFormat.frequency(32_768) == "32.768 kHz")
    #expect(NumberFormat.percent(0.6131) == "61.3 %")
    #expect(NumberFormat.bytes(812) == "812 B")
    #expect(NumberFormat.bytes(41_230) == "41.2 kB")
    #expect(NumberFormat.amount(1, of: "sample") == "1 sample")
    #expect(NumberFormat.amount(1500, of: "sample") == "1,500 samples")
  }
}

@Suite struct SharesTests {
  @Test(
    arguments: [
      [1, 1, 1], [1, 2, 3, 4, 5, 6, 7], [0, 0, 5], [1, 999_999], [UInt64.max, UInt64.max, 1],
      [UInt64.max],
    ] as [[UInt64]])
  func sharesAddUpToTheWhole(_ parts: [UInt64]) {
    #expect(Shares.permille(parts).reduce(0, +) == 1000)
  }

  @Test func missingTenthsGoToTheLargestRemainders() {
    #expect(Shares.permille([1, 1, 1]) == [334, 333, 333])
    #expect(Shares.permille([2, 1]) == [667, 333])
  }

  @Test func nothingHasNoShares() {
    #expect(Shares.permille([0, 0]) == [0, 0])
    #expect(Shares.permille([]) == [])
  }

  @Test func tenthsArePrinted() { #expect(Shares.text(613) == "61.3 %") }
}
