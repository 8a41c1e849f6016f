import ArgumentParser
import Exploration
import Reports

/// `lockstep sweep collect`: merges what the tasks of a sweep have written.
struct SweepCollectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Add the points that a sweep on a cluster has so far to a results file, each once.",
    discussion: """
      EXIT STATUS
        0 if all points are there, else 1.
      """)

  @Argument(help: "The sweep's folder.", completion: .directory)
  var folder: String

  @Option(
    name: .shortAndLong, help: "The results file, or store (.sqlite); points are added.",
    completion: .file(extensions: ["jsonl", "sqlite", "db"]))
  var output: String

  @ArgumentParser.Flag(
    help: "Stay until all points are there, and submit tasks again that are lost.")
  var watch = false

  @Option(
    help: ArgumentHelp(
      "With --watch: how often a task that ends without all its points is submitted again.",
      valueName: "n"))
  var retries = 2

  @OptionGroup var quietness: QuietOptions

  func run() async throws {
    let folder = SweepFolder(path: folder)
    let manifest = try folder.manifest()
    var merged = try MergedResults(
      path: output, keys: manifest.points.map(\.key), of: manifest.sweep)
    var collected = CollectedPoints(folder, manifest)
    try merged.add(collected.update())
    if watch {
      try await SlurmWatch(
        sweep: SlurmSweep(opening: folder), output: output, retries: retries, concurrent: nil,
        isQuiet: quietness.quiet
      ).run(&collected, &merged)
    }
    for problem in collected.problems.values.sorted() {
      StandardError.write("warning: \(problem)\n")
    }
    let total = manifest.points.count
    if !quietness.quiet {
      StandardError.write(
        "\(NumberFormat.count(collected.points.count)) of \(NumberFormat.amount(total, of: "point")) "
          + "are in \(output)\n")
    }
    if collected.points.count < total { throw ExitStatus.checkFailed.asError }
  }
}
