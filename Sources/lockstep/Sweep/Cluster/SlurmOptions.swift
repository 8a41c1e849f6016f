import ArgumentParser
import Exploration

/// Where a sweep runs, and what a task of a cluster gets.
struct SlurmOptions: ParsableArguments {
  /// Who runs the points.
  enum Engine: String, ExpressibleByArgument, CaseIterable {
    case local
    case slurm
  }

  @Option(help: "Where points run: local, on this machine; slurm, as a job array.")
  var engine = Engine.local

  @Option(
    help: ArgumentHelp(
      "Slurm: the sweep's folder, on a file system that all nodes share; made if it is not there.",
      valueName: "folder"),
    completion: .directory)
  var folder: String?

  @Option(
    help: ArgumentHelp(
      "Slurm: points of a task, one after another (or --cpus at the same time). If not given, one for "
        + "each of --cpus, and more if there would be more than \(Self.mostTasks) tasks.",
      valueName: "n"))
  var pointsPerTask: Int?

  @Option(help: ArgumentHelp("Slurm: processors of a task.", valueName: "n"))
  var cpus = 1

  @Option(help: ArgumentHelp("Slurm: tasks that run at the same time, at most.", valueName: "n"))
  var concurrent: Int?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Slurm: an option of sbatch, such as --partition=short or --time=2:00:00; may be repeated.",
      valueName: "option"))
  var slurmOption: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Slurm: a line of shell that every task runs first, such as 'module load gcc'; may be repeated.",
      valueName: "command"))
  var taskSetup: [String] = []

  @ArgumentParser.Flag(
    help: "Slurm: every task copies what --data names to its node's TMPDIR and reads it there.")
  var stage = false

  @Option(
    help: ArgumentHelp(
      "Slurm: how often a task that ends without all its points is submitted again.", valueName: "n"
    ))
  var retries = 2

  @ArgumentParser.Flag(
    help: "Slurm: submit and return; 'lockstep sweep status' tells how far it is.")
  var detach = false

  /// What Slurm's queue shares with other people should not be filled by one sweep.
  static let mostTasks = 1_000

  func validate() throws {
    for (name, value) in [
      ("--points-per-task", pointsPerTask), ("--cpus", cpus), ("--concurrent", concurrent),
    ] {
      if let value, value < 1 { throw ValidationError("\(name) is \(value); give 1 or more") }
    }
    guard retries >= 0 else { throw ValidationError("--retries is \(retries); give 0 or more") }
    for line in slurmOption where !line.hasPrefix("-") || line.contains(where: \.isNewline) {
      throw ValidationError(
        "'\(line)' is no option of sbatch; write it as in --slurm-option --partition=short")
    }
    for line in taskSetup where line.contains(where: \.isNewline) {
      throw ValidationError("--task-setup is one line; repeat it for the next")
    }
    guard engine == .slurm else {
      let given: [(String, Bool)] = [
        ("--folder", folder != nil), ("--points-per-task", pointsPerTask != nil),
        ("--cpus", cpus != 1), ("--concurrent", concurrent != nil),
        ("--slurm-option", !slurmOption.isEmpty), ("--task-setup", !taskSetup.isEmpty),
        ("--stage", stage), ("--detach", detach),
      ]
      if let option = given.first(where: { $0.1 })?.0 {
        throw ValidationError("\(option) is for Slurm; add --engine slurm")
      }
      return
    }
    guard folder != nil else {
      throw ValidationError(
        "Slurm's nodes need a folder that they share: name one, as in --folder fig1-run")
    }
  }

  /// How many tasks a sweep is divided into.
  ///
  /// A task has at least a point for each of its processors; more, if there would be more tasks than one
  /// user should queue, or than the array may have.
  ///
  /// - Parameters:
  ///   - points: how many points the sweep has.
  ///   - largestArray: the most tasks of an array; nil if unknown.
  /// - Returns: their number, 1 or more.
  /// - Throws: ``ExplorationError`` if the user wants more than the array may have.
  func tasks(points: Int, largestArray: Int?) throws(ExplorationError) -> Int {
    // 1,001 is what Slurm allows unless its administrator says otherwise (slurm.conf(5)).
    let most = largestArray ?? 1_001
    func tasks(_ pointsPerTask: Int) -> Int { (points + pointsPerTask - 1) / pointsPerTask }
    if let pointsPerTask {
      guard tasks(pointsPerTask) <= most else {
        throw ExplorationError(
          message:
            "with \(pointsPerTask) points a task there are \(tasks(pointsPerTask)) tasks, and "
            + "this Slurm allows \(most) of an array; give --points-per-task "
            + "\((points + most - 1) / most) or more")
      }
      return tasks(pointsPerTask)
    }
    let fewest = min(most, Self.mostTasks)
    return tasks(max(cpus, (points + fewest - 1) / fewest))
  }
}
