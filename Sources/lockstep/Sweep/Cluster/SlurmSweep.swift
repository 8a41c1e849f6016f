import Exploration
import Foundation
import Reports
import SpikeTraces

/// A sweep as a job array of Slurm: written down, submitted, and looked after.
struct SlurmSweep {
  let folder: SweepFolder
  let manifest: SweepManifest
  private let slurm = SlurmClient()
  /// Held as long as the value lives: nobody else submits.
  private let lock: FolderLock

  /// Opens the folder of a sweep that was submitted.
  init(opening folder: SweepFolder) throws {
    self.folder = folder
    manifest = try folder.manifest()
    lock = try folder.lock()
  }

  /// Writes a sweep into a folder, or makes sure that it is the one that is there.
  ///
  /// - Parameters:
  ///   - plan: all points.
  ///   - specification: what the user gave.
  ///   - options: the folder, and what tasks get.
  ///   - known: points that were measured before, and are not run again.
  /// - Throws: in what the sweep differs from the one that is there.
  init(
    _ plan: SweepPlan, specification: String, _ options: SlurmOptions,
    known: [String: SweepPoint]
  ) async throws {
    folder = SweepFolder(path: options.folder ?? "")
    // Before the folder is made: there may be no Slurm here.
    let largestArray = folder.hasManifest ? nil : try await slurm.largestArray()
    lock = try folder.lock()
    let there = folder.hasManifest ? try folder.manifest() : nil
    let tasks =
      if let there, options.pointsPerTask == nil { there.tasks } else {
        try options.tasks(points: plan.jobs.count, largestArray: largestArray)
      }
    let asked = SweepManifest(
      id: String(UInt64.random(in: 0...UInt64.max), radix: 36),
      softwareVersion: SoftwareVersion.current, sweep: plan.name, specification: specification,
      hardware: "hardware/\(URL(fileURLWithPath: plan.bench.hardware.path).lastPathComponent)",
      replaySamples: plan.bench.replaySamples,
      workingFolder: FileManager.default.currentDirectoryPath, tasks: tasks,
      points: plan.jobs.map { .init(key: $0.key, training: $0.arguments) })
    if let there {
      if let difference = there.difference(from: asked) {
        throw ExplorationError(
          file: folder.path,
          message:
            "another sweep was submitted into this folder: \(difference); name a new --folder, "
            + "or give the command that made this one")
      }
      manifest = there
    } else {
      manifest = asked
      try folder.create(asked, hardware: plan.bench.hardwareText)
      try seed(known)
    }
    try folder.write(script: JobScript(folder, manifest, options).text)
  }

  /// Gives tasks the points that are known already.
  private func seed(_ known: [String: SweepPoint]) throws {
    for task in 0..<manifest.tasks {
      let points = try manifest.shard(ofTask: task).positions(of: manifest.points.count)
        .compactMap { known[manifest.points[$0].key] }
      guard !points.isEmpty else { continue }
      let file = try SweepResultsFile(path: folder.resultsPath(ofTask: task))
      for point in points { try file.append(point) }
    }
  }

  /// How far it is.
  func status(_ collected: CollectedPoints) async throws -> SweepRunStatus {
    let queue = try await slurm.tasks(named: manifest.jobName)
    return SweepRunStatus(folder, manifest, collected, queue: queue, log: folder.submissions)
  }

  /// Submits tasks.
  ///
  /// - Parameters:
  ///   - tasks: their numbers.
  ///   - event: whether a person asked for it.
  ///   - concurrent: how many may run at the same time; all if nil.
  /// - Returns: the number of the job array.
  /// - Throws: ``ExplorationError`` with Slurm's words.
  @discardableResult
  func submit(
    _ tasks: [Int], as event: SubmissionLog.Event, concurrent: Int?
  ) async throws -> String {
    let numbers = TaskNumbers(tasks)
    let job = try await slurm.submit(
      .init(
        script: folder.scriptPath, name: manifest.jobName, tasks: numbers,
        concurrentTasks: concurrent, logs: folder.logs))
    try folder.log(event, job: job, tasks: numbers)
    return job
  }
}
