import Reports
import Testing

@Suite struct TextTableTests {
  private func sample() -> TextTable {
    var table = TextTable(
      title: "Cycles", explanation: "Mean over all samples.",
      columns: [.text("layer"), .number("cycles"), .bar("share")])
    table.append(["conv1", "1,234", .share(0.25)])
    table.append(["fully connected 1", "12,345", .share(0.75)])
    table.appendRule()
    table.append(["total", "13,579"])
    return table
  }

  @Test func columnsAreAligned() {
    let expected = """
      Cycles
        Mean over all samples.

        layer              cycles  share
        ─
        conv1               1,234  █████                25.0 %
        fully connected 1  12,345  ███████████████      75.0 %
        ─
        total              13,579

      """
    let lines = sample().rendered(TextStyle()).split(
      separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    // The rule is as long as the widest line.
    #expect(lines.count == wanted.count)
    for (line, other) in zip(lines, wanted) where !other.contains("─") { #expect(line == other) }
    #expect(lines[4].count == lines[5].count)
  }

  @Test(arguments: [34, 40, 60, 80]) func widthIsRespected(_ width: Int) {
    let text = sample().rendered(TextStyle(width: width))
    for line in text.split(separator: "\n") { #expect(line.count <= width) }
    #expect(text.contains("12,345") && text.contains("75.0 %"), "numbers are never cut")
  }

  @Test func textGivesWayAfterBars() {
    let text = sample().rendered(TextStyle(width: 30))
    #expect(text.contains("…") && !text.contains("█"))
  }

  @Test func colourOnlyWhereWanted() {
    #expect(!sample().rendered(TextStyle()).contains("\u{1B}"))
    #expect(sample().rendered(TextStyle(usesColour: true)).contains("\u{1B}[1m"))
  }

  @Test func plainDevicesGetASCII() {
    let text = sample().rendered(TextStyle(usesUnicode: false))
    #expect(text.utf8.allSatisfy { $0 < 128 })
    #expect(text.contains("#####"))
  }

  @Test func shortAndLongRowsDoNoHarm() {
    var table = TextTable(columns: [.text("a"), .number("b")])
    table.append(["only"])
    table.append(["one", "2", "3", "4"])
    #expect(table.rendered(TextStyle()) == "  a     b\n  ───────\n  only\n  one   2\n")
  }

  @Test func barsHaveEighths() {
    let style = TextStyle()
    #expect(style.bar(0.5, width: 4) == "██  ")
    #expect(style.bar(1.0 / 32, width: 4) == "▏   ")
    #expect(style.bar(7, width: 3) == "███")
    #expect(style.bar(.nan, width: 3) == "   ")
    #expect(style.bar(-1, width: 3) == "   ")
  }

  @Test func textWrapsBetweenWords() {
    let lines = TextStyle(width: 24).wrapped("one two three four five six seven", indent: 2)
    #expect(lines == ["  one two three four", "  five six seven"])
  }
}

@Suite struct TextStyleTests {
  // Descriptor -1 is no terminal, wherever the tests run.
  private func style(_ environment: [String: String]) -> TextStyle {
    .detected(descriptor: -1, environment: environment)
  }

  @Test func noTerminalMeansNoColourAndNoWidth() {
    #expect(style([:]) == TextStyle())
    #expect(style(["COLUMNS": "72"]).width == 72)
    #expect(style(["COLUMNS": "wide"]).width == nil)
    #expect(style(["COLUMNS": "-5"]).width == nil)
  }

  @Test func charactersFollowTheLocale() {
    #expect(style(["LANG": "C.UTF-8"]).usesUnicode)
    #expect(style(["LANG": "de_DE.utf8"]).usesUnicode)
    #expect(!style(["LANG": "C.UTF-8", "LC_ALL": "C"]).usesUnicode)
    #expect(!style(["TERM": "dumb"]).usesUnicode)
  }
}
