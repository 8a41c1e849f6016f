import Exploration
import TestSupport
import Testing

/// Parts of a sweep: by hand, and as schedulers number the tasks of an array.
@Suite struct SweepShardTests {
  @Test func everyPointIsInOneShard() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      let points = Int.random(in: 0...300, using: &generator)
      let count = Int.random(in: 1...40, using: &generator)
      let shards = try (0..<count).map { try SweepShard(index: $0, count: count) }
      let parts = shards.map { Array($0.positions(of: points)) }
      #expect(parts.joined().sorted() == Array(0..<points))
      let sizes = parts.map(\.count)
      #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
      for (shard, part) in zip(shards, parts) {
        #expect(part == (0..<points).filter(shard.contains))
        // More points behind do not move those that are there.
        #expect(Array(shard.positions(of: points + 1)).filter { $0 < points } == part)
      }
    }
  }

  @Test(arguments: [
    "8/8", "-1/8", "0/0", "1", "", "/", "a/b", "1/2/3", "+1/8", "0x1/8", "auto/", "1/",
  ])
  func badTextsSayWhatToDo(_ text: String) {
    let error = #expect(throws: ExplorationError.self) {
      _ = try SweepShard(text: text, environment: [:])
    }
    #expect(error?.description.contains("/") == true)
  }

  @Test(arguments: [
    (
      [
        "SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_MIN": "3", "SLURM_ARRAY_TASK_MAX": "11",
        "SLURM_ARRAY_TASK_STEP": "2", "SLURM_ARRAY_TASK_COUNT": "5",
      ], "2/5"
    ),
    (
      [
        "SLURM_ARRAY_TASK_ID": "0", "SLURM_ARRAY_TASK_MIN": "0", "SLURM_ARRAY_TASK_MAX": "0",
        "SLURM_ARRAY_TASK_COUNT": "1",
      ], "0/1"
    ),
    (
      [
        "SGE_TASK_ID": "10", "SGE_TASK_FIRST": "1", "SGE_TASK_LAST": "10",
        "SGE_TASK_STEPSIZE": "3",
      ], "3/4"
    ),
    (["LSB_JOBINDEX": "8", "LSB_JOBINDEX_END": "8", "LSB_JOBINDEX_STEP": "1"], "7/8"),
    // Other schedulers set these in jobs that are no arrays.
    (
      [
        "SGE_TASK_ID": "undefined", "LSB_JOBINDEX": "0", "LSB_JOBINDEX_END": "0",
        "SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "4",
        "SLURM_ARRAY_TASK_COUNT": "4",
      ], "0/4"
    ),
  ])
  func schedulersTellShards(_ environment: [String: String], _ expected: String) throws {
    #expect(try SweepShard(text: "auto", environment: environment).description == expected)
  }

  @Test(arguments: [
    "SLURM_ARRAY_TASK_ID", "SGE_TASK_ID", "LSB_JOBINDEX", "PBS_ARRAY_INDEX", "PBS_ARRAYID",
    "JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX",
  ])
  func indexWithoutCount(_ variable: String) throws {
    let environment = [variable: "3"]
    #expect(try SweepShard(text: "auto/8", environment: environment).description == "3/8")
    let error = #expect(throws: ExplorationError.self) {
      _ = try SweepShard(text: "auto", environment: environment)
    }
    #expect(error?.description.contains("--shard auto/8") == true, "\(String(describing: error))")
    #expect(throws: ExplorationError.self) {
      _ = try SweepShard(text: "auto/3", environment: environment)
    }
  }

  @Test func gapsAreRefused() {
    let error = #expect(throws: ExplorationError.self) {
      // --array=1,5,9-12
      _ = try SweepShard(
        text: "auto",
        environment: [
          "SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "1", "SLURM_ARRAY_TASK_MAX": "12",
          "SLURM_ARRAY_TASK_STEP": "1", "SLURM_ARRAY_TASK_COUNT": "6",
        ])
    }
    #expect(error?.description.contains("have gaps (1 to 12, 6 tasks") == true)
    for text in ["auto", "auto/4"] {
      let error = #expect(throws: ExplorationError.self) {
        _ = try SweepShard(text: text, environment: ["SGE_TASK_ID": "undefined"])
      }
      #expect(error?.description.contains("no task of a job array") == true)
    }
    // Numbers at the ends of what fits must not trap.
    #expect(throws: ExplorationError.self) {
      _ = try SweepShard(
        text: "auto",
        environment: [
          "SGE_TASK_ID": "1", "SGE_TASK_FIRST": "\(Int.min)", "SGE_TASK_LAST": "\(Int.max)",
        ])
    }
  }
}
