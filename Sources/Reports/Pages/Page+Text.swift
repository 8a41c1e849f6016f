extension Page {
  /// The page as Markdown: headings, sentences and tables; charts by their description.
  public var markdown: String {
    var text = "# \(title)\n\n\(subject)\n\n"
    if !verdict.isEmpty { text += "**\(verdict.joined(separator: " "))**\n\n" }
    for warning in warnings { text += "> Warning: \(warning)\n>\n" }
    if !warnings.isEmpty { text += "\n" }
    for section in sections {
      if !section.title.isEmpty { text += "## \(section.title)\n\n" }
      if !section.explanation.isEmpty { text += "\(section.explanation)\n\n" }
      for table in section.tables { text += table.markdown + "\n" }
    }
    return text + "\(footer)\n"
  }

  /// All tables as comma-separated values (RFC 4180), each after a line with its title.
  public var commaSeparatedValues: String {
    sections.flatMap(\.tables).map { table in
      CommaSeparatedValues.text([[table.title]] + table.texts)
    }.joined(separator: "\r\n")
  }
}

extension TextTable {
  /// The header and the rows as texts.
  var texts: [[String]] {
    [columns.map(\.title)]
      + rows.compactMap { row in
        guard case .cells(let cells, _) = row else { return nil }
        return columns.indices.map { index in
          guard index < cells.count else { return "" }
          switch cells[index] {
          case .text(let text), .share(_, let text): return text
          }
        }
      }
  }

  /// The table as Markdown.
  var markdown: String {
    func line(_ cells: [String]) -> String {
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |\n"
    }
    var text = title.isEmpty ? "" : "### \(title)\n\n"
    if !explanation.isEmpty { text += "\(explanation)\n\n" }
    let texts = texts
    text += line(texts[0])
    text += line(columns.map { $0.kind == .text ? "---" : "---:" })
    for row in texts.dropFirst() { text += line(row) }
    return text
  }
}
