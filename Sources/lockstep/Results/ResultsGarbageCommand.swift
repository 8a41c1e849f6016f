import ArgumentParser
import Exploration
import Reports
import SpikeTraces

/// `lockstep results gc`: drops points that are no longer wanted, and gives their space back.
struct ResultsGarbageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove points that are no longer wanted, and give the space back.",
    discussion: """
      Without options no point is removed: only space that was freed before, and claims of processes that \
      are gone. Points of older versions of the program are never used again, because the version is part \
      of a point's key; they are kept until you ask for them to go.

      EXAMPLES
          lockstep results gc results.sqlite --old-versions --dry-run
          lockstep results gc results.sqlite --failed --sweep first-try
      """)

  @Argument(help: "The store.", completion: .file(extensions: ["sqlite"]))
  var store: String

  @Flag(help: "Remove points that other versions than \(SoftwareVersion.current) have made.")
  var oldVersions = false

  @Flag(help: "Remove points that failed.")
  var failed = false

  @Option(
    help: ArgumentHelp(
      "Remove this sweep, and its points unless they belong to others, too. May be given several times.",
      valueName: "name"))
  var sweep: [String] = []

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp(
      "Remove points for which this holds, in SQL with the columns of the view sweep_results. May be "
        + "given several times.",
      valueName: "condition"))
  var conditions: [String] = []

  @Flag(help: "Say what would be removed, and change nothing.")
  var dryRun = false

  @Flag(help: "Print JSON for programs.")
  var json = false

  func run() throws {
    // Opened for reading first: a store that is not there is a slip, not one to be made.
    _ = try ResultStore(path: store, for: .reading)
    let results = try ResultStore(path: store, for: dryRun ? .reading : .writing)
    let report = try results.remove(
      PointRemoval(
        versionsOtherThan: oldVersions ? SoftwareVersion.current : nil, failed: failed,
        sweeps: sweep, conditions: conditions), isDryRun: dryRun)
    guard !json else {
      try StandardOutput.write(ResultJSON.text(report))
      return
    }
    let points = NumberFormat.amount(report.points, of: "point")
    let size = NumberFormat.bytes(report.bytesBefore)
    try StandardOutput.write(
      dryRun
        ? "would remove \(points); the store has \(size); nothing was changed\n"
        : "removed \(points); \(size) became \(NumberFormat.bytes(report.bytesAfter))\n")
  }
}
