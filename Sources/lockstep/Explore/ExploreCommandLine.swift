import Foundation
import Reports

/// The command line of an exploration as it was typed, without what only says where results go.
///
/// With `--pick` and `-o` behind it, it writes the hardware file of a design that a page shows.
enum ExploreCommandLine {
  private static let valued: Set<String> = [
    "-o", "--output", "--pick", "--json", "--page", "--limit", "--color", "--threads",
  ]
  private static let flags: Set<String> = ["-q", "--quiet", "--sensitivity"]

  /// The command line of this process, quoted for a shell.
  static var current: String { text(of: CommandLine.arguments) }

  /// A command line, quoted for a shell.
  ///
  /// - Parameter arguments: the program and its arguments.
  /// - Returns: the command line.
  static func text(of arguments: [String]) -> String {
    var words = ["lockstep"]
    var isValue = false
    for argument in arguments.dropFirst() {
      if isValue {
        isValue = false
      } else if valued.contains(argument) {
        isValue = true
      } else if let sign = argument.firstIndex(of: "="), valued.contains(String(argument[..<sign]))
      {
        continue
      } else if !flags.contains(argument) {
        words.append(ShellText.quoted(argument))
      }
    }
    return words.joined(separator: " ")
  }
}
