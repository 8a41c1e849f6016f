import Foundation
import TestSupport

/// Commands that answer as Slurm's do and run tasks at once, one after another.
struct FakeSlurm {
  /// The variables of a process that finds them.
  let environment: [String: String]
  private let folder: TemporaryFolder

  /// Writes the commands into a folder.
  ///
  /// - Parameters:
  ///   - folder: where they are, and where they note what they were asked.
  ///   - sbatch: what `sbatch` does after it has noted its arguments; the tasks' numbers are in `$tasks`,
  ///     and the script is `$script`.
  /// - Throws: what writing a file throws.
  init(_ folder: TemporaryFolder, sbatch: String = Self.runsTasks) throws {
    self.folder = folder
    let commands = folder.url.appendingPathComponent("fake-slurm")
    try FileManager.default.createDirectory(at: commands, withIntermediateDirectories: true)
    func write(_ name: String, _ text: String) throws {
      let path = commands.appendingPathComponent(name).path
      try Data("#!/bin/bash\nset -eu\n\(text)\n".utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    try write("scontrol", "echo 'MaxArraySize            = 6'")
    try write("squeue", "cat '\(folder.path("queue"))' 2>/dev/null || true")
    try write("scancel", "echo \"$*\" >>'\(folder.path("cancellations"))'")
    try write(
      "sbatch",
      """
      echo "$*" >>'\(folder.path("submissions"))'
      for argument in "$@"; do
        case $argument in
          --array=*) tasks=$(tr ',' ' ' <<<"${argument#--array=}" | sed 's/%.*//') ;;
          *) script=$argument ;;
        esac
      done
      tasks=$(for range in $tasks; do seq "${range%-*}" "${range#*-}"; done)
      \(sbatch)
      """)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    environment = ["PATH": "\(commands.path):\(path)"]
  }

  /// Runs every task, whatever becomes of it.
  static let runsTasks = """
    for task in $tasks; do SLURM_ARRAY_TASK_ID=$task sh "$script" >/dev/null 2>&1 || true; done
    echo 41
    """

  /// The arguments of every submission so far.
  var submissions: [String] {
    ((try? String(contentsOfFile: folder.path("submissions"), encoding: .utf8)) ?? "")
      .split(separator: "\n").map(String.init)
  }
}
