import SpikeTraces

/// A trace of a tiny network with pseudo-random spikes, the same at every call.
public enum RandomTrace {
  /// A hardware file that fits the network.
  public static let hardware = """
    platform: conv-2023
    clock: 100 MHz
    layers:
      - {kind: convolution, processing-elements: 2, list-capacity: 64}
      - {kind: fully-connected, processing-elements: 5, list-capacity: 36}

    """

  /// 2 channels of 8x8 pixels, a 3x3 convolution to 4 channels pooled by 2, ten output neurons.
  public static let header = convolutional(
    channels: 4, input: LayerShape(channels: 2, height: 8, width: 8), timeSteps: 4)

  /// A network of one pooled convolution and ten output neurons.
  public static func convolutional(
    channels: Int, input: LayerShape, timeSteps: Int
  ) -> TraceHeader {
    let neuron = NeuronDescription(model: "leaky", beta: 0.5, threshold: 1, reset: "subtract")
    let convolved = LayerShape(
      channels: channels, height: input.height - 2, width: input.width - 2)
    return TraceHeader(
      networkName: "tiny", timeSteps: timeSteps, coding: .rate, input: input,
      layers: [
        TracedLayer(
          name: "conv1",
          operation: .convolution(
            kernel: 3, stride: 1, padding: 0, convolved: convolved, pooling: 2,
            poolingPosition: .afterNeuron), neuron: neuron,
          output: LayerShape(
            channels: channels, height: convolved.height / 2, width: convolved.width / 2)),
        TracedLayer(
          name: "fc1", operation: .fullyConnected, neuron: neuron,
          output: LayerShape(channels: 10)),
      ], dataSet: DataSetDescription(name: "random", split: "test", classes: 10), seed: 7)
  }

  /// A network of fully connected layers: fc1, fc2 and so on.
  public static func fullyConnected(
    _ neurons: [Int], input: LayerShape = LayerShape(channels: 1, height: 8, width: 8),
    coding: InputCoding = .rate, timeSteps: Int = 6
  ) -> TraceHeader {
    let neuron = NeuronDescription(model: "leaky", beta: 0.9, threshold: 1, reset: "subtract")
    return TraceHeader(
      networkName: "tiny-fc", timeSteps: timeSteps, coding: coding, input: input,
      layers: neurons.enumerated().map { position, neurons in
        TracedLayer(
          name: "fc\(position + 1)", operation: .fullyConnected, neuron: neuron,
          output: LayerShape(channels: neurons))
      }, dataSet: DataSetDescription(name: "random", split: "test", classes: 10), seed: 7)
  }

  /// Writes a trace in which an eighth of all neurons spikes in every step.
  ///
  /// - Parameters:
  ///   - samples: how many.
  ///   - path: the trace's name.
  ///   - header: the network.
  ///   - seed: where the spikes come from.
  /// - Returns: the path.
  /// - Throws: `TraceError` if the file cannot be written.
  @discardableResult
  public static func write(
    samples: Int, to path: String, header: TraceHeader = header, seed: UInt64 = 1
  ) throws -> String {
    let writer = try TraceWriter(path: path, header: header)
    var state = seed
    for sample in 0..<samples {
      var boundaries: [SpikePlanes] = []
      for shape in header.boundaries {
        var planes = SpikePlanes(timeSteps: header.timeSteps, neurons: shape.neurons)
        for timeStep in 0..<header.timeSteps {
          for neuron in 0..<shape.neurons {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            planes[timeStep: timeStep, neuron: neuron] = state >> 60 < 2
          }
        }
        boundaries.append(planes)
      }
      try writer.append(
        SampleRecord(
          id: UInt64(sample), label: sample % 10, prediction: sample % 4, boundaries: boundaries))
    }
    try writer.finish()
    return path
  }
}
