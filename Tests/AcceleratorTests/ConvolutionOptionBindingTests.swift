import Accelerator
import Foundation
import SpikeTraces
import TestSupport
import Testing

/// A hardware file with one line a layer: kind and keys.
private func hardware(_ layers: [String]) throws -> HardwareFile {
  var text = "platform: conv-2023\nclock: 100 MHz\nlayers:\n"
  for layer in layers { text += "  - {\(layer)}\n" }
  return try HardwareFile(data: Data(text.utf8), path: "x.yaml")
}

private func geometries(_ bound: BoundHardware) -> [LayerGeometry] {
  (bound.model as? Conv2023)?.layers ?? []
}

private let conv = "kind: convolution, processing-elements: 2"
private let full = "kind: fully-connected, processing-elements: 2"

// Do the keys of options reach the hardware, and are those refused that make no sense?
@Suite struct ConvolutionOptionBindingTests {
  @Test func optionsReachTheGeometry() throws {
    let input = LayerShape(channels: 3, height: 8, width: 8)
    let network = header(
      input, [convolution("conv1", of: input, channels: 4), fullyConnected("fc1", neurons: 10)])
    let published = try hardware([conv, full]).bind(to: network, trace: "t")
    let bound = try hardware([
      conv + ", list-buffers: 3, list-overflow: splits, writer-queue: 4, membrane-ports: 1, "
        + "memory-latency: 5, event-controllers: 2", full,
    ]).bind(to: network, trace: "t")
    guard case .convolution(let plain) = geometries(published)[0],
      case .convolution(let geometry) = geometries(bound)[0]
    else {
      Issue.record("wrong kinds")
      return
    }
    #expect(plain.options == ConvolutionOptions())
    var options = ConvolutionOptions()
    (options.listBuffers, options.splitsLists, options.writerQueue) = (3, true, 4)
    (options.membranePorts, options.memoryLatency, options.eventControllers) = (1, 5, 2)
    #expect(geometry.options == options)
    // Quirks that cannot occur, and how full lists are timed; nothing to say of published lists.
    #expect(published.layers[0].notes.isEmpty && bound.layers[0].notes.count == 2)
    #expect(bound.layers[0].notes[0].contains("lost-activations, double-take"))
    #expect(bound.layers[0].countLimit == nil && bound.layers[0].encodedFrame == nil)
  }

  @Test(arguments: [
    (
      conv + ", event-controllers: 4", full,
      "x.yaml:4: 'event-controllers' of layer 1 is 4, but it has only 3 input channels to share; use "
        + "at most 3"
    ),
    (
      conv + ", list-overflow: waits", full,
      "x.yaml:4: 'list-overflow' of layer 1 is 'waits'; it must be one of drops, splits"
    ),
    (
      conv + ", membrane-ports: 3", full,
      "x.yaml:4: 'membrane-ports' of layer 1 is '3'; it must be a whole number from 1 to 2, such as 1"
    ),
    (
      conv, full + ", writer-queue: 1",
      "x.yaml:5: unknown key 'writer-queue' of layer 2; the known keys are name, kind, "
        + "processing-elements, encoder-width, list-capacity, clock, source"
    ),
  ])
  func optionsThatDoNotFit(_ first: String, _ second: String, _ message: String) throws {
    let input = LayerShape(channels: 3, height: 8, width: 8)
    let network = header(
      input, [convolution("conv1", of: input, channels: 4), fullyConnected("fc1", neurons: 10)])
    let error = try #require(throws: HardwareError.self) {
      try hardware([first, second]).bind(to: network, trace: "t.spikes")
    }
    #expect(error.description == message)
  }

  // The elements of two controllers are no busier than always.
  @Test func aReplayKnowsOfEveryController() async throws {
    let folder = try TemporaryFolder()
    let trace = try TraceReader(
      path: RandomTrace.write(samples: 4, to: folder.path("random.spikes")))
    let text = RandomTrace.hardware.replacing(
      "list-capacity: 64}", with: "list-capacity: 2, list-overflow: splits, event-controllers: 2}")
    let file = try HardwareFile(data: Data(text.utf8), path: "x.yaml")
    let report = try await TraceReplay(of: trace, on: file).report(
      threads: 1, extras: ReplayExtras(explains: true))
    let use = report.layers[0].processingElementUse.whileActive
    #expect(use > 0.5 && use <= 1)
    #expect(report.layers[0].engines.count == 7)
    #expect(!report.warnings.contains { $0.contains("drops the rest") })
  }
}
