import Foundation
import SpikeTraces
import TestSupport
import Testing

/// Trainings that are killed, interrupted and resumed; recording and platforms on the way.
@Suite struct TrainResumeTests {
  private static let hardware = """
    name: small
    platform: conv-2023
    clock: 100 MHz
    layers:
      - {name: conv1, kind: convolution, processing-elements: 4, list-capacity: 64}
      - {name: fc1, kind: fully-connected, processing-elements: 5, list-capacity: 64}
    """

  private let folder: TemporaryFolder
  private let program: LockstepProgram
  private let arguments: [String]

  init() throws {
    folder = try TemporaryFolder()
    program = try LockstepProgram()
    let hardware = try folder.write(Self.hardware, to: "h.yaml")
    arguments = [
      "train", "--preset", "digits", "--network", "4C3-P2-10", "--time-steps", "4", "--epochs",
      "4", "--name", "n", "--record", "every:2,best", "--record-samples", "test", "--platform",
      hardware, "--platform-samples", "20",
    ]
  }

  private func contents(_ name: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path(name)) {
      contents[file] = try Data(contentsOf: URL(fileURLWithPath: folder.path("\(name)/\(file)")))
    }
    return contents
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path(path))
  }

  /// Begins a training and ends it with a signal as soon as `moment` comes.
  private func interrupt(
    _ name: String, _ signal: Int32, when moment: () -> Bool
  ) throws -> LockstepProgram.Result {
    try program.run(
      arguments + ["--output", folder.path(name), "--checkpoint", "batches:5"]
    ) { process in
      while !moment(), kill(process, 0) == 0 { usleep(200) }
      kill(process, signal)
    }
  }

  @Test func killedTrainingsEndAsIfNothingHadHappened() throws {
    let whole = try program.run(arguments + ["--output", folder.path("whole")])
    #expect(whole.status == 0, "\(whole.errors)")
    let expected = try contents("whole")
    #expect(
      expected.keys.sorted() == [
        "n-epoch002-test.spikes", "n-epoch004-test.spikes", "n-log.jsonl", "n-test.spikes",
        "n.safetensors",
      ])
    var interrupted = 0
    for (name, file) in [
      ("a", "n.checkpoint"), ("b", "n.checkpoint.previous"), ("c", "n-epoch002-test.spikes"),
      ("d", "n-epoch004-test.spikes"),
    ] {
      let killed = try interrupt(name, SIGKILL) { exists("\(name)/\(file)") }
      // A process that was faster than the signal has nothing left to resume.
      guard killed.status == 128 + 9 else { continue }
      interrupted += 1
      let resumed = try program.run(["train", "--resume", folder.path(name), "--threads", "3"])
      #expect(resumed.status == 0, "\(resumed.errors)")
      let found = try contents(name)
      #expect(found.keys.sorted() == expected.keys.sorted())
      for (file, data) in expected { #expect(found[file] == data, "\(name)/\(file)") }
    }
    #expect(interrupted > 0)
  }

  @Test func interruptedTrainingsSayHowToGoOn() throws {
    let stopped = try interrupt("e", SIGINT) { exists("e/n.checkpoint") }
    #expect(stopped.status == 130, "\(stopped.errors)")
    let checkpoint = folder.path("e/n.checkpoint")
    #expect(stopped.output.contains("go on with: lockstep train --resume \(checkpoint)"))
    let again = try program.run(arguments + ["--output", folder.path("e")])
    #expect(again.status == 2)
    #expect(again.errors.contains("unfinished training") && again.errors.contains("--restart"))
    let other = try program.run(["train", "--resume", checkpoint, "--learning-rate", "0.5"])
    #expect(other.status == 2 && other.errors.contains("learningRate: 0.5"))
    // An older good one stands in for a damaged one.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: checkpoint))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: checkpoint))
    if exists("e/n.checkpoint.previous") {
      let resumed = try program.run(["train", "--resume", folder.path("e")])
      #expect(resumed.status == 0 && resumed.errors.contains("the checkpoint before it"))
    }
    let anew = try program.run(
      arguments + ["--output", folder.path("e"), "--restart", "--epochs", "1"])
    #expect(anew.status == 0, "\(anew.errors)")
    #expect(!exists("e/n.checkpoint") && !exists("e/n.checkpoint.previous"))
  }

  @Test func nothingToResumeIsSaid() throws {
    for path in [folder.path("nowhere"), folder.url.path] {
      let run = try program.run(["train", "--resume", path])
      #expect(run.status == 2 && run.errors.contains(path), "\(run.errors)")
    }
    #expect(try program.run(["train", "--epochs", "1"]).status == 64)
  }

  @Test func everyEpochHasItsCyclesAsReplayHasThem() throws {
    let output = folder.path("p")
    let run = try program.run(
      arguments + [
        "--output", output, "--record", "every:4", "--record-samples", "validation",
        "--platform-samples", "1000", "--progress", "json", "--json",
      ])
    #expect(run.status == 0, "\(run.errors)")
    let log = try String(contentsOfFile: output + "/n-log.jsonl", encoding: .utf8)
    let lines = log.split(separator: "\n")
    #expect(lines.count == 4)
    // The same lines went to standard error as the epochs ended.
    #expect(run.errors.split(separator: "\n").filter { $0.hasPrefix(#"{"epoch""#) } == lines)
    let last = try #require(
      JSONSerialization.jsonObject(with: Data(lines[3].utf8)) as? [String: Any])
    let platform = try #require((last["platforms"] as? [[String: Any]])?.first)
    #expect(platform["samples"] as? Int == 130 && platform["name"] as? String == "small")
    let trace = output + "/n-epoch004-validation.spikes"
    let header = try TraceReader(path: trace).header
    #expect(header.hyperparameters["epoch"] == "4")
    for key in [
      "weightsFingerprint", "dataFingerprint", "trainingLoss", "validationAccuracy", "network",
    ] {
      #expect(header.hyperparameters[key] != nil, "\(key)")
    }
    let replay = try program.run([
      "replay", trace, "--hardware", folder.path("h.yaml"), "--json", "-", "--engine", "event",
    ])
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(replay.output.utf8)) as? [String: Any])
    #expect(report["latencyCycles"] as? NSDictionary == platform["cycles"] as? NSDictionary)
  }

  @Test func hardwareThatDoesNotFitIsNoticedBeforeTraining() throws {
    let one = Self.hardware.split(separator: "\n").dropLast().joined(separator: "\n")
    let path = try folder.write(one, to: "one.yaml")
    let run = try program.run(
      arguments + ["--epochs", "1000000", "--platform", path, "--output", folder.path("q")])
    #expect(run.status == 2)
    #expect(run.errors.contains("one.yaml") && run.errors.contains("1 layers"))
    #expect(try contents("q").isEmpty)
  }

  @Test(arguments: [
    ["--checkpoint", "epochs"], ["--checkpoint", "batches:0"], ["--record", "every:x"],
    ["--record-samples", "some"], ["--platform-samples", "0"], ["--progress", "loud"],
    ["--resume", "x", "--restart"],
  ])
  func optionsThatMakeNoSense(_ more: [String]) throws {
    #expect(try program.run(arguments + ["--output", folder.path("r")] + more).status == 64)
  }
}
