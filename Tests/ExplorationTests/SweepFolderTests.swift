import Exploration
import Foundation
import TestSupport
import Testing

/// Folders of sweeps on a cluster: manifests, what tasks write, and what is made of both.
@Suite struct SweepFolderTests {
  private func manifest(points: Int = 5, tasks: Int = 2) -> SweepManifest {
    SweepManifest(
      id: "abc", softwareVersion: "0.1.0", sweep: "a 'sweep'", specification: "fig1",
      hardware: "hardware/demo.yaml", replaySamples: 4, workingFolder: "/work", tasks: tasks,
      points: (0..<points).map {
        .init(key: "k\($0)", training: ["--seed", "\($0)", "--data", "a \"b\"/é"])
      })
  }

  private func text(_ manifest: SweepManifest) -> String {
    String(decoding: manifest.text(), as: UTF8.self)
  }

  @Test func manifestsAreReadAsWritten() throws {
    let manifest = manifest()
    #expect(try SweepManifest(data: manifest.text(), path: "m.json") == manifest)
    #expect(manifest.jobName == "lockstep-a__sweep_-abc")
    #expect(try manifest.shard(ofTask: 1).description == "1/2")
    #expect(throws: ExplorationError.self) { _ = try manifest.shard(ofTask: 2) }

    let temporary = try TemporaryFolder()
    let folder = SweepFolder(path: temporary.path("run"))
    #expect(throws: ExplorationError.self) { _ = try folder.manifest() }
    let lock = try folder.lock()
    try folder.create(manifest, hardware: "name: demo\n")
    #expect(try folder.manifest() == manifest)
    let error = #expect(throws: ExplorationError.self) { _ = try folder.lock() }
    #expect(error?.description.contains("another lockstep") == true)
    withExtendedLifetime(lock) {}
  }

  @Test func everyCutManifestIsRefused() throws {
    let data = manifest().text()
    for length in 0..<(data.count - 2) {
      #expect(throws: ExplorationError.self) {
        _ = try SweepManifest(data: data.prefix(length), path: "m.json")
      }
    }
  }

  @Test(arguments: [
    ("\"schemaVersion\" : 1", "\"schemaVersion\" : 2", "use a newer lockstep"),
    ("\"schemaVersion\" : 1", "\"schemaVersion\" : \"1\"", "not the manifest"),
    ("lockstep-sweep-manifest", "lockstep-sweep-point", "not the manifest"),
    ("\"tasks\" : 2", "\"tasks\" : 6", "6 tasks for 5 points"),
    ("\"tasks\" : 2", "\"tasks\" : 0", "0 tasks"),
    ("\"tasks\" : 2", "\"tasks\" : null", "'tasks'"),
    ("\"key\" : \"k1\"", "\"key\" : \"k0\"", "same key"),
    ("\"id\" : \"abc\"", "\"id\" : \"a,b\"", "its id"),
    ("hardware/demo.yaml", "../demo.yaml", "not in its folder"),
    ("hardware/demo.yaml", "/demo.yaml", "not in its folder"),
    ("\"replaySamples\" : 4", "\"replaySamples\" : -4", "replays -4"),
    ("\"workingFolder\"", "\"folder\"", "'workingFolder' is missing"),
  ])
  func impossibleManifestsAreRefused(
    _ original: String, _ replacement: String, _ message: String
  ) throws {
    let good = text(manifest())
    try #require(good.contains(original))
    let bad = good.replacing(original, with: replacement)
    let error = #expect(throws: ExplorationError.self) {
      _ = try SweepManifest(data: Data(bad.utf8), path: "m.json")
    }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test func differencesAreNamed() {
    let there = manifest()
    var here = there
    here.id = "other"
    here.workingFolder = "/elsewhere"
    #expect(there.difference(from: here) == nil)
    here.points[3].key = "x"
    #expect(there.difference(from: here)?.contains("point 3 has the key k3 there and x") == true)
    here.points[3].training[1] = "9"
    #expect(there.difference(from: here)?.contains("'--seed 3 --data") == true)
    here.tasks = 3
    #expect(there.difference(from: here) == "the number of tasks is 2 there and 3 here")
    here.points.removeLast()
    #expect(there.difference(from: here) == "the number of points is 5 there and 4 here")
  }

  @Test func foldersOfOthersAreLeftAlone() throws {
    let temporary = try TemporaryFolder()
    try temporary.write("thesis", to: "thesis.tex")
    let error = #expect(throws: ExplorationError.self) {
      _ = try SweepFolder(path: temporary.url.path).lock()
    }
    #expect(error?.description.contains("other things") == true)
    #expect(temporary.names == ["thesis.tex"])
  }

  @Test func statusOfTasks() throws {
    let temporary = try TemporaryFolder()
    let folder = SweepFolder(path: temporary.path("run"))
    let manifest = manifest(points: 9, tasks: 5)
    let lock = try folder.lock()
    try folder.create(manifest, hardware: "")
    var collected = CollectedPoints(folder, manifest)
    #expect(collected.update().isEmpty)

    func write(_ keys: [String], task: Int, rest: String = "") throws {
      let lines = try keys.map { String(decoding: try failedPoint($0).line(), as: UTF8.self) }
      try Data((lines.joined() + rest).utf8).write(
        to: URL(fileURLWithPath: folder.resultsPath(ofTask: task)))
    }
    // Task 0 is whole, task 1 is writing its second point, task 2 is spoilt, and 3 has a foreign point.
    try write(["k0", "k5"], task: 0)
    try write(["k1"], task: 1, rest: "{\"format\":\"lockst")
    try write(["k2"], task: 2, rest: "spoilt\n")
    try write(["elsewhere"], task: 3)
    #expect(collected.update().map(\.key) == ["k0", "k5", "k1"])
    #expect(collected.update().isEmpty)
    #expect(collected.missing(1) == 1 && collected.missing(4) == 1)
    try write(["k1", "k6"], task: 1)
    #expect(collected.update().map(\.key) == ["k6"])

    try folder.log(.submitted, job: "7", tasks: TaskNumbers(0...4))
    try folder.log(.resubmitted, job: "8", tasks: TaskNumbers([3]))
    try Data("progress\nerror: no memory\nbye\n".utf8).write(
      to: URL(fileURLWithPath: SlurmClient.Submission.log(job: "7", task: 4, in: folder.logs)))
    let status = SweepRunStatus(
      folder, manifest, collected,
      queue: [
        SlurmTask(job: "7", number: 3, state: "NODE_FAIL"),
        SlurmTask(job: "8", number: 3, state: "PENDING", reason: "Resources"),
        SlurmTask(job: "7", number: 2, state: "RUNNING"),
        SlurmTask(job: "7", number: 4, state: "OUT_OF_MEMORY", reason: "OutOfMemory"),
      ], log: folder.submissions)
    #expect(status.points == .init(total: 9, measured: 0, failed: 4) && !status.isComplete)
    #expect(status.tasks.done == [0, 1] && status.tasks.running == [2])
    #expect(status.tasks.waiting == [3] && status.waitingReasons == ["Resources"])
    #expect(
      status.tasks.lost == [
        .init(
          task: 4, missingPoints: 1, retries: 0,
          reason: "OUT_OF_MEMORY OutOfMemory: error: no memory")
      ])
    #expect(status.problems.count == 1 && status.problems[0].contains("task-000002.jsonl:2"))
    withExtendedLifetime(lock) {}
  }

  private func failedPoint(_ key: String) -> SweepPoint {
    SweepPoint(
      key: key, sweep: "test",
      hyperparameters: SweepHyperparameters(
        surrogate: "arctangent", scale: 1, beta: 0.5, theta: 1, timeSteps: 5, network: "10",
        settings: [:]), seed: 1,
      provenance: SweepProvenance(
        softwareVersion: "0.1.0", command: "lockstep train", dataSet: "digits",
        dataFingerprint: "ab", trainingSamples: 10, validationSamples: 5),
      outcome: .failed("it diverged"))
  }
}
