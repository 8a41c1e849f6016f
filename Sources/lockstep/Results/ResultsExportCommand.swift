import ArgumentParser
import Exploration
import Foundation
import Reports

/// `lockstep results export`: points as a file for other programs.
struct ResultsExportCommand: ParsableCommand {
  /// The forms of an export.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case commaSeparated = "csv"
    case json
    case lines = "jsonl"
  }

  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write points as CSV, JSON or JSON lines.",
    discussion: """
      CSV has the columns of the view sweep_results, with units in their names, and one for every other \
      setting that is not the same everywhere. JSON lines are what 'lockstep sweep -o FILE.jsonl' \
      writes: 'figure' and 'merge' read them, and nothing is lost on the way.

      EXAMPLES
          lockstep results export results.sqlite -o results.csv
          lockstep results export results.sqlite --sweep fig2 -o fig2.jsonl
          lockstep results export results.sqlite --format json -o - | jq '.points[0]'
      """)

  @Argument(help: "The store.", completion: .file(extensions: ["sqlite"]))
  var store: String

  @Option(name: .shortAndLong, help: "The file to write; '-' is standard output.")
  var output: String

  @Option(help: "Its format; by its extension if not given: \(Format.list).")
  var format: Format?

  @OptionGroup var points: PointSelectionOptions

  @OptionGroup(title: "Output")
  var verbosity: QuietOptions

  func run() throws {
    let ending = URL(fileURLWithPath: output).pathExtension.lowercased()
    guard let format = format ?? Format(rawValue: ending) else {
      throw ExplorationError(
        message: "'\(output)' does not say what to write; end it in .csv, .json or .jsonl, or give "
          + "--format")
    }
    let results = try ResultStore(path: store, for: .reading)
    let file = try FileOutput(path: output)
    let count: Int
    switch format {
    case .commaSeparated:
      let rows = try results.rows(points.selection)
      count = rows.rows.count
      try file.commit(Data(CommaSeparatedValues.text([rows.columns] + rows.rows).utf8))
    case .json:
      let found = try results.points(points.selection)
      count = found.count
      try file.commit(Data(try ResultJSON.text(PointList(points: found)).utf8))
    case .lines:
      let found = try results.points(points.selection)
      count = found.count
      var lines = Data()
      for stored in found { lines += try stored.point.line() }
      try file.commit(lines)
    }
    if output != "-", !verbosity.quiet {
      try StandardOutput.write("\(output): \(NumberFormat.amount(count, of: "point"))\n")
    }
  }
}
