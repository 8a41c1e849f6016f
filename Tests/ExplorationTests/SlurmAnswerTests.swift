import Exploration
import Foundation
import TestSupport
import Testing

/// What Slurm's commands write, and what they are asked.
@Suite struct SlurmAnswerTests {
  @Test func numbersOfTasks() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let count = Int.random(in: 1...30, using: &generator)
      let numbers = (0..<count).map { _ in Int.random(in: 0...60, using: &generator) }
      let set = TaskNumbers(numbers)
      #expect(TaskNumbers(set.description) == set)
      #expect(set.numbers == Set(numbers).sorted())
    }
    #expect(TaskNumbers([5, 0, 1, 2, 9, 10]).description == "0-2,5,9-10")
    #expect(TaskNumbers("[3-7%2]")?.numbers == [3, 4, 5, 6, 7])
    #expect(TaskNumbers("0-8:4,11")?.numbers == [0, 4, 8, 11])
    for bad in [
      "", "a", "3-", "-3", "7-3", "1,,2", "1-5,...", "[1-2", "1%x", "1-9:0", "0-99999999999",
      "1:2:3",
    ] {
      #expect(TaskNumbers(bad) == nil, "\(bad)")
    }
  }

  @Test func queueIsRead() throws {
    let tasks = try SlurmTask.parse(
      queue: """
        12|0|RUNNING|None
        12|[3-5%2]|PENDING|JobArrayTaskLimit
        11|1|FAILED|NonZeroExitCode
        11|N/A|CANCELLED|Priority
        12|2|COMPLETING|None

        """)
    #expect(
      tasks == [
        SlurmTask(job: "12", number: 0, state: "RUNNING"),
        SlurmTask(job: "12", number: 3, state: "PENDING", reason: "JobArrayTaskLimit"),
        SlurmTask(job: "12", number: 4, state: "PENDING", reason: "JobArrayTaskLimit"),
        SlurmTask(job: "12", number: 5, state: "PENDING", reason: "JobArrayTaskLimit"),
        SlurmTask(job: "11", number: 1, state: "FAILED", reason: "NonZeroExitCode"),
        SlurmTask(job: "12", number: 2, state: "COMPLETING"),
      ])
    #expect(tasks.map(\.hasEnded) == [false, false, false, false, true, false])
    #expect(tasks.map(\.isRunning) == [true, false, false, false, false, true])
    #expect(try SlurmTask.parse(queue: "").isEmpty)
    for bad in ["slurm_load_jobs error", "12|0|RUNNING", "a|0|RUNNING|None", "12|x|RUNNING|None"] {
      #expect(throws: ExplorationError.self) { _ = try SlurmTask.parse(queue: bad) }
    }
  }

  @Test func settingsAreRead() {
    let settings = "MaxArraySize            = 1001\nMaxBatchRequeue         = 5\n"
    #expect(SlurmClient.largestArray(settings: settings) == 1001)
    #expect(SlurmClient.largestArray(settings: "Configuration data as of today\n") == nil)
  }

  @Test func submissionsAreArgumentsNotText() {
    let submission = SlurmClient.Submission(
      script: "/a b/it's/job.sh", name: "lockstep-x", tasks: TaskNumbers([0, 1, 2, 7]),
      concurrentTasks: 2, logs: "/a b/5%A/logs")
    #expect(
      submission.arguments == [
        "--parsable", "--array=0-2,7%2", "--job-name=lockstep-x",
        "--output=/a b/5%%A/logs/%A_%a.log", "/a b/it's/job.sh",
      ])
  }

  @Test func retriesAreCountedFromTheLastPersonOn() {
    var data = SubmissionLog.line(.submitted, job: "1", tasks: TaskNumbers(0...7))
    data += SubmissionLog.line(.resubmitted, job: "2", tasks: TaskNumbers([3, 4]))
    data += SubmissionLog.line(.resubmitted, job: "3", tasks: TaskNumbers([3]))
    var log = SubmissionLog(data: data)
    #expect(log.retries[3] == 2 && log.retries[4] == 1 && log.retries[0] == 0)
    #expect(log.lastJob(ofTask: 3) == "3" && log.lastJob(ofTask: 0) == "1")
    #expect(log.lastJob(ofTask: 8) == nil && !log.isCancelled)
    data += SubmissionLog.line(.cancelled, job: nil, tasks: nil)
    #expect(SubmissionLog(data: data).isCancelled)
    data += SubmissionLog.line(.submitted, job: "4", tasks: TaskNumbers([3]))
    // A line that is cut off, as a killed writer leaves it.
    log = SubmissionLog(data: data + Data("{\"event\":\"resubm".utf8))
    #expect(log.retries[3] == 0 && log.retries[4] == 1 && !log.isCancelled)
    #expect(log.entries.count == 5)
  }
}
