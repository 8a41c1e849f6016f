import Foundation
import Glibc
import Subprocess

/// Slurm, spoken to through its own commands.
public struct SlurmClient: Sendable {
  /// Creates a client of the Slurm whose commands are in PATH.
  public init() {}

  /// What a job array runs.
  public struct Submission: Sendable {
    /// The script's path.
    public var script: String
    /// The name in the queue.
    public var name: String
    /// The numbers of the tasks.
    public var tasks: TaskNumbers
    /// Tasks that may run at the same time; nil for as many as there is room for.
    public var concurrentTasks: Int?
    /// The folder for what tasks say, a file each.
    public var logs: String

    /// Creates a submission.
    public init(
      script: String, name: String, tasks: TaskNumbers, concurrentTasks: Int?, logs: String
    ) {
      self.script = script
      self.name = name
      self.tasks = tasks
      self.concurrentTasks = concurrentTasks
      self.logs = logs
    }

    /// The file that tells what a task said.
    public static func log(job: String, task: Int, in folder: String) -> String {
      "\(folder)/\(job)_\(task).log"
    }

    /// The arguments of `sbatch`.
    package var arguments: [String] {
      // Slurm expands % in paths: %A is the array's number, %a the task's, %% a percent sign.
      let folder = logs.replacing("%", with: "%%")
      return [
        "--parsable", "--array=\(tasks)" + (concurrentTasks.map { "%\($0)" } ?? ""),
        "--job-name=\(name)", "--output=\(folder)/%A_%a.log", script,
      ]
    }
  }

  /// Submits a job array.
  ///
  /// - Parameter submission: what to run.
  /// - Returns: the array's number.
  /// - Throws: ``ExplorationError`` with Slurm's words.
  public func submit(_ submission: Submission) async throws(ExplorationError) -> String {
    let answer = try await output("sbatch", submission.arguments)
    // "123", or "123;cluster" where there are several clusters.
    let job = answer.trimmingCharacters(in: .whitespacesAndNewlines).prefix { $0 != ";" }
    guard Int(job) != nil else {
      throw ExplorationError(
        message:
          "sbatch answered '\(answer.prefix(100))', which is no job number; is 'sbatch' in PATH "
          + "Slurm's own?")
    }
    return String(job)
  }

  /// The tasks that Slurm knows by a name, and those that ended in the last minutes.
  ///
  /// - Parameter name: the job's name.
  /// - Returns: the tasks, in no particular order.
  /// - Throws: ``ExplorationError`` if Slurm does not answer; that says nothing about the tasks.
  public func tasks(named name: String) async throws(ExplorationError) -> [SlurmTask] {
    try SlurmTask.parse(
      queue: await output(
        "squeue",
        [
          "--noheader", "--array", "--states=all", "--user=\(getuid())", "--name=\(name)",
          "--format=\(SlurmTask.queueFormat)",
        ]))
  }

  /// Cancels all tasks with a name.
  ///
  /// - Parameter name: the job's name.
  /// - Throws: ``ExplorationError`` with Slurm's words.
  public func cancel(named name: String) async throws(ExplorationError) {
    _ = try await output("scancel", ["--user=\(getuid())", "--name=\(name)"])
  }

  /// The most tasks that an array may have.
  ///
  /// - Returns: nil if Slurm answers, but does not say.
  /// - Throws: ``ExplorationError`` if Slurm does not answer.
  public func largestArray() async throws(ExplorationError) -> Int? {
    Self.largestArray(settings: try await output("scontrol", ["show", "config"]))
  }

  /// Reads the most tasks of an array from what `scontrol show config` writes.
  package static func largestArray(settings: String) -> Int? {
    let line = settings.split(separator: "\n").first { $0.hasPrefix("MaxArraySize") }
    return line?.split(separator: "=").last.flatMap {
      Int($0.trimmingCharacters(in: .whitespaces))
    }
  }

  /// The most that a command may write; a queue of 100,000 tasks is some 5 MB.
  private static let mostOutput = 1 << 26

  /// Runs a command to its end and returns what it wrote.
  ///
  /// It is neither interrupted by Ctrl-C at our terminal nor ended with our task: a submission is done
  /// whole or not at all.
  private func output(
    _ command: String, _ arguments: [String]
  ) async throws(ExplorationError) -> String {
    let run = Task.detached { () -> Result<String, ExplorationError> in
      var options = PlatformOptions()
      options.processGroupID = 0
      do {
        let result = try await Subprocess.run(
          .name(command), arguments: Arguments(arguments),
          // Lists of tasks are to be written out, however long they are.
          environment: .inherit.updating(["SLURM_BITSTR_LEN": "0"]), platformOptions: options,
          output: .string(limit: Self.mostOutput), error: .string(limit: Self.mostOutput))
        guard result.terminationStatus.isSuccess else {
          return .failure(Self.failure(command, result.standardError))
        }
        return .success(result.standardOutput)
      } catch let error as SubprocessError where error.code == .executableNotFound {
        return .failure(
          ExplorationError(
            message:
              "there is no '\(command)' here, so that this is no machine from which Slurm jobs "
              + "are submitted; go to one, or run the parts of the sweep yourself with --shard 0/8, 1/8, "
              + "... (docs/Clusters.md)"))
      } catch {
        return .failure(ExplorationError(message: "'\(command)' could not be run: \(error)"))
      }
    }
    return try await run.value.get()
  }

  private static func failure(_ command: String, _ errors: String) -> ExplorationError {
    let prefix = "\(command): error: "
    let lines = errors.split(separator: "\n").map {
      $0.hasPrefix(prefix) ? $0.dropFirst(prefix.count) : $0
    }
    let words = lines.isEmpty ? "it says nothing more" : lines.joined(separator: "; ")
    let remedies = [
      (
        "policy",
        "take fewer tasks by --points-per-task, or see 'sacctmgr show qos' for your limits"
      ),
      ("artition", "name one that 'sinfo' shows, as in --slurm-option --partition=NAME"),
      ("ccount", "name yours, as in --slurm-option --account=NAME"),
      ("ime limit", "ask for less time, as in --slurm-option --time=1:00:00"),
      ("array", "take fewer tasks by --points-per-task"),
      ("contact", "see whether 'sinfo' answers, and try again"),
      ("configuration", "set SLURM_CONF, or go to a machine of the cluster"),
    ]
    let remedy = remedies.first { words.contains($0.0) }?.1 ?? "change that with --slurm-option"
    return ExplorationError(message: "Slurm's \(command) failed (\(words)); \(remedy)")
  }
}
