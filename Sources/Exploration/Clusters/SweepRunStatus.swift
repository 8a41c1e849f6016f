/// How far a sweep on a cluster is: what has become of its points and of its tasks.
public struct SweepRunStatus: Hashable, Encodable, Sendable {
  /// Points by what has become of them.
  public struct Points: Hashable, Codable, Sendable {
    /// All of the sweep.
    public var total: Int
    /// Those that were measured.
    public var measured: Int
    /// Those that cannot be measured, such as trainings that diverge; they are done, too.
    public var failed: Int

    /// Creates counts.
    public init(total: Int, measured: Int, failed: Int) {
      self.total = total
      self.measured = measured
      self.failed = failed
    }
  }

  /// Tasks by what has become of them; each is in one of the lists.
  public struct Tasks: Hashable, Sendable {
    /// Those all of whose points are there.
    public var done: [Int] = []
    /// Those that run.
    public var running: [Int] = []
    /// Those that wait in the queue.
    public var waiting: [Int] = []
    /// Those that are not in the queue and lack points: killed, failed or cancelled.
    public var lost: [LostTask] = []
  }

  /// A task that has ended without all its points.
  public struct LostTask: Hashable, Codable, Sendable {
    /// Its number, from 0.
    public var task: Int
    /// How many of its points are not there.
    public var missingPoints: Int
    /// How often it was submitted again since a person last submitted it.
    public var retries: Int
    /// Why, as far as Slurm or the task itself said.
    public var reason: String

    /// Creates a task.
    public init(task: Int, missingPoints: Int, retries: Int, reason: String) {
      self.task = task
      self.missingPoints = missingPoints
      self.retries = retries
      self.reason = reason
    }
  }

  /// The version of the status as JSON.
  public let schemaVersion = 1
  /// The sweep's name.
  public var sweep: String
  /// The sweep's folder.
  public var folder: String
  /// Points by what has become of them.
  public var points: Points
  /// Tasks by what has become of them.
  public var tasks = Tasks()
  /// Why tasks wait, in Slurm's words, most frequent first.
  public var waitingReasons: [String] = []
  /// Results files that cannot be read.
  public var problems: [String]

  /// Puts together what the manifest, the results, the queue and the log say.
  ///
  /// - Parameters:
  ///   - folder: the sweep's folder.
  ///   - manifest: what the sweep consists of.
  ///   - collected: the points that are there.
  ///   - queue: Slurm's queue.
  ///   - log: what was asked of Slurm.
  public init(
    _ folder: SweepFolder, _ manifest: SweepManifest, _ collected: CollectedPoints,
    queue: [SlurmTask], log: SubmissionLog
  ) {
    sweep = manifest.sweep
    self.folder = folder.path
    let failed = collected.points.values.count { $0.measurement == nil }
    points = Points(
      total: manifest.points.count, measured: collected.points.count - failed, failed: failed)
    problems = collected.problems.sorted { $0.key < $1.key }.map(\.value)
    // A task that was submitted again is in the queue twice: as it ended, and as it waits or runs.
    let active = Dictionary(
      queue.filter { !$0.hasEnded }.map { ($0.number, $0) },
      uniquingKeysWith: { $0.isRunning ? $0 : $1 })
    let retries = log.retries
    var reasons: [String: Int] = [:]
    for task in 0..<manifest.tasks {
      if collected.isComplete(task) {
        tasks.done.append(task)
      } else if let entry = active[task] {
        if entry.isRunning {
          tasks.running.append(task)
        } else {
          tasks.waiting.append(task)
          if !entry.reason.isEmpty { reasons[entry.reason, default: 0] += 1 }
        }
      } else {
        tasks.lost.append(
          LostTask(
            task: task, missingPoints: collected.missing(task), retries: retries[task] ?? 0,
            reason: Self.reason(task, folder, queue, log)))
      }
    }
    waitingReasons = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
  }

  private static func reason(
    _ task: Int, _ folder: SweepFolder, _ queue: [SlurmTask], _ log: SubmissionLog
  ) -> String {
    guard let job = log.lastJob(ofTask: task) else { return "not submitted" }
    let ending = queue.last { $0.number == task && $0.job == job }
    let slurm = [ending?.state, ending?.reason].compactMap { $0 }.filter { !$0.isEmpty }
    let error = folder.lastError(ofTask: task, job: job)
    let parts = [slurm.joined(separator: " "), error ?? ""].filter { !$0.isEmpty }
    guard parts.isEmpty else { return parts.joined(separator: ": ") }
    return log.isCancelled ? "CANCELLED" : "no longer in the queue"
  }

  /// Whether all points are there.
  public var isComplete: Bool { points.measured + points.failed == points.total }
}

extension SweepRunStatus.Tasks: Encodable {
  private enum CodingKeys: String, CodingKey { case done, running, waiting, lost }

  /// Writes numbers of tasks as Slurm does: `0-3,7`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(TaskNumbers(done).description, forKey: .done)
    try values.encode(TaskNumbers(running).description, forKey: .running)
    try values.encode(TaskNumbers(waiting).description, forKey: .waiting)
    try values.encode(lost, forKey: .lost)
  }
}
