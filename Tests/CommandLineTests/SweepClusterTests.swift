import Foundation
import TestSupport
import Testing

/// Sweeps on a cluster as users meet them; `scripts/check-slurm` has a real one.
@Suite struct SweepClusterTests {
  private static let repository = Fixture.url("", folder: "../..").path + "/"
  private let folder: TemporaryFolder
  private let program: LockstepProgram
  /// A folder whose name a shell would not leave in one piece.
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    program = try LockstepProgram()
    run = folder.path("it's a run")
    try folder.write(
      """
      name: small
      preset: digits
      hardware: \(Self.repository)hardware/digits-demo.yaml
      train: {epochs: 1, train-samples: 64, test-samples: 20}
      grid:
        time-steps: [3, 4]
        slope: [1, 2, 4, 8]
      replay-samples: 4
      """, to: "small.yaml")
  }

  private func sweep(
    _ arguments: [String] = [], output: String = "slurm.jsonl", in slurm: FakeSlurm
  ) throws -> LockstepProgram.Result {
    try program.run(
      [
        "sweep", folder.path("small.yaml"), "-o", folder.path(output), "--engine", "slurm",
        "--folder", run,
      ] + arguments, environment: slurm.environment)
  }

  private func local() throws -> [String] {
    let result = try program.run([
      "sweep", folder.path("small.yaml"), "-o", folder.path("local.jsonl"), "--quiet",
    ])
    #expect(result.status == 0, "\(result.errors)")
    return try lines("local.jsonl")
  }

  private func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: folder.path(name), encoding: .utf8).split(separator: "\n")
      .map(String.init).sorted()
  }

  @Test func pointsOfTasksAreThoseOfOneMachine() throws {
    let expected = try local()
    // What was measured before is not measured again: two points, of which one is all of its task.
    try folder.write(expected[0] + "\n" + expected[5] + "\n", to: "slurm.jsonl")
    let slurm = try FakeSlurm(folder)
    let first = try sweep(["--concurrent", "3"], in: slurm)
    #expect(first.status == 0 && first.output.contains("Points"), "\(first.errors)")
    #expect(try lines("slurm.jsonl") == expected)
    #expect(slurm.submissions.count == 1)
    // The array may have 6 tasks, so that two points make a task.
    #expect(slurm.submissions[0].contains("%3 --job-name=lockstep-small-"))
    #expect(slurm.submissions[0].hasSuffix("\(run)/job.sh"))

    let again = try sweep(output: "other.jsonl", in: slurm)
    #expect(again.status == 0, "\(again.errors)")
    #expect(try lines("other.jsonl") == expected && slurm.submissions.count == 1)

    let other = try sweep(["--", "--beta", "0.8"], in: slurm)
    #expect(other.status == 2 && other.errors.contains("another sweep"), "\(other.errors)")
    #expect(slurm.submissions.count == 1)
  }

  @Test func tasksThatFailAreSubmittedAgainUntilItIsEnough() throws {
    let slurm = try FakeSlurm(
      folder,
      sbatch: """
        for task in $tasks; do
          [ "$task" = 1 ] || SLURM_ARRAY_TASK_ID=$task sh "$script" >/dev/null 2>&1
        done
        echo "slurmstepd: error: Detected 1 oom-kill event" >"$(dirname "$script")/logs/41_1.log"
        echo '41;cluster'
        """)
    let failed = try sweep(["--retries", "1"], in: slurm)
    #expect(failed.status == 2 && failed.errors.contains("sweep retry"), "\(failed.errors)")
    #expect(failed.errors.contains("task 1 (slurmstepd: error: Detected 1 oom-kill"))
    #expect(slurm.submissions.count == 2 && slurm.submissions[1].contains("--array=1 "))
    #expect(try lines("slurm.jsonl").count == 6)

    let status = try program.run(["sweep", "status", run], environment: slurm.environment)
    #expect(status.status == 1 && status.output.contains("6 of 8 are there"), "\(status.output)")
    #expect(status.output.contains("lost    task 1, 2 points: slurmstepd: error: Detected"))

    let whole = try FakeSlurm(folder)
    let retry = try program.run(["sweep", "retry", run], environment: whole.environment)
    #expect(retry.status == 0 && retry.errors.contains("1 task (1) as job 41"), "\(retry.errors)")
    let collect = try program.run(["sweep", "collect", run, "-o", folder.path("slurm.jsonl")])
    #expect(collect.status == 0 && collect.errors.contains("8 of 8"), "\(collect.errors)")
    #expect(try lines("slurm.jsonl") == local())
    let done = try program.run(["sweep", "status", run, "--json"])
    #expect(done.status == 0 && done.output.contains("\"done\" : \"0-3\""), "\(done.output)")
  }

  @Test func noSlurmAndOneThatRefuses() throws {
    let missing = try program.run(
      [
        "sweep", folder.path("small.yaml"), "-o", folder.path("a.jsonl"), "--engine", "slurm",
        "--folder", run,
      ], environment: ["PATH": folder.path("nothing")])
    #expect(missing.status == 2 && missing.errors.contains("--shard 0/8"), "\(missing.errors)")
    #expect(!FileManager.default.fileExists(atPath: run))

    let slurm = try FakeSlurm(
      folder,
      sbatch: """
        echo 'sbatch: error: Batch job submission failed: Invalid partition name specified' >&2
        exit 1
        """)
    let refused = try sweep(in: slurm)
    #expect(
      refused.status == 2 && refused.errors.contains("Invalid partition"), "\(refused.errors)")
    #expect(refused.errors.contains("--slurm-option --partition=NAME"))
    let many = try sweep(["--points-per-task", "1"], in: slurm)
    #expect(many.status == 2 && many.errors.contains("number of tasks"), "\(many.errors)")

    for (arguments, message) in [
      (["--shard", "0/2"], "divides the sweep itself"), (["--threads", "2"], "give --cpus"),
      (["--retries=-1"], "give 0 or more"), (["--cpus", "0"], "give 1 or more"),
      (["--slurm-option", "short"], "no option of sbatch"),
      (["--slurm-option", "--a\n#SBATCH --b"], "no option of sbatch"),
    ] {
      let result = try sweep(arguments, in: slurm)
      #expect(result.status == 64 && result.errors.contains(message), "\(result.errors)")
    }
    let stray = try program.run(["sweep", "fig1", "-o", "a.jsonl", "--folder", run])
    #expect(stray.status == 64 && stray.errors.contains("add --engine slurm"), "\(stray.errors)")
  }

  @Test func watchingCanBeInterruptedAndCancelled() throws {
    let slurm = try FakeSlurm(folder, sbatch: "echo 41")
    try folder.write("41|[0-3]|PENDING|Resources\n", to: "queue")
    func watch(_ whileRunning: @escaping @Sendable (Int32) -> Void) throws -> LockstepProgram.Result
    {
      try program.run(
        [
          "sweep", folder.path("small.yaml"), "-o", folder.path("slurm.jsonl"), "--engine", "slurm",
          "--folder", run,
        ], environment: slurm.environment, whileRunning: whileRunning)
    }
    let folder = folder
    let submitted: @Sendable () -> Void = {
      while !FileManager.default.fileExists(atPath: folder.path("it's a run/submissions.jsonl")) {
        usleep(10_000)
      }
    }
    // The queue shows the tasks before they are submitted: nothing is to be done but to wait.
    let detached = try sweep(["--detach"], in: slurm)
    #expect(
      detached.status == 0 && detached.errors.contains("queued already"), "\(detached.errors)")
    #expect(slurm.submissions.isEmpty)
    try folder.write("", to: "queue")
    let asked = try sweep(["--detach"], in: slurm)
    #expect(asked.status == 0 && slurm.submissions.count == 1, "\(asked.errors)")
    try folder.write("41|[0-3]|PENDING|Resources\n", to: "queue")

    let interrupted = try watch { process in
      submitted()
      usleep(700_000)
      kill(process, SIGINT)
    }
    #expect(interrupted.status == 130, "\(interrupted.errors)")
    #expect(interrupted.errors.contains("lockstep sweep collect '"), "\(interrupted.errors)")

    let cancel = try program.run(["sweep", "cancel", run], environment: slurm.environment)
    #expect(cancel.status == 0, "\(cancel.errors)")
    let cancelled = try String(contentsOfFile: folder.path("cancellations"), encoding: .utf8)
    #expect(cancelled.contains("--name=lockstep-small-"))
    let collect = try program.run(
      ["sweep", "collect", run, "-o", folder.path("slurm.jsonl"), "--watch"],
      environment: slurm.environment)
    #expect(collect.status == 2 && collect.errors.contains("was cancelled"), "\(collect.errors)")
    #expect(slurm.submissions.count == 1)
  }

  @Test func tasksRefuseWhatWasNotSubmitted() throws {
    let slurm = try FakeSlurm(folder, sbatch: "echo 41")
    #expect(try sweep(["--detach", "--points-per-task", "3"], in: slurm).status == 0)
    func task(_ number: String, _ more: [String] = []) throws -> LockstepProgram.Result {
      try program.run(["sweep", "task", run, "--number", number] + more)
    }
    let unknown = try task("3")
    #expect(unknown.status == 2 && unknown.errors.contains("no task 3"), "\(unknown.errors)")
    let stage = try task("0", ["--stage"])
    #expect(stage.status == 2 && stage.errors.contains("what --data names"), "\(stage.errors)")

    // The accelerator, then the program, then the folder are others than they were.
    let hardware = run + "/hardware/digits-demo.yaml"
    let text = try String(contentsOfFile: hardware, encoding: .utf8)
    try Data((text + "# changed\n").utf8).write(to: URL(fileURLWithPath: hardware))
    let changed = try task("1")
    #expect(
      changed.status == 2 && changed.errors.contains("point 1 has the key"), "\(changed.errors)")
    try Data(text.utf8).write(to: URL(fileURLWithPath: hardware))
    #expect(try task("1").status == 0)
    #expect(try task("1").status == 0)
    let written = try String(contentsOfFile: run + "/results/task-000001.jsonl", encoding: .utf8)
    #expect(written.split(separator: "\n").count == 3)

    let path = URL(fileURLWithPath: run + "/manifest.json")
    let manifest = try String(contentsOf: path, encoding: .utf8)
    for (original, replacement, message) in [
      (
        "\"softwareVersion\" : \"0.1.0\"", "\"softwareVersion\" : \"0.0.9\"",
        "submitted by lockstep 0.0.9"
      ),
      ("\"workingFolder\" : \"/", "\"workingFolder\" : \"/nowhere/", "no folder /nowhere/"),
    ] {
      try #require(manifest.contains(original))
      try FileManager.default.removeItem(at: path)
      try Data(manifest.replacing(original, with: replacement).utf8).write(to: path)
      let refused = try task("0")
      #expect(refused.status == 2 && refused.errors.contains(message), "\(refused.errors)")
    }
  }

  @Test func stagedDataGiveTheSameAndAreRemoved() throws {
    let data = Self.repository + "Sources/Datasets/Resources/digits/digits"
    let slurm = try FakeSlurm(folder)
    try FileManager.default.createDirectory(
      atPath: folder.path("scratch"), withIntermediateDirectories: false)
    var environment = slurm.environment
    environment["TMPDIR"] = folder.path("scratch")
    let staged = try program.run(
      [
        "sweep", folder.path("small.yaml"), "-o", folder.path("staged.jsonl"), "--engine", "slurm",
        "--folder", run, "--stage", "--", "--data", data,
      ], environment: environment)
    #expect(staged.status == 0, "\(staged.errors)")
    let direct = try program.run([
      "sweep", folder.path("small.yaml"), "-o", folder.path("direct.jsonl"), "--quiet", "--",
      "--data", data,
    ])
    #expect(direct.status == 0, "\(direct.errors)")
    #expect(try lines("staged.jsonl") == lines("direct.jsonl"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("scratch")).isEmpty)
  }

  @Test func shardsByHandMakeTheWhole() throws {
    let expected = try local()
    for shard in ["0/3", "1/3", "2/3"] {
      let result = try program.run([
        "sweep", folder.path("small.yaml"), "-o", folder.path("part\(shard.first ?? "x").jsonl"),
        "--shard", shard, "--quiet",
      ])
      #expect(result.status == 0, "\(result.errors)")
    }
    let parts = try ["part0.jsonl", "part1.jsonl", "part2.jsonl"].map(lines)
    #expect(parts.map(\.count) == [3, 3, 2])
    #expect(parts.joined().sorted() == expected)
    let empty = try program.run(
      [
        "sweep", folder.path("small.yaml"), "-o", folder.path("part9.jsonl"), "--shard", "auto/10",
      ], environment: ["PBS_ARRAY_INDEX": "9", "SLURM_ARRAY_TASK_ID": ""])
    #expect(empty.status == 0 && empty.errors.contains("shard 9/10: 0 points"), "\(empty.errors)")
    let none = try program.run([
      "sweep", folder.path("small.yaml"), "-o", folder.path("none.jsonl"), "--shard", "3/3",
    ])
    #expect(none.status == 2 && none.errors.contains("no shard 3 of 3"), "\(none.errors)")
  }
}
