import ArgumentParser
import Exploration

/// `lockstep results`: what sweeps have measured, in a store.
struct ResultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Look into a store of results; export, merge and clean it.",
    discussion: """
      A store is an SQLite file that 'lockstep sweep -o FILE.sqlite' writes: every point once, under the \
      digest of all that determines it. Any SQLite program can read it; its views (sweep_results, \
      sweep_summary) have the units in their column names.

      EXAMPLES
          lockstep results list results.sqlite
          lockstep results list results.sqlite --sweep fig2 --where 'accuracy_percent > 90'
          lockstep results show results.sqlite 403f76
          lockstep results export results.sqlite -o results.csv
          lockstep results merge results.sqlite shard-*.jsonl other.sqlite
          lockstep results gc results.sqlite --failed --dry-run

      docs/Results.md explains tables, views and recovery.
      """,
    subcommands: [
      ResultsListCommand.self, ResultsShowCommand.self, ResultsExportCommand.self,
      ResultsMergeCommand.self, ResultsGarbageCommand.self,
    ])
}

/// Which points of a store: of the subcommands that look at several.
struct PointSelectionOptions: ParsableArguments {
  @Option(help: "The points of this sweep only.")
  var sweep: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Only points for which this holds, in SQL with the columns of the view sweep_results: "
        + "'beta = 0.5 AND accuracy_percent > 90'. May be given several times.",
      valueName: "condition"))
  var conditions: [String] = []

  var selection: PointSelection { PointSelection(sweep: sweep, conditions: conditions) }
}
