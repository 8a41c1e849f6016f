import Foundation
import SpikeTraces
import TestSupport
import Testing

/// `lockstep train` and `lockstep record` as users meet them.
@Suite struct TrainCommandTests {
  private static let quick = [
    "train", "--network", "4C3-P2-10", "--time-steps", "4", "--epochs", "1", "--name", "quick",
  ]

  @Test func aTrainingLeavesModelTracesAndLog() throws {
    let folder = try TemporaryFolder()
    let run = try LockstepProgram().run(Self.quick + ["--output", folder.path("a"), "--json"])
    #expect(run.status == 0, "\(run.errors)")
    let result = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(result["schemaVersion"] as? Int == 1)
    #expect((result["files"] as? [String])?.count == 4)
    let names = [
      "quick-log.jsonl", "quick-test.spikes", "quick-train.spikes", "quick.safetensors",
    ]
    let written = try FileManager.default.contentsOfDirectory(atPath: folder.path("a")).sorted()
    #expect(written == names)

    let test = try TraceReader(path: folder.path("a/quick-test.spikes"))
    let train = try TraceReader(path: folder.path("a/quick-train.spikes"))
    #expect(test.sampleCount == 500 && train.sampleCount == 1297)
    #expect(test.header.networkName == "quick" && test.header.dataSet.split == "test")
    #expect(test.header.boundaries.map(\.description) == ["1x8x8", "4x3x3", "10x1x1"])
    let hits = try (0..<500).count { index in
      let summary = try test.summary(of: index)
      return summary.label == summary.prediction
    }
    #expect((result["testAccuracy"] as? Double) == Double(hits) / 500)

    // Another number of threads, the same bytes.
    let again = try LockstepProgram().run(
      Self.quick + ["--output", folder.path("b"), "--threads", "3"])
    #expect(again.status == 0)
    #expect(again.output.contains("accuracy"))
    for name in names {
      let first = try Data(contentsOf: URL(fileURLWithPath: folder.path("a/\(name)")))
      let second = try Data(contentsOf: URL(fileURLWithPath: folder.path("b/\(name)")))
      #expect(first == second, "\(name)")
    }
    try checkRecording(folder)
  }

  @Test func theResetDelayIsAnOption() throws {
    let folder = try TemporaryFolder()
    for (options, isImmediate) in [
      ([], false), (["--reset-delay"], false), (["--no-reset-delay"], true),
    ] {
      let run = try LockstepProgram().run(
        Self.quick + ["--output", folder.path("a"), "--train-samples", "40"] + options)
      #expect(run.status == 0, "\(run.errors)")
      let information = try LockstepProgram().run(
        ["model", "info", folder.path("a/quick.safetensors")])
      #expect(information.output.contains("subtract"), "\(information.output)")
      #expect(information.output.contains("subtract at once") == isImmediate)
    }
  }

  #if os(Linux)
  @Test func aTrainingWithoutMemorySaysWhatToDo() throws {
    let folder = try TemporaryFolder()
    let run = try LockstepProgram().run(
      [
        "train", "--network", "200C3s-10", "--time-steps", "20000", "--threads", "2", "--output",
        folder.path("a"),
      ], addressSpace: 8_000_000)
    #expect(run.status == 2)
    let lines = run.errors.split(separator: "\n")
    let error = lines.last { $0.hasPrefix("error: ") } ?? ""
    #expect(
      error.hasPrefix("error: there is no memory to train this network with 20000 time steps"),
      "\(run.errors)")
    #expect(
      error.hasSuffix(
        "GiB; use fewer time steps than 20000, fewer threads than 2 or smaller layers"))
  }
  #endif

  private func checkRecording(_ folder: TemporaryFolder) throws {
    let model = folder.path("a/quick.safetensors")
    let run = try LockstepProgram().run([
      "record", "--model", model, "--samples", "20", "--output", folder.path("some.spikes"),
    ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(try TraceReader(path: folder.path("some.spikes")).sampleCount == 20)

    var bytes = try Data(contentsOf: URL(fileURLWithPath: model))
    withUnsafeBytes(of: Float.nan.bitPattern.littleEndian) {
      bytes.replaceSubrange((bytes.count - 4)..<bytes.count, with: $0)
    }
    let damaged = folder.path("damaged.safetensors")
    try bytes.write(to: URL(fileURLWithPath: damaged))
    let refused = try LockstepProgram().run([
      "record", "--model", damaged, "--output", folder.path("none.spikes"),
    ])
    #expect(refused.status == 2)
    #expect(refused.errors.hasPrefix("error: ") && refused.errors.contains("fc1.bias"))
    #expect(!folder.names.contains { $0.hasPrefix("none") })
  }

  @Test(
    "bad input: exit status 2, one line that names the fault, nothing written",
    arguments: [
      (["--preset", "nothing"], "digits"), (["--time-steps", "0"], "time steps"),
      (["--schedule", "steps", "--schedule-epochs", "\(Int.max)"], "1 to 1000000 epochs"),
      (["--schedule", "warm-restarts", "--schedule-epochs", "\(Int.max)"], "1 to 1000000"),
      (["--epochs", "0"], "epochs"), (["--beta", "2"], "beta"), (["--theta", "0"], "threshold"),
      (["--learning-rate=-1"], "learning rate"), (["--slope", "0"], "scale"),
      (["--threads", "0"], "threads"), (["--network", "16C3-Q2-10"], "Q2"),
      (["--network", "16C3-55"], "55 neurons"), (["--data", "/nowhere/train"], "/nowhere/train"),
      (["--name", "a/b"], "--name"), (["--batch-size", "0"], "batch size"),
      (["--loss", "rate-cross-entropy", "--correct-rate", "1"], "count-mse"),
      (["--correct-rate", "3"], "target rates"), (["--weight-gain", "nan"], "weight gain"),
    ])
  func badInput(arguments: [String], complaint: String) throws {
    let folder = try TemporaryFolder()
    let run = try LockstepProgram().run(["train", "--output", folder.url.path] + arguments)
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("error: "), "\(run.errors)")
    #expect(run.errors.contains(complaint), "\(run.errors)")
    #expect(folder.names.isEmpty)
  }

  @Test func anUnwritableFolderIsNoticedBeforeTraining() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(fileURLWithPath: folder.path("file")))
    let run = try LockstepProgram().run([
      "train", "--epochs", "1000000", "--output", folder.path("file/below"),
    ])
    #expect(run.status == 2)
    #expect(run.errors.contains(folder.path("file/below")))
    #expect(run.errors.contains("--output"))
  }

  @Test func helpTeachesByExample() throws {
    for command in ["train", "record"] {
      let run = try LockstepProgram().run([command, "--help"])
      #expect(run.status == 0)
      #expect(run.output.contains("EXAMPLES") && run.output.contains("lockstep \(command) --"))
    }
  }
}
