import ArgumentParser
import Foundation

/// `--color`: of every command that prints for people.
struct ColourOptions: ParsableArguments {
  /// When text is coloured.
  enum Choice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never
  }

  @Option(
    name: .customLong("color"),
    help: ArgumentHelp(
      "Colours and weights: auto (on a terminal, unless NO_COLOR is set), always or never.",
      valueName: "when"))
  var colour = Choice.auto

  /// Tells ``Reports/TextStyle`` by the variables that other programs are told by, too.
  func validate() {
    switch colour {
    case .auto: break
    case .always:
      unsetenv("NO_COLOR")
      setenv("CLICOLOR_FORCE", "1", 1)
    case .never: setenv("NO_COLOR", "1", 1)
    }
  }
}

/// `--quiet`: of every command that shows progress or makes remarks.
struct QuietOptions: ParsableArguments {
  @Flag(
    name: .shortAndLong,
    help: "Show neither progress nor remarks; warnings about the data and errors still appear.")
  var quiet = false
}
