import Accelerator
import Foundation
import SpikeTraces
import Testing

private let neuron = NeuronDescription(model: "leaky", beta: 0.25, threshold: 1, reset: "subtract")

/// A convolution with the shapes that follow from its input.
func convolution(
  _ name: String, of input: LayerShape, channels: Int, kernel: Int = 3, stride: Int = 1,
  padding: Int = 0, pooling: Int = 2
) -> TracedLayer {
  let height = input.height + 2 * padding - kernel + 1
  let width = input.width + 2 * padding - kernel + 1
  return TracedLayer(
    name: name,
    operation: .convolution(
      kernel: kernel, stride: stride, padding: padding,
      convolved: LayerShape(channels: channels, height: height, width: width), pooling: pooling,
      poolingPosition: .beforeNeuron),
    neuron: neuron,
    output: LayerShape(channels: channels, height: height / pooling, width: width / pooling))
}

func fullyConnected(_ name: String, neurons: Int) -> TracedLayer {
  TracedLayer(
    name: name, operation: .fullyConnected, neuron: neuron, output: LayerShape(channels: neurons))
}

func header(
  _ input: LayerShape, _ layers: [TracedLayer], coding: InputCoding = .rate, timeSteps: Int = 18
) -> TraceHeader {
  TraceHeader(
    networkName: "net", timeSteps: timeSteps, coding: coding, input: input, layers: layers,
    dataSet: DataSetDescription(name: "data", split: "test", classes: 10))
}

/// The seed paper's network.
private func svhn() -> TraceHeader {
  let input = LayerShape(channels: 3, height: 32, width: 32)
  let conv1 = convolution("conv1", of: input, channels: 32)
  let conv2 = convolution("conv2", of: conv1.output, channels: 32)
  return header(
    input,
    [conv1, conv2, fullyConnected("fc1", neurons: 256), fullyConnected("fc2", neurons: 450)])
}

/// A hardware file with one line a layer: kind and keys.
private func hardware(_ layers: [String]) throws -> HardwareFile {
  var text = "platform: conv-2023\nclock: 100 MHz\nlayers:\n"
  for layer in layers { text += "  - {\(layer)}\n" }
  return try HardwareFile(data: Data(text.utf8), path: "x.yaml")
}

private func refusal(_ layers: [String], _ header: TraceHeader) throws -> String {
  let file = try hardware(layers)
  let error = try #require(throws: HardwareError.self) {
    try file.bind(to: header, trace: "t.spikes")
  }
  return error.description
}

private func geometries(_ bound: BoundHardware) -> [LayerGeometry] {
  (bound.model as? Conv2023)?.layers ?? []
}

private let conv = "kind: convolution, processing-elements: 2"
private let full = "kind: fully-connected, processing-elements: 2"

@Suite struct HardwareBindingTests {
  @Test func publishedAcceleratorFitsThePublishedNetwork() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = try HardwareFile(path: root.appendingPathComponent("hardware/svhn-date24.yaml").path)
    let bound = try file.bind(to: svhn(), trace: "t.spikes")
    let expected: [LayerGeometry] = [
      .convolution(
        ConvolutionGeometry(
          timeSteps: 18, inputChannels: 3, outputChannels: 32, kernel: 3, inputPixels: 1024,
          outputPixels: 900, processingElements: 32, encoderWidth: 256, listCapacity: 512)),
      .convolution(
        ConvolutionGeometry(
          timeSteps: 18, inputChannels: 32, outputChannels: 32, kernel: 3, inputPixels: 225,
          outputPixels: 169, processingElements: 32, encoderWidth: 56, listCapacity: 112)),
      // 42 bits a row, not 36: the published pooling takes four consecutive bits of 169.
      .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: 18, inputChannels: 32, frameSize: 42, neurons: 256, processingElements: 8,
          encoderWidth: 150, listCapacity: 336, variant: .fc1)),
      .fullyConnected(
        FullyConnectedGeometry(
          timeSteps: 18, inputChannels: 1, frameSize: 256, neurons: 450, processingElements: 8,
          encoderWidth: 150, listCapacity: 64, variant: .fc2)),
    ]
    #expect(geometries(bound) == expected)
    #expect(bound.layers.map(\.countedGroup) == [1024, 225, 1152, 256])
    #expect(bound.layers.map(\.inputNeurons) == [3072, 7200, 1152, 256])
    #expect(bound.layers.map(\.outputNeurons) == [7200, 1152, 256, 450])
  }

  @Test func defaultsAreThePublishedOnes() throws {
    let lean = try hardware([
      "kind: convolution, processing-elements: 32", "kind: convolution, processing-elements: 32",
      "kind: fully-connected, processing-elements: 8",
      "kind: fully-connected, processing-elements: 8",
    ])
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let full = try HardwareFile(path: root.appendingPathComponent("hardware/svhn-date24.yaml").path)
    #expect(
      try geometries(lean.bind(to: svhn(), trace: "t"))
        == geometries(full.bind(to: svhn(), trace: "t")))
  }

  @Test func samePaddingWithoutPooling() throws {
    let input = LayerShape(channels: 1, height: 8, width: 8)
    let layer = convolution("conv1", of: input, channels: 4, padding: 1, pooling: 1)
    let network = header(input, [layer, fullyConnected("fc1", neurons: 10)])
    let bound = try hardware([conv, full]).bind(to: network, trace: "t")
    guard case .convolution(let first) = geometries(bound)[0],
      case .fullyConnected(let second) = geometries(bound)[1]
    else {
      Issue.record("wrong kinds")
      return
    }
    #expect(first.inputPixels == 64 && first.outputPixels == 64)
    #expect(second.inputChannels == 4 && second.frameSize == 64 && second.variant == .fc1)
  }

  @Test func tinyFramesKeepDefaultsPositive() throws {
    let input = LayerShape(channels: 2, height: 1, width: 1)
    let layer = convolution("conv1", of: input, channels: 2, kernel: 1, pooling: 1)
    let bound = try hardware([conv]).bind(to: header(input, [layer]), trace: "t")
    guard case .convolution(let geometry) = geometries(bound)[0] else { return }
    #expect(geometry.encoderWidth == 1 && geometry.listCapacity == 1)
  }

  // MARK: What does not fit

  @Test func elementsMustDivideChannels() throws {
    let seven = [
      conv, "name: conv2, kind: convolution, processing-elements: 7", full, full,
    ]
    #expect(
      try refusal(seven, svhn()) == """
        x.yaml:5: 'processing-elements' of layer conv2 is 7, which does not divide its 32 output \
        channels; use one of 1, 2, 4, 8, 16, 32
        """)
  }

  @Test func layerCountsMustAgree() throws {
    #expect(
      try refusal([conv, conv], svhn()) == """
        x.yaml:3: the file describes 2 layers, but the network 'net' of the trace has 4 (conv1, \
        conv2, fc1, fc2); add entries under 'layers'
        """)
    #expect(try refusal([conv, conv, full, full, full], svhn()).hasSuffix("entries from 'layers'"))
  }

  @Test func kindsMustAgree() throws {
    #expect(
      try refusal([conv, full, full, full], svhn()) == """
        x.yaml:5: layer 2 is 'fully-connected', but layer 2 of the network, 'conv2', is \
        'convolution'; change 'kind', or use the file of another network
        """)
  }

  @Test func elementsMustNotExceedNeurons() throws {
    let many = "kind: fully-connected, processing-elements: 300"
    #expect(
      try refusal([conv, conv, many, full], svhn()) == """
        x.yaml:6: 'processing-elements' of layer 3 is 300, more than its 256 neurons, and the \
        published hardware then never finishes; use 256 or fewer
        """)
  }

  @Test func repairedHardwareMayHaveMoreElementsThanNeurons() throws {
    let many = "kind: fully-connected, processing-elements: 300"
    var file = try hardware([conv, conv, many, full])
    file.choose(quirks: ["published", "-pass-comparison", "-fc2-unconnected"])
    let bound = try file.bind(to: svhn(), trace: "t")
    #expect(bound.layers[2].passes == 1)
    #expect(bound.layers[3].notes.isEmpty)
    #expect(throws: Never.self) { try bound.model.check() }
  }

  @Test func inputMustBeSpikes() throws {
    var network = svhn()
    network.coding = .direct
    #expect(try refusal([conv, conv, full, full], network).contains("with rate coding"))
  }

  @Test func stridesAndOddPaddingsAreRefused() throws {
    let input = LayerShape(channels: 1, height: 9, width: 9)
    let strided = convolution("c", of: input, channels: 2, stride: 2)
    #expect(try refusal([conv], header(input, [strided])).contains("its stride is 2"))
    let padded = convolution("c", of: input, channels: 2, padding: 2)
    #expect(try refusal([conv], header(input, [padded])).contains("its padding is 2"))
  }

  @Test func convolutionsComeFirst() throws {
    let input = LayerShape(channels: 4, height: 1, width: 1)
    let layers = [
      fullyConnected("f", neurons: 4),
      convolution("c", of: LayerShape(channels: 4), channels: 2, kernel: 1, pooling: 1),
    ]
    #expect(try refusal([full, conv], header(input, layers)).contains("convolutions first"))
  }

  @Test(arguments: [0, -1, Int.max, 1 << 40]) func damagedShapesAreRefused(_ extent: Int) throws {
    let input = LayerShape(channels: 1, height: 8, width: 8)
    let sound = convolution("c", of: input, channels: 2)
    var network = header(LayerShape(channels: extent, height: extent, width: 8), [sound])
    #expect(try refusal([conv], network).contains("trace is damaged"))
    network = header(input, [sound, fullyConnected("f", neurons: extent)])
    #expect(try refusal([conv, full], network).contains("trace is damaged"))
    var damaged = sound
    damaged.operation = .convolution(
      kernel: extent, stride: 1, padding: 0, convolved: sound.output, pooling: extent,
      poolingPosition: .afterNeuron)
    #expect(throws: HardwareError.self) {
      try hardware([conv]).bind(to: header(input, [damaged]), trace: "t")
    }
    damaged.operation = .convolution(
      kernel: 3, stride: 1, padding: extent, convolved: sound.output, pooling: 2,
      poolingPosition: .afterNeuron)
    #expect(throws: HardwareError.self) {
      try hardware([conv]).bind(to: header(input, [damaged]), trace: "t")
    }
  }
}
