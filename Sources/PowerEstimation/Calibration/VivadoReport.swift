import Foundation

/// The tables of a text report of Vivado, row by row.
///
/// Such reports are ASCII boxes: `| name | cell | cell |` between rulers of `+---+`. Of each table only
/// the rows matter here, under the titles of its columns.
struct VivadoReport {
  /// One row of a table.
  struct Row {
    /// The first cell, without the marks of footnotes.
    var name: String
    /// The other cells by the titles of their columns.
    var cells: [String: String]
  }

  let path: String
  let rows: [Row]

  static let largestFile = 1 << 26

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - text: its text.
  ///   - path: how messages name it.
  ///   - command: the command that makes such reports.
  /// - Throws: ``EstimationError`` if the text does not look like a report of that command.
  init(_ text: String, path: String, command: String) throws(EstimationError) {
    self.path = path
    var rows: [Row] = []
    var titles: [String]?
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " }
      guard line.first == "|" else {
        // A ruler belongs to the table, anything else ends it.
        if line.first != "+" { titles = nil }
        continue
      }
      var cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
        .map { $0.trimmingCharacters(in: .whitespaces) }
      if cells.last?.isEmpty == true { cells.removeLast() }
      guard let name = cells.first else { continue }
      if let titles {
        let pairs = zip(titles.dropFirst(), cells.dropFirst())
        rows.append(
          Row(
            name: name.replacingOccurrences(of: "*", with: ""),
            cells: Dictionary(pairs) { first, _ in first }))
      } else if ["Site Type", "On-Chip", "Source", "Clock"].contains(name) {
        titles = cells
      } else {
        // Tables of two columns have no titles.
        rows.append(
          Row(
            name: name.replacingOccurrences(of: "*", with: ""),
            cells: ["": cells.dropFirst().joined(separator: " ")]))
      }
    }
    guard text.contains(command), !rows.isEmpty else {
      throw EstimationError(
        file: path,
        message:
          "this is not a text that Vivado's '\(command)' wrote\(Self.origin(of: text)); write "
          + "one with '\(command) -file \(command).txt'")
    }
    self.rows = rows
  }

  /// What the heading says of where a text comes from, as it stands behind a message.
  static func origin(of text: String) -> String {
    if let command = heading("Command", in: text) { return ": its heading names '\(command)'" }
    for tool in ["Quartus", "Libero", "Diamond", "Radiant", "Yosys"] where text.contains(tool) {
      return ": it seems to be of \(tool), whose reports are not read"
    }
    return ""
  }

  /// The version of Vivado that wrote a text, as it stands behind a message: ` (of Vivado v.2015.4)`.
  static func version(of text: String) -> String {
    guard let version = heading("Tool Version", in: text) else { return "" }
    return " (of \(version.prefix { $0 != "(" }.trimmingCharacters(in: .whitespaces)))"
  }

  /// The value of a line `| Device : xcku5p |` of the heading.
  static func heading(_ name: String, in text: String) -> String? {
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.drop { "| ".contains($0) }.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name else {
        continue
      }
      let value = parts[1].trimmingCharacters(in: CharacterSet(charactersIn: " |"))
      return value.isEmpty ? nil : value
    }
    return nil
  }

  /// The number in a cell of the first row of one of some names.
  ///
  /// - Parameters:
  ///   - names: the row's possible names.
  ///   - column: the column's title; empty in a table of two columns.
  /// - Returns: the number with its rounding as bounds; nil if there is none.
  func number(_ names: [String], _ column: String) -> Estimate? {
    for name in names {
      for row in rows where row.name == name {
        if let value = row.cells[column].flatMap(Self.number) { return value }
      }
    }
    return nil
  }

  /// A number as Vivado writes it: `0.442`, `663360`, `<0.001`.
  static func number(_ text: String) -> Estimate? {
    let isBelow = text.hasPrefix("<")
    guard let value = Double(isBelow ? String(text.dropFirst()) : text), value.isFinite, value >= 0
    else { return nil }
    if isBelow { return Estimate(value / 2, low: 0, high: value) }
    let decimals = text.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first
    let step = decimals.map { pow(10, -Double($0.count)) / 2 } ?? 0
    return Estimate(value, low: max(value - step, 0), high: value + step)
  }

  /// Reads a file that is not absurdly large.
  static func text(at path: String) throws(EstimationError) -> String {
    guard let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: largestFile + 1)
    else {
      throw EstimationError(
        file: path, message: "the file cannot be read; check its name and permissions")
    }
    guard data.count <= largestFile, let text = String(data: data, encoding: .utf8) else {
      throw EstimationError(
        file: path, message: "this is not the text of a report; give a file that Vivado wrote")
    }
    return text
  }
}
