import ArgumentParser
import Exploration
import Foundation
import Glibc
import SpikeTraces

/// `lockstep sweep task`: one task of a sweep on a cluster, as its job script calls it.
struct SweepTaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task",
    abstract: "Run one task of a sweep that was submitted; job scripts call this.",
    discussion: """
      Points that the task's file has are not run again. The task refuses to run if its program, data or \
      accelerator are not those of the submission.
      """)

  @Argument(help: "The sweep's folder.", completion: .directory)
  var folder: String

  @Option(help: "The task's number, from 0.")
  var number: Int

  @Option(help: "Points that run at the same time, a thread each.")
  var threads = 1

  @ArgumentParser.Flag(help: "Copy what --data names to TMPDIR, and read it there.")
  var stage = false

  func run() async throws {
    let threads = try TrainOptions.checkedThreads(threads)
    let folder = SweepFolder(path: folder)
    let manifest = try folder.manifest()
    let shard = try manifest.shard(ofTask: number)
    guard manifest.softwareVersion == SoftwareVersion.current else {
      throw ExplorationError(
        file: folder.manifestPath,
        message: "the sweep was submitted by lockstep \(manifest.softwareVersion), and this is "
          + "\(SoftwareVersion.current); results of two versions do not go together: submit it into a "
          + "new folder, or install the former version again")
    }
    guard chdir(manifest.workingFolder) == 0 else {
      throw ExplorationError(
        message:
          "this node has no folder \(manifest.workingFolder), in which the sweep was submitted "
          + "(\(String(cString: strerror(errno)))); submit from a folder that all nodes share")
    }
    let trainings = manifest.points.map(\.training)
    let copy = stage ? try StagedData(of: trainings) : nil
    let plan = try SweepPlan(manifest, shard: shard, in: folder, data: copy?.path)
    for (job, position) in zip(plan.jobs, shard.positions(of: trainings.count))
    where job.key != manifest.points[position].key {
      throw ExplorationError(
        file: folder.manifestPath,
        message:
          "point \(position) has the key \(manifest.points[position].key), and here it comes to "
          + "\(job.key): the data, a network file, the accelerator or the manifest are not those of the "
          + "submission; put them back, or submit the sweep into a new folder")
    }
    let file = try SweepResultsFile(path: folder.resultsPath(ofTask: number))
    for notice in file.notices { StandardError.write("note: \(notice)\n") }
    _ = try await SweepRun(plan, into: file, threads: threads, isQuiet: false).points()
    withExtendedLifetime(copy) {}
  }
}
