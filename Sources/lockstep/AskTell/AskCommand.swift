import ArgumentParser
import Exploration

/// `lockstep ask`: what to try next, for programs that choose points.
struct AskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask",
    abstract:
      "Print the space of a sweep, or points of it that are still to be measured, as JSON lines.",
    discussion: """
      With --space, one line says which options vary, in which bounds, and which numbers come back. \
      Otherwise points are printed that are not in the store yet and that nobody runs, in the order of the \
      grid or of the random draws; 'lockstep tell' measures them. No line means that all are there.

      EXAMPLES
          lockstep ask my-sweep.yaml --space
          lockstep ask my-sweep.yaml --store results.sqlite -n 4 | \\
            lockstep tell my-sweep.yaml --store results.sqlite

      docs/AskTell.md has the protocol, and an example with Optuna.
      """)

  @OptionGroup var sweep: SweepInput

  @Option(
    help: "Leave out points that are in this store, or file of JSON lines.",
    completion: .file(extensions: ["sqlite", "jsonl"]))
  var store: String?

  @Option(name: [.customShort("n"), .long], help: "How many points to print.")
  var points = 1

  @ArgumentParser.Flag(help: "Print the space instead of points.")
  var space = false

  func validate() throws {
    guard points > 0 else { throw ValidationError("-n is \(points); it counts from 1.") }
  }

  func run() throws {
    let specification = try sweep.specification()
    guard !space else {
      try StandardOutput.write(ResultJSON.line(SpaceDescription(specification)))
      return
    }
    for point in try suggestions(specification).prefix(points) {
      try StandardOutput.write(ResultJSON.line(point))
    }
  }

  private func suggestions(_ specification: SweepSpecification) throws -> [SuggestedPoint] {
    guard let store else {
      return try specification.configurations.enumerated().map { number, configuration in
        SuggestedPoint(
          id: number, choices: configuration.choices, seed: configuration.seed,
          key: nil)
      }
    }
    let taken = try SweepOutput.takenKeys(store)
    return try SweepPlan(specification, extra: sweep.training).jobs.enumerated().filter {
      !taken.contains($0.element.key)
    }.map { number, job in
      SuggestedPoint(id: number, choices: job.choices, seed: job.seed, key: job.key)
    }
  }
}
