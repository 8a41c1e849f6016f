import Datasets
import Foundation
import SpikingNetworks
import TestSupport
import Testing
import Training

/// Checkpoints: a training that goes on from any of them ends as if nothing had happened.
@Suite struct CheckpointTests {
  private func trainer(
    _ layers: String = "6C3-P2-20", seed: UInt64 = 1, samples: Int = 200,
    _ change: (inout TrainingSettings) -> Void = { _ in }
  ) throws -> Trainer {
    let digits = try LabelledImages.digits()
    var settings = TrainerTests.settings()
    settings.seed = seed
    change(&settings)
    var parts = try TrainerTests.parts(digits)
    parts.training = Array(parts.training.prefix(samples))
    return try Trainer(
      TrainerTests.network(digits, layers: layers), settings: settings, data: digits, parts: parts)
  }

  /// Runs a training and keeps every checkpoint on its way, through the bytes of a file.
  private func run(
    _ trainer: Trainer, every interval: CheckpointInterval
  ) throws -> (result: TrainingResult, checkpoints: [Data]) {
    var checkpoints: [Data] = []
    let result = try trainer.run(threads: 2, checkpoints: interval) {
      (event) throws(TrainingError) in
      if case .checkpoint(let checkpoint) = event { checkpoints.append(try checkpoint.encoded()) }
    }
    return (result, checkpoints)
  }

  @Test(
    "resumed from any batch, on any number of threads: the same weights and results",
    arguments: [
      ("6C3-P2-20", OptimiserSettings.adam()), ("6C3-BN-P2-D0.3-20", .sgd(momentum: 0.9)),
    ])
  func everyCheckpointLeadsToTheSameEnd(layers: String, optimiser: OptimiserSettings) throws {
    let trainer = try trainer(layers) { $0.optimiser = optimiser }
    let (whole, checkpoints) = try run(trainer, every: .batches(3))
    // 8 batches an epoch, two epochs.
    #expect(checkpoints.count == 5)
    for (index, bytes) in checkpoints.enumerated() {
      let checkpoint = try TrainingCheckpoint(decoding: bytes)
      #expect(checkpoint.finishedEpochs * 8 + checkpoint.batchesOfNextEpoch == 3 * (index + 1))
      let resumed = try trainer.run(threads: 1 + index % 3, resuming: checkpoint)
      #expect(resumed.network.weights == whole.network.weights)
      #expect(resumed.lastNetwork?.weights == whole.lastNetwork?.weights)
      #expect(resumed.epochs == whole.epochs)
      #expect(resumed.notices == whole.notices)
    }
  }

  @Test func aStoppedTrainingGoesOn() throws {
    let trainer = try trainer()
    let whole = try trainer.run(threads: 1)
    let stop = StopSignal()
    var last: TrainingCheckpoint?
    let part = try trainer.run(threads: 1, checkpoints: .epochs(100), stop: stop) { event in
      if case .batch(let batch) = event, batch.epoch == 2, batch.batch == 4 { stop.raise() }
      if case .checkpoint(let checkpoint) = event { last = checkpoint }
    }
    #expect(part.wasStopped && part.lastNetwork == nil)
    let checkpoint = try #require(last)
    #expect(checkpoint.position == "1 of 2 epochs and 4 batches")
    let resumed = try trainer.run(threads: 2, resuming: checkpoint)
    #expect(resumed.network.weights == whole.network.weights && resumed.epochs == whole.epochs)
  }

  @Test func othersTrainingsAreRefusedByName() throws {
    let bytes = try run(trainer(), every: .epochs(1)).checkpoints[0]
    let checkpoint = try TrainingCheckpoint(decoding: bytes)
    func complaint(_ other: Trainer) -> String {
      let error = #expect(throws: TrainingError.self) {
        try other.run(threads: 1, resuming: checkpoint)
      }
      #expect(error?.code == .checkpoint)
      return error?.message ?? ""
    }
    #expect(try complaint(trainer { $0.learningRate = 0.5 }).contains("learningRate: 0.5"))
    #expect(try complaint(trainer(seed: 9)).contains("seed: 9 instead of 1"))
    #expect(try complaint(trainer("6C3-P2-30")).contains("layers: 6C3-P2-30 instead of 6C3-P2-20"))
    #expect(try complaint(trainer(samples: 150)).contains("division of the data set"))
    #expect(
      try complaint(trainer { $0.optimiser = .adam(beta1: 0.8) }).contains("constant"))
  }

  @Test func damageIsNoticed() throws {
    let bytes = try run(trainer(), every: .epochs(1)).checkpoints[0]
    func expectRefusal(_ data: Data, _ words: String? = nil) {
      let error = #expect(throws: TrainingError.self) { try TrainingCheckpoint(decoding: data) }
      #expect(error?.code == .checkpoint)
      guard let words else { return }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
    for length in [0, 7, 8, 100, bytes.count / 2, bytes.count - 1] {
      expectRefusal(bytes.prefix(length))
    }
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<60 {
      // Spaces that fill up the header are the one place where a bit means nothing.
      var damaged = bytes
      let place = Int.random(in: (bytes.count - 4000)..<bytes.count, using: &generator)
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      expectRefusal(damaged, "digest")
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(#""version":"1""#))
    var other = bytes
    let place = try #require(other.range(of: Data(#""version":"1""#.utf8)))
    other.replaceSubrange(place, with: Data(#""version":"7""#.utf8))
    expectRefusal(other, "version 7")
  }

  @Test func theCheckpointBeforeIsKept() throws {
    let folder = try TemporaryFolder()
    let file = CheckpointFile(path: folder.path("a.checkpoint"))
    #expect(!file.exists)
    #expect(throws: TrainingError.self) { try file.read() }
    for bytes in try run(trainer(), every: .epochs(1)).checkpoints {
      try file.write(TrainingCheckpoint(decoding: bytes))
    }
    #expect(folder.names == ["a.checkpoint", "a.checkpoint.previous"])
    #expect(try file.read().checkpoint.finishedEpochs == 2)
    try folder.write("damaged", to: "a.checkpoint")
    let (checkpoint, notice) = try file.read()
    #expect(checkpoint.finishedEpochs == 1 && notice?.contains("a.checkpoint") == true)
    // The good one has taken the damaged one's place.
    #expect(try file.read().notice == nil)
    file.remove()
    #expect(folder.names.isEmpty)
    #expect(throws: TrainingError.self) {
      try CheckpointFile(path: "/no/such/folder/a.checkpoint").write(checkpoint)
    }
  }
}
