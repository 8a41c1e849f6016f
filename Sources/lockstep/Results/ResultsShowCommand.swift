import ArgumentParser
import Exploration
import Reports

/// `lockstep results show`: all that is known of a point.
struct ResultsShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show everything about a point, and the command that trains its network.",
    discussion: """
      EXAMPLE
          lockstep results show results.sqlite 403f76
      """)

  @Argument(help: "The store.", completion: .file(extensions: ["sqlite"]))
  var store: String

  @Argument(
    help: ArgumentHelp(
      "The point's key, or its first characters; 'list --sweep' shows keys.", valueName: "key"))
  var key: String

  @Flag(help: "Print JSON for programs.")
  var json = false

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() throws {
    let found = try ResultStore(path: store, for: .reading).points(keyPrefix: key)
    guard let point = found.first, found.count == 1 else {
      throw ExplorationError(
        file: store,
        message: found.isEmpty
          ? "there is no point whose key begins with '\(key)'; 'lockstep results list \(store) "
            + "--where true' shows all keys"
          : "\(found.count) keys begin with '\(key)' ("
            + found.prefix(4).map(\.point.key).joined(separator: ", ")
            + (found.count > 4 ? ", ..." : "") + "); give more of the key")
    }
    try StandardOutput.write(
      json
        ? try ResultJSON.text(point)
        : StoredPointText(point).text(.detected(descriptor: 1)))
  }
}
