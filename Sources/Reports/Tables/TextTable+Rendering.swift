extension TextTable {
  private static let gap = 2
  private static let margin = 2
  private static let longestBar = 20
  private static let shortestText = 6

  /// The table as text that ends in a line break.
  public func rendered(_ style: TextStyle) -> String {
    let layout = layout(for: style)
    var lines: [String] = []
    if !title.isEmpty { lines.append(style.emphasised(title, .title)) }
    if !explanation.isEmpty {
      lines += style.wrapped(explanation, indent: Self.margin).map { style.emphasised($0, .faint) }
    }
    if !lines.isEmpty { lines.append("") }
    let titles = columns.map { Cell.text($0.title) }
    lines.append(line(titles, layout, style, isHeader: true, isHighlighted: false))
    let rule = String(repeating: " ", count: Self.margin) + dashes(layout.total)
    lines.append(style.emphasised(rule, .faint))
    for row in rows {
      switch row {
      case .rule: lines.append(style.emphasised(rule, .faint))
      case .cells(let cells, let isHighlighted):
        lines.append(line(cells, layout, style, isHeader: false, isHighlighted: isHighlighted))
      }
    }
    return style.adapted(lines.joined(separator: "\n") + "\n")
  }

  /// The columns of a device that shows everything.
  var naturalWidth: Int { layout(for: TextStyle()).total + Self.margin }

  /// The columns' widths, and the length of the bars in them.
  private struct Layout {
    var widths: [Int]
    var bar: Int
    var total: Int { widths.reduce(0, +) + max(widths.count - 1, 0) * TextTable.gap }
  }

  private func layout(for style: TextStyle) -> Layout {
    var texts = columns.map(\.title.count)
    for case .cells(let cells, _) in rows {
      for (column, cell) in zip(columns.indices, cells) where columns[column].kind != .bar {
        texts[column] = max(texts[column], cell.text.count)
      }
    }
    var percentages = columns.map { _ in 0 }
    for case .cells(let cells, _) in rows {
      for (column, cell) in zip(columns.indices, cells) where columns[column].kind == .bar {
        percentages[column] = max(percentages[column], cell.text.count)
      }
    }
    func candidate(bar: Int) -> Layout {
      let widths = columns.indices.map { column in
        columns[column].kind == .bar
          ? max(texts[column], percentages[column] + (bar > 0 ? bar + 1 : 0)) : texts[column]
      }
      return Layout(widths: widths, bar: bar)
    }
    var layout = candidate(bar: Self.longestBar)
    guard let width = style.width else { return layout }
    let available = width - Self.margin
    while layout.total > available, layout.bar > 0 { layout = candidate(bar: layout.bar - 1) }
    // The longest texts give way first: they are explanations, the short ones names.
    while layout.total > available {
      let texts = columns.indices.filter { columns[$0].kind == .text }
      guard let widest = texts.max(by: { layout.widths[$0] < layout.widths[$1] }),
        layout.widths[widest] > Self.shortestText
      else { break }
      layout.widths[widest] -= 1
    }
    return layout
  }

  private func line(
    _ cells: [Cell], _ layout: Layout, _ style: TextStyle, isHeader: Bool, isHighlighted: Bool
  ) -> String {
    var fields: [String] = []
    for (index, column) in columns.enumerated() {
      let cell = index < cells.count ? cells[index] : .text("")
      let width = layout.widths[index]
      var field = padded(cell, column.kind, width, layout.bar, style)
      if isHighlighted, column.kind != .bar { field = style.emphasised(field, .highlight) }
      fields.append(field)
    }
    var line = String(repeating: " ", count: Self.margin)
    line += fields.joined(separator: String(repeating: " ", count: Self.gap))
    if !style.usesColour { line = line.trimmingTrailingSpaces() }
    return isHeader ? style.emphasised(line, .title) : line
  }

  private func padded(
    _ cell: Cell, _ kind: Column.Kind, _ width: Int, _ bar: Int, _ style: TextStyle
  ) -> String {
    var text = cell.text
    if text.count > width { text = String(text.prefix(max(width - 1, 0))) + "…" }
    let spaces = String(repeating: " ", count: width - text.count)
    switch (kind, cell) {
    case (.text, _): return text + spaces
    case (.number, _): return spaces + text
    case (.bar, .share(let share, _)) where bar > 0:
      // Percentages are right-aligned beside the bars, so that both can be compared down the column.
      let drawn = style.emphasised(style.bar(share, width: bar), .bar)
      return drawn + String(repeating: " ", count: max(width - bar - text.count, 0)) + text
    case (.bar, .share): return spaces + text
    case (.bar, .text): return text + spaces
    }
  }

  private func dashes(_ count: Int) -> String { String(repeating: "─", count: count) }
}

extension TextTable.Cell {
  /// What the cell says without its bar.
  var text: String {
    switch self {
    case .text(let text): text
    case .share(_, let text): text
    }
  }
}

extension String {
  fileprivate func trimmingTrailingSpaces() -> String {
    var copy = self
    while copy.last == " " { copy.removeLast() }
    return copy
  }
}
