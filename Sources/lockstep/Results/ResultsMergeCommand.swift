import ArgumentParser
import Exploration
import Reports

/// `lockstep results merge`: the points of other files and stores into one.
struct ResultsMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Add the points of results files and other stores to a store.",
    discussion: """
      A point that is there already is not added again; a last line that a killed writer cut off is left \
      out. Equal keys should have equal results: points that do not are named, and what the store has is \
      kept. The store is made if it is not there.

      EXAMPLES
          lockstep results merge all.sqlite shard-*.jsonl
          lockstep results merge all.sqlite laptop.sqlite
      """)

  @Argument(help: "The store.", completion: .file(extensions: ["sqlite"]))
  var store: String

  @Argument(
    help: "Files of JSON lines, and stores (by their ending).",
    completion: .file(extensions: ["jsonl", "sqlite"]))
  var files: [String]

  @Flag(help: "Print JSON for programs.")
  var json = false

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("Name files to merge.") }
  }

  func run() throws {
    let results = try ResultStore(path: store, for: .writing)
    var merged: [MergeReport] = []
    for file in files {
      let report = try results.merge(file)
      merged.append(report)
      for notice in report.notices { StandardError.write("note: \(notice)\n") }
      for key in report.different {
        StandardError.write(
          "warning: \(file): point \(key) has other results than in \(store), which are kept\n")
      }
      if !json {
        try StandardOutput.write(
          "\(file): \(report.new) new, \(report.known) known, \(report.different.count) "
            + "different\n")
      }
    }
    if json { try StandardOutput.write(ResultJSON.text(MergeList(files: merged))) }
  }
}

/// The answer of `merge --json`.
private struct MergeList: Encodable {
  var schemaVersion = 1
  var files: [MergeReport]
}
