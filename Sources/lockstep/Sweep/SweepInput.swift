import ArgumentParser
import Exploration

/// The sweep that a command is about, and the options of its trainings.
struct SweepInput: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A sweep that comes with Lockstep (\(SweepSpecification.presets.joined(separator: ", "))), or a "
        + "specification (.yaml).", valueName: "sweep"),
    completion: .file(extensions: ["yaml", "yml"]))
  var name: String

  @Option(
    help: "The accelerator, in place of the specification's: a YAML file.",
    completion: .file(extensions: ["yaml", "yml"]))
  var hardware: String?

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp(
      "Options of 'lockstep train' for all points, after '--'.", valueName: "training-options"))
  var training: [String] = []

  /// The specification with the accelerator in its place.
  func specification() throws -> SweepSpecification {
    var sweep = try SweepSpecification(name)
    if let hardware { sweep.hardware = hardware }
    return sweep
  }
}
