import Accelerator

extension ReplayComparison {
  /// The comparison for a person at a terminal: a waterfall from one latency to the other.
  ///
  /// - Parameters:
  ///   - style: what the device can show.
  ///   - rows: how many changes to show one by one.
  /// - Returns: the text, ending in a line break.
  public func text(_ style: TextStyle, rows: Int = 20) -> String {
    let lines = style.wrapped(verdict).map { style.emphasised($0, .title) }
    var sections = [style.adapted(lines.joined(separator: "\n") + "\n")]
    let changed = contributions.filter { abs($0.difference) >= 0.05 }
    if !changed.isEmpty { sections.append(waterfall(changed, rows: rows).rendered(style)) }
    for warning in warnings {
      let lines = style.wrapped("warning: " + warning + ".", indent: 0)
      let text = lines.map { style.emphasised($0, .highlight) }.joined(separator: "\n")
      sections.append(style.adapted(text) + "\n")
    }
    return sections.joined(separator: "\n")
  }

  /// By how much the second replay is slower or faster, in a sentence.
  var verdict: String {
    let change = before > 0 ? " (\(signed(difference / before * 100, places: 2)) %)" : ""
    return
      "\(signed(difference, places: 1)) cycles a sample\(change): "
      + "\(NumberFormat.decimal(before, places: 1)) on '\(names[0])', "
      + "\(NumberFormat.decimal(after, places: 1)) on '\(names[1])'; "
      + "\(NumberFormat.duration(secondsBefore)) and \(NumberFormat.duration(secondsAfter))."
  }

  func waterfall(_ changed: [Contribution], rows: Int) -> TextTable {
    var table = TextTable(
      title: "Where the difference comes from",
      explanation: """
        Mean cycles a sample on the critical path, largest change first; the changes add up to the \
        difference.
        """,
      columns: [
        .text("layer"), .text("engine"), .text("state"), .number("before"), .number("after"),
        .number("change"), .bar("size of the change"),
      ])
    let largest = changed.map { abs($0.difference) }.max() ?? 1
    func append(_ names: [String], _ before: Double, _ after: Double) {
      let numbers = [
        NumberFormat.decimal(before, places: 1), NumberFormat.decimal(after, places: 1),
        signed(after - before, places: 1),
      ]
      let share = min(abs(after - before) / largest, 1)
      table.append((names + numbers).map(TextTable.Cell.text) + [.share(share, text: "")])
    }
    for entry in changed.prefix(rows) {
      append([entry.layer, entry.engine ?? "", entry.state ?? ""], entry.before, entry.after)
    }
    let others = changed.dropFirst(rows)
    if !others.isEmpty {
      append(
        ["\(others.count) others", "", ""], others.reduce(0) { $0 + $1.before },
        others.reduce(0) { $0 + $1.after })
    }
    table.appendRule()
    append(["total", "", ""], before, after)
    return table
  }

  private func signed(_ value: Double, places: Int) -> String {
    (value < 0 ? "-" : "+") + NumberFormat.decimal(abs(value), places: places)
  }
}
