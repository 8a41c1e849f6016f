import Datasets
import Foundation
import SpikingNetworks
import Testing
import Training

/// Training as a whole: repeatable, learning, and honest about what goes wrong.
@Suite struct TrainerTests {
  /// A part of the digits, for speed.
  static func parts(_ data: LabelledImages) throws -> DataParts {
    var parts = try DataParts(dividing: data, testCount: 500, validationCount: 130)
    parts.training = Array(parts.training.prefix(200))
    parts.validation = Array(parts.validation.prefix(60))
    return parts
  }

  static func network(
    _ data: LabelledImages, layers: String = "6C3-P2-20", beta: Float = 0.9, theta: Float = 1
  ) throws -> NetworkDescription {
    try TrainingPreset.network(
      name: "small", layers: layers, neuron: .leaky(beta: beta, threshold: theta), timeSteps: 6,
      data: data)
  }

  static func settings(epochs: Int = 2) -> TrainingSettings {
    var settings = TrainingPreset.digits.settings
    settings.epochs = epochs
    settings.batchSize = 25
    return settings
  }

  private func run(
    _ settings: TrainingSettings, threads: Int, layers: String = "6C3-P2-20", theta: Float = 1,
    stop: StopSignal = StopSignal(), progress: (TrainingEvent) -> Void = { _ in }
  ) throws -> TrainingResult {
    let digits = try LabelledImages.digits()
    let trainer = try Trainer(
      Self.network(digits, layers: layers, theta: theta), settings: settings, data: digits,
      parts: Self.parts(digits))
    return try trainer.run(threads: threads, stop: stop, progress: progress)
  }

  @Test func sameSeedSameWeightsOnAnyNumberOfThreads() throws {
    let results = try [1, 2, 3].map { try run(Self.settings(), threads: $0) }
    for result in results.dropFirst() {
      #expect(result.network.weights == results[0].network.weights)
      #expect(result.epochs == results[0].epochs)
    }
    var other = Self.settings()
    other.seed += 1
    let different = try run(other, threads: 2)
    #expect(different.network.weights != results[0].network.weights)
  }

  @Test func lossFallsAndTheBestEpochIsKept() throws {
    let result = try run(Self.settings(epochs: 8), threads: 2)
    let losses = result.epochs.map(\.loss)
    #expect((losses.last ?? 1) < 0.7 * (losses.first ?? 0))
    let best = try #require(
      result.epochs.max { left, right in
        (left.validationAccuracy, -left.validationLoss)
          < (right.validationAccuracy, -right.validationLoss)
      })
    #expect(result.bestEpoch == best.epoch)
    let digits = try LabelledImages.digits()
    let again = try result.network.evaluate(
      digits, samples: Self.parts(digits).validation, encoder: .rate(gain: 1),
      loss: Self.settings().loss, seed: Self.settings().seed, threads: 2)
    #expect(again.accuracy == best.validationAccuracy)
    #expect(again.loss == best.validationLoss)
    #expect(!result.wasStopped)
  }

  @Test func partsDoNotOverlap() throws {
    let digits = try LabelledImages.digits()
    let parts = try DataParts(dividing: digits, testCount: 500, validationCount: 130)
    #expect(parts.test.count == 500 && parts.validation.count == 130)
    #expect((parts.training + parts.validation + parts.test).sorted() == Array(0..<1797))
    #expect(parts.learning.count == 1297)
  }

  @Test func stoppingKeepsTheBestSoFar() throws {
    let stop = StopSignal()
    let result = try run(Self.settings(epochs: 50), threads: 1, stop: stop) { event in
      if case .batch(let batch) = event, batch.epoch == 3, batch.batch == 2 { stop.raise() }
    }
    #expect(result.wasStopped)
    #expect(result.epochs.count == 2)
    #expect(1...2 ~= result.bestEpoch)
    let early = StopSignal()
    let first = try run(Self.settings(epochs: 50), threads: 1, stop: early) { event in
      if case .batch = event { early.raise() }
    }
    #expect(first.epochs.isEmpty && first.bestEpoch == 0)
  }

  @Test func silentLayersAreNoticed() throws {
    var notices: [String] = []
    let result = try run(Self.settings(), threads: 1, theta: 1000) { event in
      if case .notice(let notice) = event { notices.append(notice) }
    }
    #expect(!notices.isEmpty)
    #expect(notices == result.notices)
    #expect(notices[0].contains("conv1") && notices[0].contains("weight gain"))
  }

  @Test func divergenceStopsWithAnExplanation() throws {
    var settings = Self.settings()
    settings.learningRate = 1e7
    let error = #expect(throws: TrainingError.self) { try run(settings, threads: 1) }
    #expect(error?.code == .diverged)
    #expect(error?.description.contains("epoch 1, batch 1") == true)
    #expect(error?.remedy.contains("learning rate") == true)
  }

  @Test func badSettingsAreRefused() throws {
    func expectRefusal(_ change: (inout TrainingSettings) -> Void) {
      var settings = Self.settings()
      change(&settings)
      let error = #expect(throws: TrainingError.self) { try settings.validate() }
      #expect(error?.code == .invalidSettings)
    }
    expectRefusal { $0.epochs = 0 }
    expectRefusal { $0.batchSize = -1 }
    expectRefusal { $0.learningRate = .nan }
    expectRefusal { $0.weightGain = 0 }
    expectRefusal { $0.surrogate = .fastSigmoid(slope: -1) }
    expectRefusal { $0.surrogate = .arctangent(alpha: .infinity) }
    expectRefusal { $0.encoder = .rate(gain: 0) }
    expectRefusal { $0.loss = .countMeanSquaredError(correctRate: 2, incorrectRate: 0) }
    #expect(throws: TrainingError.self) { try TrainingPreset.named("nothing") }
  }

  @Test func dataMustFitTheNetwork() throws {
    let digits = try LabelledImages.digits()
    let other = try LabelledImages(
      name: "other", height: 4, width: 4, classes: 2, values: [Float](repeating: 0, count: 32),
      labels: [0, 1])
    #expect(throws: TrainingError.self) {
      try Trainer(
        Self.network(digits), settings: Self.settings(), data: other,
        parts: DataParts(training: [0], validation: [1], test: []))
    }
  }
}
