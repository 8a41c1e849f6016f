import ArgumentParser
import Exploration

/// `lockstep tell`: measures the points that another program chooses, and says what came of them.
struct TellCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tell",
    abstract: "Measure points that another program chooses: JSON lines in, JSON lines out.",
    discussion: """
      Every line of standard input chooses a point; it is measured, or found in the store, and answered by \
      a line with the same id. Answers come as points end, which need not be the order of the lines. A line \
      that carries a measurement (a line of a results file) is recorded as it is. A line that makes no sense \
      is answered by a line with 'error', and nothing else happens. The process ends with its input; Ctrl-C \
      keeps everything.

      EXAMPLE
          echo '{"id": 7, "options": {"beta": 0.5, "theta": 1.5}, "seed": 1}' | \\
            lockstep tell fig2 --hardware hardware/digits-demo.yaml --store results.sqlite

      docs/AskTell.md has the protocol, and an example with Optuna.
      """)

  @OptionGroup var sweep: SweepInput

  @Option(
    help: "Where points are looked for and added: a store, or a file of JSON lines.",
    completion: .file(extensions: ["sqlite", "jsonl"]))
  var store: String

  @Option(help: "Points that run at the same time, a thread each; all cores if not given.")
  var threads: Int?

  @OptionGroup(title: "Output")
  var verbosity: QuietOptions

  func run() async throws {
    let threads = try TrainOptions.checkedThreads(threads)
    let specification = try sweep.specification()
    let bench = try SweepBench(specification, extra: sweep.training)
    let sink = try SweepOutput.open(store)
    if !verbosity.quiet {
      for notice in bench.remarks + sink.notices { StandardError.write("note: \(notice)\n") }
    }
    try await TellRun(specification, bench, into: sink, threads: threads).answerAll()
  }
}
