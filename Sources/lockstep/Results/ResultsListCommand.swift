import ArgumentParser
import Exploration
import Reports

/// `lockstep results list`: the sweeps of a store, or the points of one.
struct ResultsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the sweeps of a store, or the points of one.",
    discussion: """
      EXAMPLES
          lockstep results list results.sqlite
          lockstep results list results.sqlite --sweep fig2
          lockstep results list results.sqlite --where "surrogate = 'arctangent' AND beta > 0.5"
      """)

  @Argument(help: "The store.", completion: .file(extensions: ["sqlite"]))
  var store: String

  @OptionGroup var points: PointSelectionOptions

  @Flag(help: "Print JSON for programs.")
  var json = false

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() throws {
    let results = try ResultStore(path: store, for: .reading)
    let style = TextStyle.detected(descriptor: 1)
    guard points.selection != .all else {
      let sweeps = try results.sweeps()
      try StandardOutput.write(
        json
          ? try ResultJSON.text(SweepList(sweeps: sweeps))
          : StoredSweepTable(sweeps).table.rendered(style))
      return
    }
    let found = try results.points(points.selection)
    try StandardOutput.write(
      json
        ? try ResultJSON.text(PointList(points: found))
        : SweepTable(found.map(\.point), showsKeys: true).table(for: style).rendered(style))
  }
}

/// The answer of `list --json`.
private struct SweepList: Encodable {
  var schemaVersion = 1
  var sweeps: [StoredSweep]
}

/// The answer of `list --sweep NAME --json`, and the file of `export -o NAME.json`.
struct PointList: Encodable {
  var schemaVersion = 1
  var points: [StoredPoint]
}
