import Accelerator
import Exploration
import Foundation
import SpikeTraces

/// A network with made-up spikes, and a space of designs for it.
struct Workload {
  let name: String
  let header: TraceHeader
  let samples: Int
  let hardware: String
  let space: String
  /// The parameter that varies in every layer, and its values.
  let key: String
  let values: [Int]

  private static let neuron = NeuronDescription(
    model: "leaky", beta: 0.9, threshold: 1, reset: "subtract")

  private static func header(
    _ name: String, input: LayerShape, timeSteps: Int, _ layers: [TracedLayer]
  ) -> TraceHeader {
    TraceHeader(
      networkName: name, timeSteps: timeSteps, coding: .rate, input: input, layers: layers,
      dataSet: DataSetDescription(name: "made-up", split: "test", classes: 10), seed: 1)
  }

  private static func fullyConnected(_ number: Int, _ neurons: Int) -> TracedLayer {
    TracedLayer(
      name: "fc\(number)", operation: .fullyConnected, neuron: neuron,
      output: LayerShape(channels: neurons))
  }

  /// Four convolutions of 48 channels and two layers of 48 neurons: 48 has ten divisors.
  static func sixLayers(objectives: String) -> Workload {
    let shape = LayerShape(channels: 48, height: 8, width: 8)
    let convolutions = (1...4).map { number in
      TracedLayer(
        name: "conv\(number)",
        operation: .convolution(
          kernel: 3, stride: 1, padding: 1, convolved: shape, pooling: 1,
          poolingPosition: .afterNeuron), neuron: neuron, output: shape)
    }
    let layers = convolutions + [fullyConnected(1, 48), fullyConnected(2, 48)]
    let entries = layers.map { layer in
      let isConvolution = layer.name.hasPrefix("conv")
      return
        "  - {name: \(layer.name), kind: \(isConvolution ? "convolution" : "fully-connected"), "
        + "processing-elements: 1, list-capacity: \(isConvolution ? 64 : 3072)}"
    }
    return Workload(
      name: "six-layers",
      header: header(
        "six-layers", input: LayerShape(channels: 2, height: 8, width: 8), timeSteps: 4, layers),
      samples: 100,
      hardware: "platform: conv-2023\nclock: 100 MHz\ndevice: XCVU13P\nlayers:\n"
        + entries.joined(separator: "\n") + "\n",
      space: "constraints: {fits-device: false}\nobjectives: \(objectives)\n",
      key: "processing-elements", values: (1...48).filter { 48 % $0 == 0 })
  }

  /// The published network, ratios from 1 to 10.
  static func pipeline(samples: Int) -> Workload {
    let entries = (1...3).map {
      "  - {name: fc\($0), kind: fully-connected, logical-to-hardware-ratio: 1}"
    }
    return Workload(
      name: "784-1024-1024-300",
      header: header(
        "mnist", input: LayerShape(channels: 1, height: 28, width: 28), timeSteps: 15,
        [fullyConnected(1, 1024), fullyConnected(2, 1024), fullyConnected(3, 300)]),
      samples: samples,
      hardware: "platform: fc-2023\nclock: 100 MHz\nlayers:\n" + entries.joined(separator: "\n")
        + "\n",
      space: "layers:\n"
        + (1...3).map { "  fc\($0): {logical-to-hardware-ratio: 1..10}\n" }.joined(),
      key: "logical-to-hardware-ratio", values: Array(1...10))
  }

  /// Writes the trace: a tenth of all neurons spikes in every step.
  func trace(in folder: URL) throws -> TraceReader {
    let path = folder.appendingPathComponent("\(name).spikes").path
    try? FileManager.default.removeItem(atPath: path)
    let writer = try TraceWriter(path: path, header: header)
    var state: UInt64 = 1
    for sample in 0..<samples {
      let boundaries = header.boundaries.map { shape in
        var planes = SpikePlanes(timeSteps: header.timeSteps, neurons: shape.neurons)
        for timeStep in 0..<header.timeSteps {
          for neuron in 0..<shape.neurons {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            planes[timeStep: timeStep, neuron: neuron] = (state >> 40) % 10 == 0
          }
        }
        return planes
      }
      try writer.append(
        SampleRecord(id: UInt64(sample), label: 0, prediction: 0, boundaries: boundaries))
    }
    try writer.finish()
    return try TraceReader(path: path)
  }

  /// Writes the space and its hardware file.
  func space(in folder: URL) throws -> DesignSpace {
    try hardware.write(
      to: folder.appendingPathComponent("\(name).yaml"), atomically: true, encoding: .utf8)
    let path = folder.appendingPathComponent("space.yaml").path
    try ("hardware: \(name).yaml\n" + space).write(toFile: path, atomically: true, encoding: .utf8)
    return try DesignSpace(path: path)
  }

  /// One of the designs, spread over the whole space.
  func design(_ number: Int, of file: HardwareFile) -> HardwareFile {
    var file = file
    for layer in file.layers.indices {
      file.layers[layer].numbers[key] = values[(number * (2 * layer + 1) + layer) % values.count]
    }
    return file
  }
}
