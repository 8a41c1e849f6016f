/// A task of a job array, as Slurm's queue shows it.
public struct SlurmTask: Hashable, Sendable {
  /// The number of the job array.
  public var job: String
  /// The task's number in the array.
  public var number: Int
  /// Slurm's word for its state: `PENDING`, `RUNNING`, `OUT_OF_MEMORY`, ...
  public var state: String
  /// Why it waits or has ended, in Slurm's words; empty if there is nothing to say.
  public var reason: String

  /// Creates a task.
  public init(job: String, number: Int, state: String, reason: String = "") {
    self.job = job
    self.number = number
    self.state = state
    self.reason = reason
  }

  /// The states of tasks that have ended (`squeue(1)`, "JOB STATE CODES"); all others may still run.
  private static let endings: Set<String> = [
    "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY",
    "PREEMPTED", "REVOKED", "TIMEOUT",
  ]

  /// Whether it has ended, well or not.
  public var hasEnded: Bool { Self.endings.contains(state) }

  /// Whether it runs, or is about to start or to end.
  public var isRunning: Bool {
    ["RUNNING", "CONFIGURING", "COMPLETING", "STAGE_OUT", "SIGNALING"].contains(state)
  }

  /// What to ask `squeue` for: array, numbers in it, state, reason.
  static let queueFormat = "%F|%K|%T|%r"

  /// Reads what `squeue` writes in ``queueFormat``.
  ///
  /// - Parameter text: a line a task; a line may stand for several tasks that wait, as in `[3-7%2]`. What
  ///   was cancelled while it waited is one line without numbers (`N/A`), which tells nothing.
  /// - Returns: all tasks, in the order of the lines.
  /// - Throws: ``ExplorationError`` if a line is something else.
  package static func parse(queue text: String) throws(ExplorationError) -> [SlurmTask] {
    var tasks: [SlurmTask] = []
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
      if fields.count == 4, fields[1] == "N/A" { continue }
      guard fields.count == 4, let job = Int(fields[0]), let numbers = TaskNumbers(fields[1]),
        !fields[2].isEmpty
      else {
        throw ExplorationError(
          message: "squeue wrote '\(line.prefix(100))', and job|task|state|reason was expected; is "
            + "'squeue' in PATH Slurm's own?")
      }
      let reason = fields[3] == "None" ? "" : String(fields[3])
      tasks += numbers.numbers.map {
        SlurmTask(job: "\(job)", number: $0, state: String(fields[2]), reason: reason)
      }
    }
    return tasks
  }
}
