extension SweepShard {
  /// How a scheduler tells a task of an array which one it is.
  private struct Scheduler {
    let name: String
    /// The variable with the task's index.
    let index: String
    /// The variable with the first index, if it can be another than `base`.
    var first: String?
    /// The variable with the last index.
    var last: String?
    /// The variable with the distance between indices.
    var step: String?
    /// The variable with the number of tasks.
    var count: String?
    /// The first index, where no variable has it.
    var base = 0
  }

  // Variables as the manuals have them: sbatch(1) of Slurm, qsub(1) of Grid Engine, bsub(1) of LSF (where
  // the index is 0 outside of arrays), qsub(1B) of PBS Professional and of TORQUE, "Jobs" of Kubernetes,
  // "Array jobs" of AWS Batch. The last four do not tell how many tasks there are.
  private static let schedulers = [
    Scheduler(
      name: "Slurm", index: "SLURM_ARRAY_TASK_ID", first: "SLURM_ARRAY_TASK_MIN",
      last: "SLURM_ARRAY_TASK_MAX", step: "SLURM_ARRAY_TASK_STEP",
      count: "SLURM_ARRAY_TASK_COUNT"),
    Scheduler(
      name: "Grid Engine", index: "SGE_TASK_ID", first: "SGE_TASK_FIRST", last: "SGE_TASK_LAST",
      step: "SGE_TASK_STEPSIZE"),
    Scheduler(
      name: "LSF", index: "LSB_JOBINDEX", last: "LSB_JOBINDEX_END", step: "LSB_JOBINDEX_STEP",
      base: 1),
    Scheduler(name: "PBS", index: "PBS_ARRAY_INDEX"),
    Scheduler(name: "TORQUE", index: "PBS_ARRAYID"),
    Scheduler(name: "Kubernetes", index: "JOB_COMPLETION_INDEX"),
    Scheduler(name: "AWS Batch", index: "AWS_BATCH_JOB_ARRAY_INDEX"),
  ]

  /// The part of the array task that this process is.
  ///
  /// - Parameters:
  ///   - environment: the variables of the process.
  ///   - count: how many parts there are; then indices count from 0. If nil, the scheduler must say so
  ///     itself, and the smallest index is part 0.
  /// - Throws: ``ExplorationError`` if this is no array task, or the indices have gaps.
  public init(environment: [String: String], count: Int? = nil) throws(ExplorationError) {
    func number(_ variable: String?) -> Int? {
      variable.flatMap { environment[$0] }.flatMap { Int($0) }
    }
    // Outside of arrays Grid Engine says 'undefined', and LSF 0.
    let found = Self.schedulers.first { scheduler in
      number(scheduler.index).map { $0 >= scheduler.base } ?? false
    }
    guard let scheduler = found, let task = number(scheduler.index) else {
      throw ExplorationError(
        message: "this is no task of a job array: none of "
          + Self.schedulers.map(\.index).joined(separator: ", ")
          + " is set; write the shard yourself, as in --shard 2/8")
    }
    if let count {
      guard 0..<max(count, 1) ~= task else {
        throw ExplorationError(
          message:
            "\(scheduler.index) is \(task), and of \(count) shards the last is \(count - 1); "
            + "number the array from 0 to \(count - 1)")
      }
      try self.init(index: task, count: count)
      return
    }
    guard let last = number(scheduler.last) else {
      let missing = scheduler.last.map { "\($0) is not set" }
      throw ExplorationError(
        message:
          "\(missing ?? "\(scheduler.name) does not say how many tasks the array has"); say it, "
          + "as in --shard auto/8 for an array from 0 to 7")
    }
    let first = number(scheduler.first) ?? scheduler.base
    let step = max(number(scheduler.step) ?? 1, 1)
    guard 0...Int(Int32.max) ~= first, first...Int(Int32.max) ~= max(last, first) else {
      throw ExplorationError(
        message: "the indices of the array go from \(first) to \(last); number it from 0 on")
    }
    let tasks = last >= first ? (last - first) / step + 1 : 0
    guard first...max(last, first) ~= task, (task - first) % step == 0,
      number(scheduler.count) ?? tasks == tasks
    else {
      throw ExplorationError(
        message: "the indices of the array have gaps (\(first) to \(last), "
          + "\(number(scheduler.count) ?? tasks) tasks, this one is \(task)), so that it cannot be said "
          + "which shard this is; number the array from 0 on, or give --shard auto/N for an array of "
          + "which only some tasks run")
    }
    try self.init(index: (task - first) / step, count: tasks)
  }
}
