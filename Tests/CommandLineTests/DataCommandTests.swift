import Foundation
import SpikeTraces
import TestSupport
import Testing

/// `lockstep data`, and trainings on data sets of other kinds than the digits.
@Suite struct DataCommandTests {
  /// A folder of N-MNIST with three short recordings of every digit.
  private func nMNIST() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 4)
    for digit in 0..<10 {
      let place = folder.url.appendingPathComponent("Train/\(digit)")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      for number in 0..<3 {
        var bytes: [UInt8] = []
        for event in 0..<200 {
          bytes += [
            UInt8(digit * 3), UInt8.random(in: 0..<34, using: &random),
            UInt8.random(in: 0...1, using: &random) * 128, UInt8(event / 2), 7,
          ]
        }
        try Data(bytes).write(to: place.appendingPathComponent("0000\(number).bin"))
      }
    }
    return folder
  }

  @Test func theListSaysWhereDataComeFrom() throws {
    let run = try LockstepProgram().run(["data"])
    #expect(run.status == 0)
    for text in [
      "fashion-mnist", "apt-get install dataset-fashion-mnist", "train_32x32.mat", "MD5",
    ] {
      #expect(run.output.contains(text))
    }
    let json = try LockstepProgram().run(["data", "--json"])
    let list = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(list.contains { $0["name"] as? String == "n-mnist" })
  }

  @Test func anInspectionDecodesEverySample() throws {
    let digits = try LockstepProgram().run(["data", "digits"])
    #expect(digits.status == 0, "\(digits.errors)")
    #expect(digits.output.contains("1797 images of 1x8x8, 10 classes"))
    let folder = try nMNIST()
    let run = try LockstepProgram().run(["data", folder.url.path, "--json"])
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(report["dataSet"] as? String == "n-mnist")
    let parts = try #require(report["parts"] as? [[String: Any]])
    #expect(parts.count == 1 && parts[0]["samples"] as? Int == 30)
    #expect((parts[0]["events"] as? [String: Any])?["mean"] as? Double == 200)

    try Data([1, 2, 3]).write(to: folder.url.appendingPathComponent("Train/6/00001.bin"))
    let damaged = try LockstepProgram().run(["data", folder.url.path])
    #expect(damaged.status == 2)
    #expect(damaged.errors.contains("Train/6/00001.bin") && damaged.errors.contains("event 0"))
    let few = try LockstepProgram().run(["data", folder.url.path, "--samples", "3"])
    #expect(few.status == 0 && few.output.contains("the first 3"))
  }

  @Test func wrongChecksumsAreTold() throws {
    let folder = try TemporaryFolder()
    let place = folder.url.appendingPathComponent("mnist")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7])
      .write(to: place.appendingPathComponent("train-images-idx3-ubyte.gz"))
    try Data([0, 0, 8, 1, 0, 0, 0, 1, 0])
      .write(to: place.appendingPathComponent("train-labels-idx1-ubyte.gz"))
    let run = try LockstepProgram().run(["data", place.path])
    #expect(run.status == 1)
    #expect(run.output.contains("WRONG") && run.output.contains("1 images of 1x1x1"))
  }

  @Test func aModelKnowsHowItsSamplesAreEncoded() throws {
    let folder = try nMNIST()
    let output = folder.path("output")
    let train = try LockstepProgram().run([
      "train", "--data", folder.url.path, "--network", "20", "--time-steps", "4", "--epochs", "2",
      "--name", "events", "--output", output, "--resize", "17", "--bins", "count", "--denoise",
      "100000", "--augment", "shift:1,flip", "--threads", "2",
    ])
    #expect(train.status == 0, "\(train.errors)")
    let test = try TraceReader(path: output + "/events-test.spikes")
    #expect(test.header.coding == .events)
    #expect(test.header.boundaries[0].description == "2x17x17")
    let record = try LockstepProgram().run([
      "record", "--model", output + "/events.safetensors", "--data", folder.url.path, "--output",
      output + "/all.spikes",
    ])
    #expect(record.status == 0, "\(record.errors)")
    let all = try TraceReader(path: output + "/all.spikes")
    #expect(all.sampleCount == 30)
    for index in 0..<test.sampleCount {
      let tested = try test.sample(index)
      let recorded = try all.sample(Int(tested.id))
      #expect(recorded.boundaries == tested.boundaries)
      #expect(tested.boundaries[0].spikeCount > 0)
    }
    // Counts are not spikes: the network reads them, and the trace says so.
    let counts = try LockstepProgram().run([
      "record", "--model", output + "/events.safetensors", "--data", folder.url.path,
      "--event-values", "counts", "--output", output + "/counts.spikes",
    ])
    #expect(counts.status == 0, "\(counts.errors)")
    let values = try TraceReader(path: output + "/counts.spikes")
    #expect(values.header.coding == .direct)
    #expect(try values.sample(0).boundaries[0].spikeCount == 0)
  }

  @Test func damagedRecordingsEndATraining() throws {
    let folder = try nMNIST()
    for number in 0..<3 {
      try Data([99, 1, 0, 0, 0]).write(
        to: folder.url.appendingPathComponent("Train/6/0000\(number).bin"))
    }
    let run = try LockstepProgram().run([
      "train", "--data", folder.url.path, "--network", "10", "--time-steps", "4", "--epochs", "1",
      "--output", folder.path("output"), "--threads", "3",
    ])
    #expect(run.status == 2)
    #expect(run.errors.contains("Train/6/") && run.errors.contains("column 99"))
  }

  @Test(arguments: [
    ["--coding", "latency"], ["--coding", "direct", "--normalise", "measured"],
    ["--normalise", "0.3/0.4"], ["--saccades"], ["--resize", "12x10", "--coding", "rate"],
  ])
  func digitsInManyForms(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let run = try LockstepProgram().run(
      ["train", "--network", "10", "--epochs", "1", "--name", "form", "--output"]
        + [folder.url.path] + arguments)
    #expect(run.status == 0, "\(run.errors)")
    let trace = try TraceReader(path: folder.path("form-test.spikes"))
    let shape = trace.header.boundaries[0].description
    #expect(
      shape
        == (arguments[0] == "--saccades"
          ? "2x14x14" : arguments.contains("12x10") ? "1x12x10" : "1x8x8"))
    if arguments == ["--coding", "latency"] {
      #expect(trace.header.coding == .latency)
      #expect(try trace.sample(0).boundaries[0].spikeCount <= 64)
    }
    if arguments.contains("measured") {
      #expect(trace.header.hyperparameters["encoder"]?.contains("normalise=") == true)
    }
  }

  @Test(
    "bad input: exit status 2, one line that names the fault",
    arguments: [
      (["--saccades", "--time-steps", "8"], "T = 9"), (["--bins", "time"], "--bins"),
      (["--denoise", "5"], "--denoise"), (["--resize", "4y"], "'4y'"),
      (["--resize", "0"], "0x0"), (["--normalise", "1/2,3"], "every channel"),
      (["--normalise", "svhn"], "3 channels"), (["--normalise", "x"], "'x'"),
      (["--data", "svhn"], "train_32x32.mat"), (["--data", "/nowhere"], "/nowhere"),
      (["--test-data", "/nowhere"], "/nowhere"), (["--saccades", "--coding", "rate"], "--coding"),
      (["--saccades", "--normalise", "0/1"], "saccades"), (["--time-steps", "-3"], "time steps"),
    ])
  func badInput(arguments: [String], complaint: String) throws {
    let folder = try TemporaryFolder()
    let run = try LockstepProgram().run(["train", "--output", folder.url.path] + arguments)
    #expect(run.status == 2 || run.status == 64)
    #expect(run.errors.contains(complaint), "\(run.errors)")
    #expect(folder.names.isEmpty)
  }
}
