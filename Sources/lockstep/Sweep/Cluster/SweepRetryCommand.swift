import ArgumentParser
import Exploration
import Reports

/// `lockstep sweep retry`: submits the tasks again that ended without all their points.
struct SweepRetryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry",
    abstract: "Submit again what is missing: tasks that were killed, failed or cancelled.",
    discussion: """
      Points that are there are not run again. The job script stays as it is; to change what tasks get, \
      give the command of the sweep again with other options.
      """)

  @Argument(help: "The sweep's folder.", completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("Tasks that run at the same time, at most.", valueName: "n"))
  var concurrent: Int?

  func run() async throws {
    let sweep = try SlurmSweep(opening: SweepFolder(path: folder))
    var collected = CollectedPoints(sweep.folder, sweep.manifest)
    _ = collected.update()
    let lost = try await sweep.status(collected).tasks.lost.map(\.task)
    guard !lost.isEmpty else {
      StandardError.write("nothing to submit: no task is lost\n")
      return
    }
    let job = try await sweep.submit(lost, as: .submitted, concurrent: concurrent)
    StandardError.write(
      "submitted \(NumberFormat.amount(lost.count, of: "task")) (\(TaskNumbers(lost))) as job \(job)\n"
    )
  }
}
