import Exploration
import Foundation
import Reports

/// The file that `lockstep explore --page` writes: a page, or its tables.
struct ExplorePageFile {
  private let file: FileOutput
  private let format: ReportCommand.Format

  /// Opens the file, so that a folder that cannot be written is noticed before the work.
  init(path: String) throws {
    format = try ReportCommand.Format.resolved(nil, output: path)
    file = try FileOutput(path: path)
  }

  /// Writes a result.
  func commit(_ report: ExplorationReport) throws {
    let whole = ExplorationPage(report, limit: .max).page
    switch format {
    case .html: try file.commit(Data(try ExplorationPage(report).page.html().utf8))
    case .markdown: try file.commit(Data(whole.markdown.utf8))
    case .commaSeparated: try file.commit(Data(whole.commaSeparatedValues.utf8))
    case .json: try file.commit(Data(try ResultJSON.text(report).utf8))
    }
  }
}
