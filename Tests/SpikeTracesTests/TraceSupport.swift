import Foundation
import SpikeTraces

/// A small generator with a seed, so that a failing case can be run again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    // SplitMix64.
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}

/// A folder that disappears with the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("lockstep-traces-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  /// The names of the files in the folder, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }
}

extension SpikePlanes {
  /// Independent spikes with a probability.
  static func random(
    timeSteps: Int, neurons: Int, density: Double, using generator: inout SeededGenerator
  ) -> SpikePlanes {
    var planes = SpikePlanes(timeSteps: timeSteps, neurons: neurons)
    for timeStep in 0..<timeSteps {
      for neuron in 0..<neurons where Double.random(in: 0..<1, using: &generator) < density {
        planes[timeStep: timeStep, neuron: neuron] = true
      }
    }
    return planes
  }
}

/// A small network, and samples of it.
enum Example {
  static let neuron = NeuronDescription(model: "leaky", beta: 0.9, threshold: 1, reset: "subtract")

  static func header(timeSteps: Int = 6) -> TraceHeader {
    TraceHeader(
      networkName: "example", timeSteps: timeSteps, coding: .rate,
      input: LayerShape(channels: 1, height: 8, width: 8),
      layers: [
        TracedLayer(
          name: "conv1",
          operation: .convolution(
            kernel: 3, stride: 1, padding: 0,
            convolved: LayerShape(channels: 4, height: 6, width: 6), pooling: 2,
            poolingPosition: .afterNeuron), neuron: neuron,
          output: LayerShape(channels: 4, height: 3, width: 3)),
        TracedLayer(
          name: "fc1", operation: .fullyConnected, neuron: neuron, output: LayerShape(channels: 10)),
      ],
      dataSet: DataSetDescription(name: "digits", split: "test", classes: 10),
      hyperparameters: ["learningRate": "0.001", "epochs": "3"], seed: 7)
  }

  static func samples(_ count: Int, of header: TraceHeader, seed: UInt64 = 1) -> [SampleRecord] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      let boundaries = header.boundaries.enumerated().map { boundary, shape in
        SpikePlanes.random(
          timeSteps: header.timeSteps, neurons: shape.neurons,
          density: [0.3, 0.08, 0.0, 0.9][(boundary + index) % 4], using: &generator)
      }
      return SampleRecord(
        id: UInt64(1000 + index * 3), label: index % 5 == 4 ? nil : index % 10,
        prediction: index % 7 == 6 ? nil : (index + index / 4) % 10, boundaries: boundaries)
    }
  }

  @discardableResult
  static func write(
    _ samples: [SampleRecord], header: TraceHeader, to path: String
  ) throws -> TraceWriter {
    let writer = try TraceWriter(path: path, header: header)
    for sample in samples { try writer.append(sample) }
    try writer.finish()
    return writer
  }
}
