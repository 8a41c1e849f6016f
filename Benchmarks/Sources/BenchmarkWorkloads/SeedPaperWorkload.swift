import Accelerator
import SpikeTraces

/// Random samples of the seed paper's network: every input of every layer fires independently.
public struct SeedPaperWorkload {
  /// The layers with the published widths, on 32, 32, 8 and 8 processing elements.
  public let layers: [LayerGeometry]
  /// The samples.
  public let records: [SampleRecord]
  /// Spike counts: `[sample][layer][frame]`.
  public let counts: [[[UInt32]]]
  private let header: TraceHeader

  /// Draws samples.
  ///
  /// - Parameters:
  ///   - samples: how many.
  ///   - density: the probability that a neuron fires in a time step.
  public init(samples: Int, density: Double) {
    let timeSteps = 18
    let first = LayerShape(channels: 32, height: 15, width: 15)
    let second = LayerShape(channels: 32, height: 6, width: 6)
    let neuron = NeuronDescription(model: "leaky", beta: 0.25, threshold: 1, reset: "subtract")
    header = TraceHeader(
      networkName: "32C3-P2-32C3-P2-256-450", timeSteps: timeSteps, coding: .rate,
      input: LayerShape(channels: 3, height: 32, width: 32),
      layers: [
        TracedLayer(
          name: "conv1",
          operation: .convolution(
            kernel: 3, stride: 1, padding: 0,
            convolved: LayerShape(channels: 32, height: 30, width: 30), pooling: 2,
            poolingPosition: .beforeNeuron), neuron: neuron, output: first),
        TracedLayer(
          name: "conv2",
          operation: .convolution(
            kernel: 3, stride: 1, padding: 0,
            convolved: LayerShape(channels: 32, height: 13, width: 13), pooling: 2,
            poolingPosition: .beforeNeuron), neuron: neuron, output: second),
        TracedLayer(
          name: "fc1", operation: .fullyConnected, neuron: neuron,
          output: LayerShape(channels: 256)),
        TracedLayer(
          name: "fc2", operation: .fullyConnected, neuron: neuron,
          output: LayerShape(channels: 450)),
      ],
      dataSet: DataSetDescription(name: "random", split: "test", classes: 10))
    // The published widths: encoders see a quarter of a frame, lists hold half of one.
    layers = [
      .convolution(
        ConvolutionGeometry(
          timeSteps: timeSteps, inputChannels: 3, outputChannels: 32, kernel: 3,
          inputPixels: 1024, outputPixels: 900, processingElements: 32, encoderWidth: 256,
          listCapacity: 512)),
      .convolution(
        ConvolutionGeometry(
          timeSteps: timeSteps, inputChannels: 32, outputChannels: 32, kernel: 3,
          inputPixels: 225, outputPixels: 169, processingElements: 32, encoderWidth: 56,
          listCapacity: 112)),
      .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: timeSteps, inputChannels: 32, frameSize: 42, neurons: 256,
          processingElements: 8, encoderWidth: 150, listCapacity: 336, variant: .fc1)),
      .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: timeSteps, inputChannels: 1, frameSize: 256, neurons: 450,
          processingElements: 8, encoderWidth: 150, listCapacity: 64, variant: .fc2)),
    ]
    var random = Generator(state: 42)
    let threshold = UInt64(density * 0x1p64)
    let shapes = header.boundaries
    records = (0..<samples).map { sample in
      SampleRecord(
        id: UInt64(sample), label: nil, prediction: nil,
        boundaries: shapes.map { shape in
          var planes = SpikePlanes(timeSteps: timeSteps, neurons: shape.neurons)
          for timeStep in 0..<timeSteps {
            for neuron in 0..<shape.neurons where random.next() < threshold {
              planes[timeStep: timeStep, neuron: neuron] = true
            }
          }
          return planes
        })
    }
    let groups = layers.map(\.groupSize)
    counts = records.map { record in
      groups.enumerated().map { record.boundaries[$0].groupCounts(groupSize: $1) }
    }
  }

  /// Writes the samples as a trace, over and over.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - count: samples of the trace; nil for each once.
  /// - Throws: what the writer throws.
  public func write(to path: String, count: Int? = nil) throws {
    let writer = try TraceWriter(path: path, header: header)
    for sample in 0..<(count ?? records.count) {
      var record = records[sample % records.count]
      record.id = UInt64(sample)
      try writer.append(record)
    }
    try writer.finish()
  }
}

extension LayerGeometry {
  /// Neurons whose spikes are counted together: a channel, or everything.
  public var groupSize: Int {
    switch self {
    case .convolution(let layer): layer.inputPixels
    // The published rows of fc1 hold 42 bits, of which the 36 pooled pixels are used.
    case .fullyConnected(let layer): layer.inputChannels == 32 ? 32 * 36 : layer.frameSize
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
private struct Generator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
