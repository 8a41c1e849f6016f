/// A report as a page: what it says first, then sections of text, charts and tables.
///
/// The same page is written as HTML, as Markdown and as comma-separated values.
public struct Page: Sendable {
  /// A part of a page.
  public struct Section: Sendable {
    /// The heading; empty if the first table's title is one.
    public var title: String
    /// A sentence that says what the reader sees, and where it comes from.
    public var explanation: String
    /// The charts.
    public var charts: [Chart]
    /// The tables; beside charts they hold the same numbers.
    public var tables: [TextTable]
    /// Whether the tables are folded away until the reader asks for them.
    public var foldsTables: Bool
    /// What the list of sections at the top of the page calls it; nil leaves it out.
    public var entry: String?

    /// Creates a section that is listed by its title.
    public init(
      _ title: String, explanation: String = "", charts: [Chart] = [], tables: [TextTable] = [],
      foldsTables: Bool = false
    ) {
      self.title = title
      self.explanation = explanation
      self.charts = charts
      self.tables = tables
      self.foldsTables = foldsTables
      entry = title
    }
  }

  /// What the page is about.
  public var title: String
  /// What was done, in one sentence.
  public var subject: String
  /// What follows from it: the sentences that a reader in a hurry reads.
  public var verdict: [String]
  /// What a reader must know before believing the numbers, a sentence each.
  public var warnings: [String]
  /// The sections.
  public var sections: [Section]
  /// What made the page.
  public var footer: String

  /// Creates a page.
  public init(
    title: String, subject: String, verdict: [String], warnings: [String] = [],
    sections: [Section], footer: String
  ) {
    self.title = title
    self.subject = subject
    self.verdict = verdict
    self.warnings = warnings
    self.sections = sections
    self.footer = footer
  }
}
