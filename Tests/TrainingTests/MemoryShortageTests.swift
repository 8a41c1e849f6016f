import Datasets
import SpikingNetworks
import TestSupport
import Testing
import Training

/// A network whose run needs more memory than processors address: an error, wherever it is met.
@Suite struct MemoryShortageTests {
  private static let timeSteps = 1 << 20

  /// Each step's input is small, but its frame with margins is not.
  private func boundless() throws -> SpikingNetwork {
    let (channels, kernel) = (1000, 145)
    let layer = LayerDescription(
      name: "conv1",
      operation: .convolution(
        channels: 1, kernel: kernel, stride: 1 << 20, padding: kernel - 1),
      neuron: .leaky(beta: 0.9))
    let description = NetworkDescription(
      name: "boundless", input: FeatureShape(channels: channels), timeSteps: Self.timeSteps,
      layers: [layer], classes: 1)
    return try SpikingNetwork(
      description,
      weights: NetworkWeights(tensors: [
        NamedTensor(
          name: "conv1.weight", shape: [1, channels, kernel, kernel],
          values: [Float](repeating: 0, count: channels * kernel * kernel)),
        NamedTensor(name: "conv1.bias", shape: [1], values: [0]),
      ]))
  }

  @Test func everyFaceSaysHowMuchAndWhatToDo() throws {
    let network = try boundless()
    let run = #expect(throws: NetworkError.self) { try NetworkRunner(network) }
    #expect(run?.code == .noMemory)
    let what =
      "there is no memory to run 1048576 time steps of network boundless: the system refused "
    #expect(run?.description.hasPrefix(what) == true, "\(run?.description ?? "")")
    #expect(
      run?.description.hasSuffix("iB; use fewer time steps than 1048576 or smaller layers") == true)
    #expect(throws: try #require(run)) { try network.activity(of: []) }

    let inference = #expect(throws: TrainingError.self) {
      try BatchInference(network, threads: 3)
    }
    #expect(inference?.code == .noMemory)
    #expect(inference?.message.contains("with 1048576 time steps and 3 threads") == true)
    #expect(
      inference?.remedy
        == "use fewer time steps than 1048576, fewer threads than 3 or smaller layers")

    var learner = try BatchLearner(network, settings: TrainerTests.settings(), threads: 1)
    let training = #expect(throws: TrainingError.self) { try learner.measureStages() }
    #expect(training?.code == .noMemory)
    #expect(training?.message.hasPrefix("there is no memory to train this network") == true)
    #expect(learner.stageTimes.isEmpty)
  }

  @Test func samplesAreRunOrRecordedWithMemoryOrAnError() throws {
    let network = try boundless()
    let pictures = try LabelledImages(
      name: "points", channels: 1000, height: 1, width: 1, classes: 1,
      values: [Float](repeating: 0.5, count: 2000), labels: [0, 0])
    let evaluation = #expect(throws: TrainingError.self) {
      try network.evaluate(
        pictures, samples: [0, 1], encoder: .direct, loss: .countCrossEntropy, seed: 1, threads: 64)
    }
    #expect(evaluation?.code == .noMemory)
    let folder = try TemporaryFolder()
    let recording = #expect(throws: TrainingError.self) {
      try SpikeRecorder(network, encoder: .rate(gain: 1), seed: 1).record(
        pictures, samples: [0, 1], split: "test", to: folder.path("a.spikes"), threads: 1)
    }
    #expect(recording?.code == .noMemory)
    #expect(recording?.message.hasPrefix("there is no memory to record this network") == true)
    #expect(folder.names.isEmpty)
  }
}
