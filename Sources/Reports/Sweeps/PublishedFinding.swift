/// A number of a paper beside what the results at hand say of the same thing.
struct PublishedFinding: Sendable {
  /// What was measured.
  let subject: String
  /// What the paper says, in words and units.
  let published: String
  /// What the results at hand say; nil where they cannot.
  let here: String?
  /// Where the paper says it.
  let source: String

  /// Findings as a table.
  static func table(_ findings: [PublishedFinding]) -> TextTable {
    var table = TextTable(
      columns: [.text("what"), .text("published"), .text("in these results"), .text("source")])
    for finding in findings {
      table.append([
        finding.subject, finding.published, finding.here ?? "cannot be said", finding.source,
      ])
    }
    return table
  }

  /// What a reader must know of the comparison.
  static let explanation = """
    Published are numbers of the paper's text, for SVHN, its network 32C3-P2-32C3-MP2-256-10 and 25 epochs \
    on its own hardware; the points of its figures are not in the text, so that no published curve is \
    drawn. Where data, network or training differ, the shape may be compared, not the values.
    """

  static let seed = "Aliyev and Adegbija, arXiv 2402.06211 (DATE 2024), text"
}
