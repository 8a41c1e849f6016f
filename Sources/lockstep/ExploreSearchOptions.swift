import ArgumentParser
import Exploration

/// How `lockstep explore` searches.
struct ExploreSearchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      exact: with a proof, however long it takes; genetic: NSGA-II, with a bound of what it may have \
      missed where one is known; auto: exact, and genetic from there on if some seconds are not enough.
      """, valueName: "method"))
  var search = SearchOptions.Method.automatic

  @Option(help: ArgumentHelp("Designs that a genetic search looks at.", valueName: "n"))
  var evaluations = 20_000

  @Option(help: ArgumentHelp("The seed of a genetic search.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    guard (100...100_000_000).contains(evaluations) else {
      throw ValidationError("--evaluations is \(evaluations); it must be from 100 to 100000000.")
    }
  }

  /// The options of the search.
  var options: SearchOptions {
    SearchOptions(method: search, evaluations: evaluations, seed: seed)
  }
}

extension SearchOptions.Method: ExpressibleByArgument {}
