import ArgumentParser
import Exploration

/// `lockstep sweep status`: how far a sweep on a cluster is.
struct SweepStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract:
      "Tell how far a sweep on a cluster is: its points, its tasks, and why some were lost.",
    discussion: """
      It reads the sweep's folder and asks Slurm, and changes nothing.

      EXIT STATUS
        0 if all points are there, else 1.
      """)

  @Argument(help: "The sweep's folder.", completion: .directory)
  var folder: String

  @ArgumentParser.Flag(help: "Write it as JSON.")
  var json = false

  func run() async throws {
    let folder = SweepFolder(path: folder)
    let manifest = try folder.manifest()
    var collected = CollectedPoints(folder, manifest)
    _ = collected.update()
    // What is complete needs no Slurm to tell so.
    let queue =
      collected.points.count == manifest.points.count
      ? [] : try await SlurmClient().tasks(named: manifest.jobName)
    let status = SweepRunStatus(
      folder, manifest, collected, queue: queue, log: folder.submissions)
    try StandardOutput.write(json ? ResultJSON.text(status) : status.text)
    if !status.isComplete { throw ExitStatus.checkFailed.asError }
  }
}
