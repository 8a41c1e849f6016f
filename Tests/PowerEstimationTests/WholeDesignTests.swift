import Accelerator
import Foundation
import PowerEstimation
import TestSupport
import Testing

/// Layers and accelerators put together, against whole syntheses and against totals made by hand.
struct WholeDesignTests {
  /// The gate: whole layers, in no fit, with a median error of at most 5 % and 20 % at worst.
  @Test func wholeLayersAreCloseToTheirSyntheses() throws {
    let runs = try SynthesisRun.all().filter { $0.component.hasPrefix("whole_layer") }
    #expect(runs.count == 7)
    var errors: [Double] = []
    for run in runs {
      let width = run.parameters["W"] ?? 0
      let geometry = ConvolutionGeometry(
        timeSteps: run.parameters["T"] ?? 0, inputChannels: run.parameters["IC"] ?? 0,
        outputChannels: run.parameters["OC"] ?? 0, kernel: 3, inputPixels: width * width,
        outputPixels: width * width, processingElements: run.parameters["EC"] ?? 0,
        encoderWidth: width * width / 4, listCapacity: width * width / 2)
      let design = HardwareDesign(
        platform: .hybrid2024, timeSteps: geometry.timeSteps, inputSpikes: nil,
        layers: [.init(name: "layer", structure: .convolution(geometry, pooling: 1))])
      let layer = try #require(ExampleDesigns.report(design).layers.first)
      // The whole layers had no weights, and Yosys sees no latches.
      let parts = layer.components.filter { $0.role != .weights }
      let value = parts.reduce(ResourceEstimate.zero) { $0 + $1.resources }.value
      let latches = ConvolutionCost(geometry: geometry, pooling: 1).elementLatches
      let flipFlops = value.flipFlops - latches * Double(geometry.processingElements)
      errors.append(abs(value.logicTables / run.tables - 1))
      errors.append(abs(flipFlops / run.flipFlops - 1))
      #expect(value.blockRAMs == run.blockRAMs)
      #expect(value.memoryTables == run.memoryTables)
      #expect(layer.total[.logicTables].contains(run.tables))
    }
    errors.sort()
    #expect(errors[errors.count / 2] <= 0.05)
    #expect(try #require(errors.last) <= 0.20)
  }

  private struct Total: Decodable {
    struct Use: Decodable {
      var tables: Double
      var flipFlops: Double
      var blockRAMs: Double
      enum CodingKeys: String, CodingKey {
        case tables = "LUT"
        case flipFlops = "FF"
        case blockRAMs = "BRAM36"
      }
    }
    var total: [String: Double]
    var util: [String: Use]
  }

  private func totals() throws -> [String: Total] {
    try JSONDecoder().decode([String: Total].self, from: Fixture.data("totals.json.zst"))
  }

  @Test(arguments: [
    ("Dec23 (32,32,8,8)", ExampleDesigns.svhn([32, 32, 8, 8]), ResourceOptions()),
    ("Dec23 (32,16,8,8)", ExampleDesigns.svhn([32, 16, 8, 8]), ResourceOptions()),
    ("VGG9-small int4, fc weights BRAM", ExampleDesigns.vgg9, ResourceOptions()),
    (
      "VGG9-small int4, fc weights URAM", ExampleDesigns.vgg9,
      ResourceOptions(fullyConnectedWeights: .ultra)
    ),
  ])
  func acceleratorsAddUpToTheTotalsMadeByHand(
    name: String, design: HardwareDesign, options: ResourceOptions
  ) throws {
    let truth = try #require(try totals()[name])
    for device in try DeviceLibrary.devices() where device.capacity.ultraRAMs > 0 {
      let report = ExampleDesigns.report(design, options, on: device)
      let value = report.total.value
      #expect(value.blockRAMs == truth.total["BRAM36"])
      #expect(value.ultraRAMs == truth.total["URAM"] ?? 0)
      #expect(value.multipliers == truth.total["DSP"] ?? 0)
      #expect(abs(value.tables / (truth.total["LUT"] ?? 0) - 1) < 0.02)
      #expect(abs(value.flipFlops / (truth.total["FF+latch"] ?? 0) - 1) < 0.01)
      let use = try #require(truth.util[device.name])
      let fit = try #require(report.device)
      for (pool, percent) in [
        (DeviceCapacity.Pool.tables, use.tables), (.flipFlops, use.flipFlops),
      ] {
        let share = try #require(fit.uses.first { $0.pool == pool }?.share)
        #expect(abs(share * 100 / percent - 1) < 0.03)
      }
      let blocks = try #require(fit.uses.first { $0.pool == .blockRAMs }?.share)
      #expect(abs(blocks * 100 - use.blockRAMs) < 0.051)
    }
  }

  @Test func totalsAreSumsAndBoundsHoldTheValue() {
    for design in [ExampleDesigns.svhn([32, 16, 8, 8]), ExampleDesigns.vgg9] {
      let report = ExampleDesigns.report(design)
      for resource in Resource.allCases {
        let parts = report.layers.flatMap(\.components).map { $0.resources.value[resource] }
        #expect(abs(report.total.value[resource] - parts.reduce(0, +)) < 1e-6)
        let total = report.total[resource]
        #expect(total.low <= total.value && total.value <= total.high)
      }
    }
  }

  @Test func optionsBeyondThePublishedHardwareCostSomething() {
    func tables(_ change: (inout ConvolutionGeometry) -> Void) -> ResourceCounts {
      var design = ExampleDesigns.svhn([32, 32, 8, 8])
      guard case .convolution(var geometry, let pooling) = design.layers[1].structure else {
        return ResourceCounts()
      }
      change(&geometry)
      design.layers[1].structure = .convolution(geometry, pooling: pooling)
      return ExampleDesigns.report(design).total.value
    }
    let plain = tables { _ in }
    #expect(tables { $0.options.listBuffers = 1 }.flipFlops == plain.flipFlops - 112 * 8)
    #expect(tables { $0.options.listBuffers = 4 }.flipFlops == plain.flipFlops + 2 * 112 * 8)
    #expect(tables { $0.options.writerQueue = 2 }.flipFlops == plain.flipFlops + 2 * 32 * 169)
    #expect(tables { $0.options.eventControllers = 2 }.blockRAMs == plain.blockRAMs + 16)
    #expect(tables { $0.options.memoryLatency = 3 }.flipFlops == plain.flipFlops + 2 * 32 * 40)
  }

  @Test func fullyConnectedPipelinesCarryAWideInterval() {
    let design = HardwareDesign(
      platform: .fullyConnected2023, timeSteps: 15, inputSpikes: MemoryShape(depth: 15, width: 784),
      layers: [
        .init(
          name: "fc1",
          structure: .spikeTrain(inputs: 784, neurons: 500, units: 125, listCapacity: 784))
      ])
    let report = ExampleDesigns.report(design)
    #expect(report.layers[1].components.allSatisfy { $0.basis == .assumption })
    #expect(report.layers[1].total[.logicTables].relativeUncertainty > 0.9)
    // 784 x 4 words of 32 bits in each of 125 units.
    let rams = MemoryFamily.ultraScale.blockRAMs(MemoryShape(depth: 3_136, width: 32))
    #expect(report.layers[1].total.value.blockRAMs == 125 * rams)
    #expect(report.notes.contains { $0.contains("factor of 2") })
  }
}
