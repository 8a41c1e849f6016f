import ArgumentParser
import Exploration
import Foundation
import Reports

/// `lockstep figure`: a published figure, drawn from the results of a sweep.
struct FigureCommand: ParsableCommand {
  /// The figures by the names of the command line.
  enum Figure: String, ExpressibleByArgument, CaseIterable {
    case fig1
    case fig2

    /// Draws the figure.
    func drawn(_ results: SweepResults) throws -> any SweepFigure {
      switch self {
      case .fig1: try SurrogateScaleFigure(results)
      case .fig2: try MembraneSweepFigure(results)
      }
    }
  }

  static let configuration = CommandConfiguration(
    commandName: "figure",
    abstract: "Draw a published figure from the results of a sweep.",
    discussion: """
      fig1 is accuracy and FPS/W against the scale of the surrogate's derivative, fig2 accuracy and \
      latency over beta and theta, both of arXiv 2402.06211. The page says in words what the figure shows \
      in these results, and sets the paper's own numbers beside them.

      EXAMPLE
          lockstep figure fig2 sweeps/fashion-fig2.jsonl -o fig2.html
      """)

  @Argument(help: "The figure: \(Figure.list).")
  var figure: Figure

  @Argument(
    help: "Results of 'lockstep sweep', stores or lines; several files are one sweep.",
    completion: .file(extensions: ["sqlite", "jsonl"]))
  var results: [String]

  @Option(help: "Draw the points of this sweep only; a store may have several.")
  var sweep: String?

  @Option(name: .shortAndLong, help: "The file to write; '-' is standard output.")
  var output: String

  @Option(help: "Its format; by its extension if not given: \(ReportCommand.Format.list).")
  var format: ReportCommand.Format?

  func run() throws {
    let format = try ReportCommand.Format.resolved(format, output: output)
    let figure = try figure.drawn(SweepResults(paths: results, sweep: sweep))
    let file = try FileOutput(path: output)
    switch format {
    case .html: try file.commit(Data(try figure.page.html().utf8))
    case .markdown: try file.commit(Data(figure.page.markdown.utf8))
    case .commaSeparated: try file.commit(Data(figure.page.commaSeparatedValues.utf8))
    case .json: try file.commit(Data(try ResultJSON.text(figure.content).utf8))
    }
    if output != "-" {
      try StandardOutput.write(figure.statements.joined(separator: "\n") + "\n\(output)\n")
    }
  }
}
