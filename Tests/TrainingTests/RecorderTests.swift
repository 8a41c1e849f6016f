import Datasets
import Foundation
import SpikeTraces
import SpikingNetworks
import Synchronization
import TestSupport
import Testing
import Training

/// Recorded spikes: those of the network, in order, the same bytes every time.
@Suite struct RecorderTests {
  private static let samples = [3, 1, 400, 17, 5, 6, 8, 1796, 2, 44]

  private func example(_ layers: String) throws -> (SpikingNetwork, LabelledImages) {
    let digits = try LabelledImages.digits()
    let description = try TrainerTests.network(digits, layers: layers)
    let weights = try description.initialWeights(seed: 1, gain: 3)
    return (try SpikingNetwork(description, weights: weights), digits)
  }

  private func record(
    _ network: SpikingNetwork, _ data: LabelledImages, _ encoder: InputEncoder, threads: Int
  ) throws -> (URL, Data) {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("recorder-\(UUID().uuidString).spikes")
    try SpikeRecorder(network, encoder: encoder, seed: 7, hyperparameters: ["seed": "7"])
      .record(data, samples: Self.samples, split: "test", to: url.path, threads: threads)
    return (url, try Data(contentsOf: url))
  }

  @Test(arguments: ["6C3-P2-20", "19C3-200"])
  func theSameBytesOnAnyNumberOfThreads(layers: String) throws {
    let (network, digits) = try example(layers)
    let traces = try [1, 2, 3].map { threads in
      let (url, bytes) = try record(network, digits, .rate(gain: 1), threads: threads)
      try FileManager.default.removeItem(at: url)
      return bytes
    }
    #expect(traces[1] == traces[0] && traces[2] == traces[0])
  }

  /// Few channels and many, pictures of fewer and more than 32 pixels, rows that end anywhere; the
  /// weights of the last do not fit a cache, so that samples run in groups.
  @Test(arguments: [
    ("6C3-P2-20", ["6x3x3", "20x1x1"]), ("6C3-MP2-20", ["6x3x3", "20x1x1"]),
    ("19C3-9C3-P2-70", ["19x6x6", "9x2x2", "70x1x1"]), ("8C3-130", ["8x6x6", "130x1x1"]),
    ("19C3-200", ["19x6x6", "200x1x1"]),
  ])
  func whatIsRecordedIsWhatRan(layers: String, shapes: [String]) throws {
    let (network, digits) = try example(layers)
    let (url, _) = try record(network, digits, .rate(gain: 1), threads: 2)
    defer { try? FileManager.default.removeItem(at: url) }
    let reader = try TraceReader(path: url.path)
    #expect(reader.header.boundaries.map(\.description) == ["1x8x8"] + shapes)
    #expect(reader.header.coding == .rate)
    #expect(reader.header.dataSet.name == "digits")
    #expect(reader.sampleCount == Self.samples.count)
    for (index, sample) in Self.samples.enumerated() {
      let record = try reader.sample(index)
      #expect(record.id == UInt64(sample))
      #expect(record.label == digits.labels[sample])
      // The recorded input, run again, gives the recorded spikes.
      let activity = try network.activity(of: floats(record.boundaries[0]))
      #expect(record.boundaries[0].spikeCount > 0)
      for layer in shapes.indices {
        #expect(floats(record.boundaries[layer + 1]) == activity.layers[layer].output)
      }
      let runner = try NetworkRunner(network)
      try runner.run(floats(record.boundaries[0]))
      #expect(record.prediction == runner.prediction())
    }
  }

  @Test func directCodingRecordsNoInputSpikes() throws {
    let (network, digits) = try example("6C3-P2-20")
    let (url, _) = try record(network, digits, .direct, threads: 1)
    defer { try? FileManager.default.removeItem(at: url) }
    let reader = try TraceReader(path: url.path)
    #expect(reader.header.coding == .direct)
    #expect(try reader.sample(0).boundaries[0].spikeCount == 0)
    #expect(try reader.sample(0).boundaries[1].spikeCount > 0)
  }

  @Test func unwritablePlacesAreErrors() throws {
    let (network, digits) = try example("6C3-P2-20")
    #expect(throws: TrainingError.self) {
      try SpikeRecorder(network, encoder: .direct, seed: 1)
        .record(digits, samples: [0], split: "test", to: "/nowhere/a.spikes", threads: 1)
    }
  }

  private func floats(_ planes: SpikePlanes) -> [Float] {
    (0..<planes.timeSteps).flatMap { step in
      (0..<planes.neurons).map { planes[timeStep: step, neuron: $0] ? 1 : 0 }
    }
  }

  @Test func aStoppedRecordingLeavesNothing() throws {
    let (network, digits) = try example("6C3-P2-20")
    let folder = try TemporaryFolder()
    for threads in [1, 2] {
      let stop = StopSignal()
      let done = Atomic(0)
      let isWhole = try SpikeRecorder(network, encoder: .rate(gain: 1), seed: 1).record(
        digits, samples: Array(0..<50), split: "test", to: folder.path("a.spikes"),
        threads: threads, stop: stop
      ) { if done.wrappingAdd(1, ordering: .relaxed).newValue == 5 { stop.raise() } }
      #expect(!isWhole)
      #expect(folder.names.isEmpty)
      #expect(done.load(ordering: .relaxed) < 10)
    }
  }
}
