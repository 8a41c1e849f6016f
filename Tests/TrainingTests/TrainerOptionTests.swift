import Datasets
import Foundation
import SpikingNetworks
import Testing
import Training

/// The trainer's options: each does what it says, and all leave the result free of threads.
@Suite struct TrainerOptionTests {
  private func run(
    _ layers: String, threads: Int = 1, neuron: NeuronParameters = .leaky(beta: 0.9),
    _ change: (inout TrainingSettings) -> Void = { _ in }
  ) throws -> TrainingResult {
    let digits = try LabelledImages.digits()
    let network = try TrainingPreset.network(
      name: "small", layers: layers, neuron: neuron, timeSteps: 5, data: digits)
    var settings = TrainerTests.settings()
    change(&settings)
    return try Trainer(
      network, settings: settings, data: digits, parts: TrainerTests.parts(digits)
    ).run(threads: threads)
  }

  @Test(
    "the same weights on any number of threads",
    arguments: [
      "6C3-BN-P2-D0.3-20", "6C3s-AP2-D0.2-20", "6C3-BN-MP2-20-BN-20",
    ])
  func theSameOnAnyNumberOfThreads(layers: String) throws {
    let results = try [1, 2, 3].map { try run(layers, threads: $0) }
    for result in results.dropFirst() {
      #expect(result.network.weights == results[0].network.weights)
      #expect(result.epochs == results[0].epochs)
    }
  }

  @Test func normalisedNetworksLearnAndMoveTheirStatistics() throws {
    let result = try run("6C3-BN-P2-20") { settings in
      settings.epochs = 12
      settings.learningRate = 0.01
      settings.loss = .countCrossEntropy
    }
    let losses = result.epochs.map(\.loss)
    #expect((losses.last ?? 1) < 0.8 * (losses.first ?? 0))
    let mean = try #require(result.network.weights["conv1.norm.running_mean"]).values
    #expect(mean.contains { abs($0) > 0.01 })
    // What validation saw with running statistics is no accident of the batches.
    #expect((result.epochs.map(\.validationAccuracy).max() ?? 0) > 0.5)
    let folded = try result.network.foldingNormalisation()
    #expect(folded.description.layers.allSatisfy { $0.normalisation == nil })
  }

  @Test func dropoutChangesTheWayButNotTheSeedsMeaning() throws {
    let (with, again, without) = try (run("12-D0.5-20"), run("12-D0.5-20"), run("12-20"))
    #expect(with.network.weights == again.network.weights)
    #expect(with.network.weights != without.network.weights)
  }

  @Test func learnedConstantsMoveAndStayInRange() throws {
    let neuron = NeuronParameters(
      model: .leaky(beta: 0.9), threshold: 1, learnsDecay: true, learnsThreshold: true)
    let result = try run("6C3-P2-20", neuron: neuron) { $0.learningRate = 0.05 }
    for layer in result.network.description.layers {
      #expect(layer.neuron.model.decay != 0.9 && layer.neuron.threshold != 1)
      #expect(layer.neuron.model.decay >= 0 && layer.neuron.model.decay <= 1)
      #expect(layer.neuron.threshold > 0)
    }
    let file = try ModelFile(decoding: ModelFile(network: result.network).encoded())
    #expect(file.network.description == result.network.description)
  }

  @Test func smoothSpikesTrainTheSmoothNetwork() throws {
    let neuron = NeuronParameters(
      model: .leaky(beta: 0.9), reset: .multiplicative, resetCarriesGradient: true)
    let result = try run("6C3/2-20", neuron: neuron) { settings in
      settings.spikes = .smooth
      settings.surrogate = .arctangent(alpha: 1)
      settings.loss = .countCrossEntropy
      settings.epochs = 8
    }
    let losses = result.epochs.map(\.loss)
    #expect((losses.last ?? 1) < 0.8 * (losses.first ?? 0))
    #expect(throws: TrainingError.self) {
      try run("20") {
        $0.spikes = .smooth
        $0.surrogate = .fastSigmoid(slope: 5)
      }
    }
    #expect(throws: TrainingError.self) {
      let immediate = NeuronParameters(model: .leaky(beta: 0.9), resetTiming: .immediate)
      return try run("20", neuron: immediate) {
        $0.spikes = .smooth
        $0.surrogate = .arctangent(alpha: 1)
      }
    }
  }

  @Test func patienceEndsTheTraining() throws {
    let result = try run("6C3-P2-20") { settings in
      settings.epochs = 40
      settings.learningRate = 1e-12
      settings.schedule = .constant
      settings.patience = 3
    }
    #expect(result.epochs.count == result.bestEpoch + 3)
    #expect(!result.wasStopped)
  }

  @Test func clippingShortensTheFirstStep() throws {
    // With plain gradient descent a step is the learning rate times the gradient's length.
    func movement(_ limit: Float?) throws -> Float {
      let digits = try LabelledImages.digits()
      let network = try TrainingPreset.network(
        name: "small", layers: "20", neuron: .leaky(beta: 0.9), timeSteps: 5, data: digits)
      var settings = TrainerTests.settings(epochs: 1)
      settings.optimiser = .sgd()
      settings.learningRate = 1
      settings.schedule = .constant
      settings.gradientClipping = limit
      var parts = try TrainerTests.parts(digits)
      parts.training = Array(parts.training.prefix(25))
      let result = try Trainer(network, settings: settings, data: digits, parts: parts)
        .run(threads: 1)
      let start = try network.initialWeights(seed: settings.seed, gain: settings.weightGain)
      return zip(start.tensors, result.network.weights.tensors).reduce(0) { sum, pair in
        zip(pair.0.values, pair.1.values).reduce(sum) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }.squareRoot()
    }
    let free = try movement(nil)
    #expect(free > 0.02)
    #expect(abs(try movement(0.01) - 0.01) < 1e-4)
    #expect(try movement(2 * free) == free)
  }

  @Test func membraneLossesNeedOneNeuronAClass() throws {
    #expect(throws: TrainingError.self) {
      try run("20") { $0.loss = .largestMembraneCrossEntropy }
    }
    let result = try run("6C3-P2-10") { settings in
      settings.loss = .membraneMeanSquaredError(correctTarget: 1.5, incorrectTarget: 0)
      settings.epochs = 6
    }
    let losses = result.epochs.map(\.loss)
    #expect((losses.last ?? 1) < 0.8 * (losses.first ?? 0))
  }

  @Test func averagedSpikesCannotBeRecorded() throws {
    let digits = try LabelledImages.digits()
    let network = try run("6C3-PA2-20") { $0.epochs = 1 }.network
    let error = #expect(throws: TrainingError.self) {
      try SpikeRecorder(network, encoder: .rate(gain: 1), seed: 1).record(
        digits, samples: [0], split: "test", to: "/nowhere/a.spikes", threads: 1)
    }
    #expect(error?.description.contains("conv1") == true)
  }

  @Test func schedulesFollowTheirFormulas() {
    let restarts = LearningRateSchedule.warmRestarts(period: 2, growth: 2)
    let rates = (0..<12).map { restarts.rate(initial: 1, step: $0, steps: 12, stepsPerEpoch: 2) }
    // Periods of 4 and 8 steps.
    #expect(rates[0] == 1 && rates[4] == 1)
    #expect(abs(rates[2] - 0.5) < 1e-12 && abs(rates[8] - 0.5) < 1e-12)
    #expect(rates[3] < rates[2] && rates[5] < rates[4])
    let stairs = LearningRateSchedule.steps(epochs: 3, factor: 0.1)
    #expect(stairs.rate(initial: 1, step: 5, steps: 20, stepsPerEpoch: 2) == 1)
    #expect(abs(stairs.rate(initial: 1, step: 6, steps: 20, stepsPerEpoch: 2) - 0.1) < 1e-12)
  }

  @Test func warmUpRisesInALine() throws {
    let result = try run("20") { settings in
      settings.epochs = 4
      settings.warmUpEpochs = 2
      settings.learningRate = 1e-3
    }
    let rates = result.epochs.map(\.learningRate)
    #expect(abs(rates[0] - 0.5e-3) < 1e-12 && abs(rates[1] - 1e-3) < 1e-12)
    #expect(rates[2] < rates[1] && rates[3] < rates[2])
    var settings = TrainerTests.settings(epochs: 2)
    settings.warmUpEpochs = 2
    #expect(throws: TrainingError.self) { try settings.validate() }
  }
}
