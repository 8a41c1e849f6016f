import Accelerator
import Foundation
import PowerEstimation
import SpikeTraces
import TestSupport
import Testing

/// Every platform's hardware, fitted to a network, as a design with power.
struct PlatformPowerTests {
  private static let direct: TraceHeader = {
    let neuron = NeuronDescription(model: "leaky", beta: 0.5, threshold: 1, reset: "subtract")
    let frame = LayerShape(channels: 4, height: 8, width: 8)
    func convolution(_ name: String, pooling: Int, output: LayerShape) -> TracedLayer {
      TracedLayer(
        name: name,
        operation: .convolution(
          kernel: 3, stride: 1, padding: 1, convolved: frame, pooling: pooling,
          poolingPosition: .afterNeuron), neuron: neuron, output: output)
    }
    return TraceHeader(
      networkName: "direct", timeSteps: 3, coding: .direct,
      input: LayerShape(channels: 3, height: 8, width: 8),
      layers: [
        convolution("conv1", pooling: 1, output: frame),
        convolution("conv2", pooling: 2, output: LayerShape(channels: 4, height: 4, width: 4)),
        TracedLayer(
          name: "fc1", operation: .fullyConnected, neuron: neuron, output: LayerShape(channels: 10)),
      ], dataSet: DataSetDescription(name: "random", split: "test", classes: 10), seed: 3)
  }()

  private func estimate(
    _ platform: String, _ layers: [String], _ header: TraceHeader
  ) async throws -> (design: HardwareDesign, replay: ReplayReport, power: PowerReport) {
    let folder = try TemporaryFolder()
    let trace = try TraceReader(
      path: try RandomTrace.write(samples: 2, to: folder.path("t.spikes"), header: header))
    let text =
      "platform: \(platform)\nclock: 100 MHz\nquirks: repaired\nlayers:\n"
      + layers.map { "  - {\($0)}\n" }.joined()
    let file = try HardwareFile(data: Data(text.utf8), path: "h.yaml")
    let job = try TraceReplay(of: trace, on: file)
    let replay = try await job.report(threads: 1)
    let design = HardwareDesign(job.hardware, network: trace.header)
    let device = try DeviceLibrary.device("XCVU9P")
    let power = PowerReport(
      replay, resources: ExampleDesigns.report(design, on: device), design: design, device: device,
      coefficients: try DeviceLibrary.coefficients(of: device))
    #expect(design.layers.map(\.name) == replay.layers.map(\.name))
    #expect(power.layers.map(\.name) == replay.layers.map(\.name))
    let figures = [power.vectorless, try #require(power.activity)]
    for estimate in figures.flatMap({ [$0.power, $0.energyPerImage, $0.imagesPerJoule] }) {
      #expect(estimate.low > 0 && estimate.low <= estimate.value)
      #expect(estimate.value <= estimate.high && estimate.high.isFinite)
    }
    return (design, replay, power)
  }

  @Test func denseCoresMultiplyEveryPixel() async throws {
    let result = try await estimate(
      "hybrid-2024",
      [
        "kind: dense", "kind: convolution, processing-elements: 2",
        "kind: fully-connected, processing-elements: 2",
      ], Self.direct)
    #expect(result.design.inputSpikes == nil)
    let parts = result.power.layers[0].contributions
    // 4 channels, 3 time steps, 64 pixels, 27 taps.
    let products = try #require(parts.first { $0.name == "products" })
    #expect(products.count == Double(4 * 3 * 64 * 27))
    #expect(!parts.contains { $0.name == "spike RAM reads" })
    #expect(result.power.layers[1].contributions.contains { $0.name == "spike RAM reads" })
    guard case .convolution(_, let pooling) = result.design.layers[1].structure else {
      Issue.record("conv2 is no convolution")
      return
    }
    #expect(pooling == 2)
  }

  @Test func pipelinesReadVectors() async throws {
    let result = try await estimate(
      "fc-2023",
      [4, 2].map { "kind: fully-connected, logical-to-hardware-ratio: \($0)" },
      RandomTrace.fullyConnected([20, 10]))
    #expect(result.design.inputSpikes == MemoryShape(depth: 6, width: 64))
    #expect(
      result.design.layers.map(\.structure) == [
        .spikeTrain(inputs: 64, neurons: 20, units: 5, listCapacity: 64),
        .spikeTrain(inputs: 20, neurons: 10, units: 5, listCapacity: 20),
      ])
    // Both layers work at once.
    #expect(result.power.layers[0].power == result.power.layers[1].power)
  }

  @Test func singleLayersAreThoseThatTheHardwareComputes() async throws {
    let result = try await estimate(
      "fc-2023-rtl", ["name: fc2, kind: fully-connected, processing-elements: 5"],
      RandomTrace.fullyConnected([20, 10]))
    #expect(
      result.design.layers.map(\.structure) == [
        .spikeTrain(inputs: 20, neurons: 10, units: 5, listCapacity: 20)
      ])
    #expect(result.design.inputSpikes == MemoryShape(depth: 6, width: 20))
    // Its weight memory is read twice an addition.
    let parts = result.power.layers[0].contributions
    let reads = try #require(parts.first { $0.name == "weight reads" }).count
    let additions = try #require(parts.first { $0.name == "additions" })
    #expect(additions.count == reads / 2)
  }

  /// With several event controllers a layer has as many times its processing elements.
  @Test func severalEventControllersAreCounted() async throws {
    func design(_ extra: String) async throws -> HardwareDesign {
      let layers = [
        "kind: convolution, processing-elements: 2, list-capacity: 64" + extra,
        "kind: fully-connected, processing-elements: 5, list-capacity: 36",
      ]
      return try await estimate("conv-2023", layers, RandomTrace.header).design
    }
    let (one, two) = (try await design(""), try await design(", event-controllers: 2"))
    #expect(one.layers[0].structure.processingElements == 2)
    #expect(two.layers[0].structure.processingElements == 4)
  }
}
