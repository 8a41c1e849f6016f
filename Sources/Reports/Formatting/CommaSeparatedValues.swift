/// Tables for spreadsheets and other programs: comma-separated values (RFC 4180).
public enum CommaSeparatedValues {
  /// Rows of fields as text; every row ends in a line break.
  ///
  /// - Parameter rows: the rows, that of the headers first.
  /// - Returns: the text.
  public static func text(_ rows: [[String]]) -> String {
    rows.map { row in row.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return text
    }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
