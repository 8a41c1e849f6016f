import Accelerator
import Foundation
import SpikeTraces
import TestSupport
import Testing

@Suite struct Hybrid2024BindingTests {
  /// The large network of the second paper: nine layers, direct coding.
  private func largeNetwork(coding: InputCoding = .direct) -> TraceHeader {
    let input = LayerShape(channels: 3, height: 32, width: 32)
    var layers: [TracedLayer] = []
    for (name, channels, pooling) in [
      ("conv1_1", 64, 1), ("conv1_2", 112, 2), ("conv2_1", 192, 1), ("conv2_2", 216, 2),
      ("conv3_1", 480, 1), ("conv3_2", 504, 1), ("conv3_3", 560, 2),
    ] {
      layers.append(
        convolution(
          name, of: layers.last?.output ?? input, channels: channels, padding: 1,
          pooling: pooling))
    }
    layers += [fullyConnected("fc1", neurons: 1064), fullyConnected("fc2", neurons: 1000)]
    return header(input, layers, coding: coding, timeSteps: 2)
  }

  private func published() throws -> HardwareFile {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try HardwareFile(path: root.appendingPathComponent("hardware/hybrid-date25.yaml").path)
  }

  private func hardware(_ layers: [String]) throws -> HardwareFile {
    var text = "platform: hybrid-2024\nclock: 100 MHz\nlayers:\n"
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

  private let dense = "kind: dense"
  private let conv = "kind: convolution, processing-elements: 2"
  private let full = "kind: fully-connected, processing-elements: 2"

  @Test func publishedAcceleratorFitsThePublishedNetwork() throws {
    let bound = try published().bind(to: largeNetwork(), trace: "t")
    let model = try #require(bound.model as? Hybrid2024)
    try model.check()
    #expect(
      model.layers.first
        == .dense(
          DenseGeometry(
            timeSteps: 2, inputChannels: 3, outputChannels: 64, kernel: 3, pixels: 1024)))
    #expect(
      model.layers[6]
        == .convolution(
          ConvolutionGeometry(
            timeSteps: 2, inputChannels: 504, outputChannels: 560, kernel: 3, inputPixels: 64,
            outputPixels: 64, processingElements: 70, encoderWidth: 16, listCapacity: 32)))
    #expect(
      model.layers[7]
        == .fullyConnected(
          FullyConnectedGeometry(
            timeSteps: 2, inputChannels: 560, frameSize: 16, neurons: 1064,
            processingElements: 19, encoderWidth: 200, listCapacity: 560 * 16, variant: .fc1)))
    #expect(bound.layers.map(\.passes) == [64, 4, 16, 4, 30, 7, 8, 57, 251])
    #expect(
      bound.layers.map(\.countedGroup) == [nil, 1024, 256, 256, 64, 64, 64, 560 * 16, 1064])
    #expect(bound.layers[0].encoderWidth == nil && bound.layers[0].listCapacity == nil)
    #expect(bound.layers.map(\.countLimit) == [nil, 512, 128, 128, 32, 64, 32, nil, nil])
    // The dense core alone: OC x T slots of FS + 29 cycles.
    let counts = model.frameCounts.map { Array(repeating: UInt32(1), count: $0) }
    let sample = try model.simulator().replay(counts: counts)
    #expect(sample.layers[0].cycles == 1 + 128 * (1024 + 29))
    #expect(try model.closedForm(counts: counts).difference(from: sample) == nil)
  }

  @Test func defaultsAreThePublishedOnes() throws {
    let lean = try hardware(
      [dense]
        + [28, 12, 54, 16, 72, 70].map {
          "kind: convolution, processing-elements: \($0)\($0 == 72 ? ", list-capacity: 64" : "")"
        } + [19, 4].map { "kind: fully-connected, processing-elements: \($0)" })
    let model = try lean.bind(to: largeNetwork(), trace: "t").model as? Hybrid2024
    #expect(try model == published().bind(to: largeNetwork(), trace: "t").model as? Hybrid2024)
    #expect(model != nil)
  }

  @Test func repairsChangeWhatIsBound() throws {
    var file = try published()
    file.choose(quirks: ["repaired"])
    let bound = try file.bind(to: largeNetwork(), trace: "t")
    #expect(bound.layers.map(\.passes).suffix(2) == [56, 250])
    #expect(bound.layers.allSatisfy { $0.countLimit == nil })
    #expect(bound.model.hazards.isEmpty)
  }

  @Test func theCodingDecidesTheFirstLayer() throws {
    let input = LayerShape(channels: 3, height: 8, width: 8)
    let layer = convolution("conv1", of: input, channels: 4, pooling: 1)
    let layers = [layer, convolution("conv2", of: layer.output, channels: 4, pooling: 1)]
    let direct = header(input, layers, coding: .direct)
    let rate = header(input, layers)
    #expect(
      try refusal([conv, conv], direct) == """
        x.yaml:4: layer 1 is 'convolution', which reads spikes, but the input of the network is \
        real-valued (coding 'direct'); change its 'kind' to 'dense', or record a trace with rate coding
        """)
    #expect(try refusal([dense, conv], rate).contains("spikes (coding 'rate')"))
    #expect(try refusal([dense, dense], direct).contains("only the first layer reads real values"))
    let bound = try hardware([dense, conv]).bind(to: direct, trace: "t")
    #expect(bound.layers.map(\.kind) == [.dense, .convolution])
    #expect(try hardware([conv, conv]).bind(to: rate, trace: "t").layers[0].kind == .convolution)
  }

  @Test func aDirectCodedTraceReplays() async throws {
    let input = LayerShape(channels: 3, height: 8, width: 8)
    let layers = [
      convolution("conv1", of: input, channels: 4, padding: 1, pooling: 1),
      convolution("conv2", of: LayerShape(channels: 4, height: 8, width: 8), channels: 4),
      fullyConnected("fc1", neurons: 10),
    ]
    let folder = try TemporaryFolder()
    let path = try RandomTrace.write(
      samples: 3, to: folder.path("direct.spikes"),
      header: header(input, layers, coding: .direct, timeSteps: 4))
    let replay = try TraceReplay(
      of: TraceReader(path: path), on: hardware([dense, conv, full]))
    let report = try await replay.report(threads: 2, engine: .both)
    // OC x T slots of FS + 29 cycles, whatever the samples are.
    #expect(report.layers[0].cycles.minimum == 1 + 16 * (64 + 29))
    #expect(report.layers[0].cycles.maximum == report.layers[0].cycles.minimum)
    #expect(report.layers[0].engines.map(\.name) == ["dense core", "threshold unit"])
    #expect(report.layers[1].counters.inputSpikes > 0)
  }

  @Test func whatTheDenseCoreCannotDoIsRefused() throws {
    func refused(channels: Int = 3, width: Int = 8, kernel: Int = 3, pooling: Int = 1) throws
      -> String
    {
      let input = LayerShape(channels: channels, height: width, width: width)
      let layer = convolution(
        "conv1", of: input, channels: 4, kernel: kernel, pooling: pooling)
      return try refusal([dense], header(input, [layer], coding: .direct))
    }
    #expect(try refused(channels: 1).contains("1 input channels and a kernel of 3"))
    #expect(try refused(kernel: 5).contains("a kernel of 5"))
    #expect(try refused(width: 5).contains("25 pixels"))
    #expect(try refused(width: 33).contains("1089 pixels"))
    #expect(try refused(pooling: 2).contains("it pools by 2"))
    let rows = header(LayerShape(channels: 9), [fullyConnected("f", neurons: 4)], coding: .direct)
    #expect(try refusal([dense], rows).contains("is 'fully-connected'; change 'kind'"))
  }
}
