import ArgumentParser
import Exploration

/// `lockstep sweep cancel`: takes the tasks of a sweep from the queue.
struct SweepCancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel the tasks of a sweep; the points that are there stay.",
    discussion: "'lockstep sweep retry' submits again what is missing.")

  @Argument(help: "The sweep's folder.", completion: .directory)
  var folder: String

  func run() async throws {
    let folder = SweepFolder(path: folder)
    let manifest = try folder.manifest()
    // First, so that nobody who watches takes the tasks for lost and submits them again.
    try folder.log(.cancelled)
    try await SlurmClient().cancel(named: manifest.jobName)
    StandardError.write(
      "cancelled; 'lockstep sweep retry \(folder.path.shellWord)' submits again what is missing\n")
  }
}
