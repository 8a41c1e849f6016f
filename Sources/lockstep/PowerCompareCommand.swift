import Accelerator
import ArgumentParser
import Foundation
import PowerEstimation
import Reports

/// `lockstep power compare`: published accelerators, and one of ours among them.
struct PowerCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show the figures of published accelerators, beside those of your own.",
    discussion: """
      EXAMPLES
          lockstep power compare
          lockstep power digits.spikes --hardware mine.yaml --json power.json
          lockstep power compare power.json
      """)

  @Argument(
    help: "A report of 'lockstep power --json' or 'replay --power --json' to show among them.",
    completion: .file(extensions: ["json"]))
  var report: String?

  @Option(
    help: ArgumentHelp(
      "Write the rows as JSON too; '-' writes it to standard output instead of the table.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var json: String?

  @OptionGroup(title: "Output")
  var colours: ColourOptions

  func run() throws {
    let accelerators = try PublishedAccelerator.all()
    let own = try report.map { path in
      guard let data = FileManager.default.contents(atPath: path) else {
        throw EstimationError(
          file: path, message: "cannot be read; give a file that 'lockstep power --json' wrote")
      }
      // A replay with power in it does as well.
      if let replay = try? ReplayReport(json: data, path: path) {
        guard let estimates = try PoweredReplay(json: data, path: path).estimates else {
          throw EstimationError(
            file: path,
            message:
              "the replay of \(replay.hardware.name) has no estimate of power; make it again "
              + "with 'lockstep replay --power --json'")
        }
        return estimates.power
      }
      return try PowerReport(json: data, path: path)
    }
    if let json { try FileOutput(path: json).commit(Data(try ResultJSON.text(accelerators).utf8)) }
    if json != "-" {
      try StandardOutput.write(
        PublishedAccelerator.text(accelerators, besides: own, .detected(descriptor: 1)))
    }
  }
}
