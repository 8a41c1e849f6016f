import Exploration
import Foundation
import SpikeTraces

/// The script that every task of a job array runs.
struct JobScript {
  let folder: SweepFolder
  let manifest: SweepManifest
  let options: SlurmOptions
  /// The program's path, absolute.
  let program: String

  /// The script of this program.
  init(_ folder: SweepFolder, _ manifest: SweepManifest, _ options: SlurmOptions) throws {
    self.folder = folder
    self.manifest = manifest
    self.options = options
    program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    guard FileManager.default.isExecutableFile(atPath: program) else {
      throw ExplorationError(
        message:
          "the program was replaced while it runs, so that it cannot be named to the nodes; run "
          + "the same command again")
    }
  }

  /// The script's text.
  var text: String {
    let directives =
      ["--ntasks=1", "--cpus-per-task=\(options.cpus)", "--requeue", "--open-mode=append"]
      + options.slurmOption
    return """
      #!/bin/sh
      # A task of the sweep '\(Self.oneLine(manifest.sweep))', written by lockstep \(SoftwareVersion.current).
      # Task i runs points i, i + \(manifest.tasks), i + \(2 * manifest.tasks), ... of manifest.json, and adds them to its file in results/.
      # It may be killed at any time and run again: points that are there are not run again.
      \(directives.map { "#SBATCH \($0)" }.joined(separator: "\n"))
      set -eu
      # The variable may come from the machine of the submission, and name a folder that this one lacks.
      [ -d "${TMPDIR:-/tmp}" ] || export TMPDIR=/tmp
      \(options.taskSetup.map { $0 + "\n" }.joined())\
      exec \(program.shellWord) sweep task \(folder.path.shellWord) \\
        --number "$SLURM_ARRAY_TASK_ID" --threads \(options.cpus)\(options.stage ? " --stage" : "")

      """
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 }.prefix(60))
  }
}
